import { z } from 'zod'
import type { LabStore } from './schema.ts'

/** Told which stores were written to, by this tab or another. */
export type ChangeListener = (stores: readonly LabStore[], from: 'this tab' | 'another tab') => void

const messageSchema = z.object({
  stores: z.array(z.enum(['labels', 'clips', 'sessions', 'settings', 'runs', 'files'])),
})

/** News of what was committed, between all tabs that have the same database open. */
export class Changes {
  readonly #listeners = new Set<ChangeListener>()
  readonly #channel: BroadcastChannel | undefined

  /** Where the browser has no BroadcastChannel, only this tab hears of its changes. */
  constructor(name: string) {
    if (typeof BroadcastChannel === 'undefined') return
    this.#channel = new BroadcastChannel(name)
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      // A tab of another version may speak of stores that are not known here.
      const message = messageSchema.safeParse(data)
      if (message.success) this.#tell(message.data.stores, 'another tab')
    }
  }

  /** Returns what ends the listening. */
  listen(listener: ChangeListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** To be called after the commit. */
  announce(stores: readonly LabStore[]): void {
    this.#channel?.postMessage({ stores })
    this.#tell(stores, 'this tab')
  }

  close(): void {
    this.#channel?.close()
    this.#listeners.clear()
  }

  #tell(stores: readonly LabStore[], from: 'this tab' | 'another tab'): void {
    for (const listener of this.#listeners) listener(stores, from)
  }
}
