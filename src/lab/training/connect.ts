/** Connection from a page to the training worker. */
import { connectWorker } from '../worker/connect.ts'
import { DeviceError } from '../worker/errors.ts'
import type { Lifeline } from '../worker/lifeline.ts'
import type { TrainingWorker } from './protocol.ts'

export interface TrainingConnection extends Lifeline {
  readonly worker: TrainingWorker
}

/** Starts a training worker. Calls reject with `DeviceError` if it cannot be loaded or dies. */
export function connectTrainingWorker(): TrainingConnection {
  const thread = new Worker(new URL('./training.worker.ts', import.meta.url), {
    type: 'module',
    name: 'training',
  })
  return connectWorker<TrainingWorker>(thread, 'training', DeviceError)
}
