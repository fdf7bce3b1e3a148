/** Starts the training worker from a page. */
import { proxy, wrap } from 'comlink'
import { DeviceError } from './errors.ts'
import { lifelineOf } from './lifeline.ts'
import type { TrainingWorker } from './training-protocol.ts'

export interface TrainingConnection {
  readonly worker: TrainingWorker
  /** Ends the worker at once, with all its memory. */
  end(): void
}

/** A worker that could not be loaded or died makes the call under way throw a `DeviceError`. */
export function connectTrainingWorker(): TrainingConnection {
  const thread = new Worker(new URL('./training.worker.ts', import.meta.url), {
    type: 'module',
    name: 'training',
  })
  const { broken, end } = lifelineOf(thread, 'training', DeviceError)
  const remote = wrap<TrainingWorker>(thread)
  return {
    worker: {
      train: (order, onNews) => Promise.race([remote.train(order, proxy(onNews)), broken]),
      pause: () => Promise.race([remote.pause(), broken]),
      resume: () => Promise.race([remote.resume(), broken]),
      stop: () => Promise.race([remote.stop(), broken]),
    },
    end,
  }
}
