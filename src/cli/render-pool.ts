import { Worker } from 'node:worker_threads'
import type { ClipBatch, ClipSource } from '../alignment/index.ts'
import type { RenderRequest, RenderTask } from './render-worker.ts'

interface Pending {
  readonly resolve: (batch: ClipBatch) => void
  readonly reject: (reason: Error) => void
}

/** Clips of a generated data set, played and rendered in a worker thread one batch ahead of training. */
export class RenderPool implements ClipSource {
  readonly count: number
  readonly #worker: Worker
  readonly #pending = new Map<number, Pending>()
  #ahead: { readonly name: string; readonly batch: Promise<ClipBatch> } | undefined
  #requests = 0
  #failure: Error | undefined

  constructor(task: RenderTask) {
    this.count = task.episodes
    this.#worker = new Worker(new URL('./render-worker-entry.mjs', import.meta.url), {
      workerData: task,
    })
    this.#worker.on('message', ({ id, batch }: { id: number; batch: ClipBatch }) => {
      this.#pending.get(id)?.resolve(batch)
      this.#pending.delete(id)
    })
    this.#worker.on('error', (reason: Error) => {
      this.#failure = reason
      for (const { reject } of this.#pending.values()) reject(reason)
      this.#pending.clear()
    })
  }

  batch(indices: readonly number[], next?: readonly number[]): Promise<ClipBatch> {
    const ready = this.#ahead?.name === indices.join() ? this.#ahead.batch : this.#render(indices)
    this.#ahead = undefined
    if (next !== undefined) {
      const batch = this.#render(next)
      // The caller that takes this batch sees the failure; if none does, an unhandled rejection
      // must not end the process.
      batch.catch(() => {})
      this.#ahead = { name: next.join(), batch }
    }
    return ready
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #render(indices: readonly number[]): Promise<ClipBatch> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure)
    const request: RenderRequest = { id: this.#requests++, indices }
    return new Promise((resolve, reject) => {
      this.#pending.set(request.id, { resolve, reject })
      this.#worker.postMessage(request)
    })
  }
}
