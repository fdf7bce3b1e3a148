/** Starts the training worker from a page. */
import { proxy, wrap } from 'comlink'
import { DeviceError } from './errors.ts'
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
  const broken = new Promise<never>((_resolve, reject) => {
    thread.addEventListener('error', ({ message }) =>
      reject(
        new DeviceError(
          message || 'The training worker could not be loaded. Check the connection and try again.',
        ),
      ),
    )
  })
  broken.catch(() => undefined)
  const remote = wrap<TrainingWorker>(thread)
  return {
    worker: {
      train: (order, onNews) => Promise.race([remote.train(order, proxy(onNews)), broken]),
      pause: () => remote.pause(),
      resume: () => remote.resume(),
      stop: () => remote.stop(),
    },
    end: () => thread.terminate(),
  }
}
