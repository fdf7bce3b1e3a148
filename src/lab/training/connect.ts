/** Starts the training worker from a page. */
import { connectWorker } from '../worker/connect.ts'
import { DeviceError } from '../worker/errors.ts'
import type { Lifeline } from '../worker/lifeline.ts'
import type { TrainingWorker } from './protocol.ts'

export interface TrainingConnection extends Lifeline {
  readonly worker: TrainingWorker
}

/** Connects a training worker; one that could not be loaded or died rejects calls with `DeviceError`. */
export function connectTrainingWorker(): TrainingConnection {
  const thread = new Worker(new URL('./training.worker.ts', import.meta.url), {
    type: 'module',
    name: 'training',
  })
  return connectWorker<TrainingWorker>(thread, 'training', DeviceError)
}
