import { parentPort, workerData } from 'node:worker_threads'
import { renderClips } from '../alignment/index.ts'
import { Renderer, type TrainedOn } from '../island/index.ts'
import { type DatasetKey, PlayedSource, POPULATION } from '../players/index.ts'

/** Task of a render thread: clips of one data set, padded to the same length in decisions. */
export interface RenderTask {
  readonly key: DatasetKey
  readonly episodes: number
  readonly length: number
  readonly trainedOn: TrainedOn
}

export interface RenderRequest {
  readonly id: number
  readonly indices: readonly number[]
}

// Only `RenderPool` starts this worker.
const task = workerData as RenderTask
const source = new PlayedSource(task.key, task.episodes, POPULATION, task.trainedOn)
const renderer = new Renderer()

parentPort?.on('message', ({ id, indices }: RenderRequest) => {
  const episodes = indices.map((index) => source.episode(index))
  const batch = renderClips(episodes, task.length, renderer)
  const buffers = [batch.frames, batch.actions, batch.weights].map(
    (array) => array.buffer as ArrayBuffer, // Made by `emptyBatch`, never a shared buffer.
  )
  parentPort?.postMessage({ id, batch }, buffers)
})
