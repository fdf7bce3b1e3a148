/** Fake collector for component tests; it stores what is published, is away, or refuses. */
import { AwayError, type Publisher, RefusedError } from '../../collector/publisher.ts'
import type { LabellerMessage } from '../../study/index.ts'

const stored: LabellerMessage[] = []
let problem: Error | undefined
let held: Promise<void> | undefined

/** Replacement for `connectPublisher`. */
export async function connectToFake(): Promise<Publisher> {
  if (problem) throw problem
  return {
    publish: async (message) => {
      await held
      if (problem) throw problem
      stored.push(message)
    },
    close: async () => undefined,
  }
}

/** Returns everything that was published, in order. */
export function published(): readonly LabellerMessage[] {
  return stored
}

/** Lets the collector answer no longer; returns the function that ends this. */
export function holdCollector(): () => void {
  let release = () => {}
  held = new Promise((resolve) => {
    release = resolve
  })
  return () => release()
}

export function takeCollectorAway(): void {
  problem = new AwayError('The collector cannot be reached at the moment.')
}

export function letCollectorRefuse(): void {
  problem = new RefusedError('expired', 'This invitation expired on 2026-11-30.')
}

export function bringCollectorBack(): void {
  problem = undefined
}

/** Empties the collector. */
export function forgetCollector(): void {
  stored.length = 0
  held = undefined
  bringCollectorBack()
}
