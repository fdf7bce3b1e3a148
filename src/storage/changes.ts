import { z } from 'zod'
import { LAB_STORES, type LabStore } from './schema.ts'

/** Callback that receives the stores written to, by this tab or another. */
export type ChangeListener = (stores: readonly LabStore[], from: 'this tab' | 'another tab') => void

const messageSchema = z.object({
  stores: z.array(z.enum(LAB_STORES)),
})

/** Announcements of commits between all tabs that have the same database open. */
export class Changes {
  readonly #name: string
  readonly #listeners = new Set<ChangeListener>()
  #channel: BroadcastChannel | undefined

  constructor(name: string) {
    this.#name = name
  }

  /** Returns the function that ends the listening. */
  listen(listener: ChangeListener): () => void {
    this.#open()
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Tells all tabs which stores were written to; to be called after the commit. */
  announce(stores: readonly LabStore[]): void {
    this.#open()?.postMessage({ stores })
    this.#tell(stores, 'this tab')
  }

  /** Closes the channel, which the next call opens again, and forgets all listeners. */
  close(): void {
    this.#channel?.close()
    this.#channel = undefined
    this.#listeners.clear()
  }

  /** Opens the channel. Where the browser has no BroadcastChannel, only this tab hears of its changes. */
  #open(): BroadcastChannel | undefined {
    if (this.#channel || typeof BroadcastChannel === 'undefined') return this.#channel
    this.#channel = new BroadcastChannel(this.#name)
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      // A tab of another version may speak of stores that are not known here.
      const message = messageSchema.safeParse(data)
      if (message.success) this.#tell(message.data.stores, 'another tab')
    }
    return this.#channel
  }

  #tell(stores: readonly LabStore[], from: 'this tab' | 'another tab'): void {
    for (const listener of this.#listeners) listener(stores, from)
  }
}
