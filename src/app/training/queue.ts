/** Training queue of this page, whose code is loaded when it is first needed. */
import type { TrainingQueue } from '../../lab/training/queue.ts'
import { isUnderWay } from './under-way.ts'

let queue: Promise<TrainingQueue> | undefined

/**
 * Resolves to the queue once it has tried to read its runs; an interrupted run is then resumed. Rejects with a
 * sentence if its code cannot be loaded; the next call tries again, and reads again runs that could not be read.
 */
export async function trainingQueue(): Promise<TrainingQueue> {
  queue ??= import('./open-queue.ts').then(({ createQueue }) => createQueue())
  try {
    const created = await queue
    await created.open()
    return created
  } catch (error) {
    queue = undefined
    throw error
  }
}

/** Resumes a run that a reload or a crash interrupted; to be called once, when any page has opened. */
export function resumeTrainings(): void {
  // The Train page says what is wrong if this fails.
  if (isUnderWay()) trainingQueue().catch(() => undefined)
}
