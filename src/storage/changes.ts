import { z } from 'zod'
import { LAB_STORES, type LabStore } from './schema.ts'

/** Callback that receives the stores written to, by this tab or another. */
export type ChangeListener = (stores: readonly LabStore[], from: 'this tab' | 'another tab') => void

const messageSchema = z.object({
  stores: z.array(z.enum(LAB_STORES)),
})

/** Notifications of committed writes between all tabs that have the same database open. */
export class Changes {
  readonly #listeners = new Set<ChangeListener>()
  readonly #channel: BroadcastChannel | undefined

  /** Without BroadcastChannel, only this tab is notified of its own changes. */
  constructor(name: string) {
    if (typeof BroadcastChannel === 'undefined') return
    this.#channel = new BroadcastChannel(name)
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      // A tab of another version may send stores that are unknown here.
      const message = messageSchema.safeParse(data)
      if (message.success) this.#tell(message.data.stores, 'another tab')
    }
  }

  /** Adds a listener and returns a function that removes it. */
  listen(listener: ChangeListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Notifies all tabs of a write. Call it after the commit. */
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
