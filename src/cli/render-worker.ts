import { parentPort } from 'node:worker_threads'
import { renderClips } from '../alignment/index.ts'
import { type Episode, Renderer } from '../island/index.ts'

/** What the main thread asks for. */
export interface RenderRequest {
  readonly id: number
  readonly episodes: readonly Episode[]
  readonly length: number
}

const renderer = new Renderer()

parentPort?.on('message', ({ id, episodes, length }: RenderRequest) => {
  const batch = renderClips(episodes, length, renderer)
  const buffers = [batch.frames, batch.previousAction, batch.actions, batch.weights].map(
    (array) => array.buffer as ArrayBuffer, // Made by `emptyBatch`, never a shared buffer.
  )
  parentPort?.postMessage({ id, batch }, buffers)
})
