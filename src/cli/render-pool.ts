import { Worker } from 'node:worker_threads'
import type { ClipBatch, ClipSource } from '../alignment/index.ts'
import type { Episode } from '../island/index.ts'
import type { RenderRequest } from './render-worker.ts'

interface Pending {
  readonly resolve: (batch: ClipBatch) => void
  readonly reject: (reason: Error) => void
}

/** A clip source that renders in a thread of its own, one batch ahead of what is being trained on. */
export class RenderPool implements ClipSource {
  readonly count: number
  readonly #episodes: readonly Episode[]
  readonly #length: number
  readonly #worker: Worker
  readonly #pending = new Map<number, Pending>()
  readonly #ahead = new Map<string, Promise<ClipBatch>>()
  #requests = 0

  constructor(episodes: readonly Episode[], length: number) {
    this.count = episodes.length
    this.#episodes = episodes
    this.#length = length
    this.#worker = new Worker(new URL('./render-worker.ts', import.meta.url))
    this.#worker.on('message', ({ id, batch }: { id: number; batch: ClipBatch }) => {
      this.#pending.get(id)?.resolve(batch)
      this.#pending.delete(id)
    })
    this.#worker.on('error', (reason: Error) => {
      for (const { reject } of this.#pending.values()) reject(reason)
      this.#pending.clear()
    })
  }

  batch(indices: readonly number[], next?: readonly number[]): Promise<ClipBatch> {
    const name = indices.join()
    const ready = this.#ahead.get(name) ?? this.#render(indices)
    this.#ahead.clear()
    if (next !== undefined) {
      const coming = this.#render(next)
      // Whoever takes the batch sees the failure; without a taker it must not end the program.
      coming.catch(() => {})
      this.#ahead.set(next.join(), coming)
    }
    return ready
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #render(indices: readonly number[]): Promise<ClipBatch> {
    const episodes = indices.map((index) => {
      const episode = this.#episodes[index]
      if (episode === undefined) {
        throw new Error(`Clip ${index} was asked for, but there are ${this.count}`)
      }
      const { worldVersion, start, seed, actions } = episode
      return { worldVersion, start, seed, actions }
    })
    const request: RenderRequest = { id: this.#requests++, episodes, length: this.#length }
    return new Promise((resolve, reject) => {
      this.#pending.set(request.id, { resolve, reject })
      this.#worker.postMessage(request)
    })
  }
}
