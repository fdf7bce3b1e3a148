/** The training worker without the worker: tests run it as it is, with any device and database. */
import type { ImportedModel } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'
import type { LabDatabase } from '../storage/index.ts'
import type { DeviceChoice } from './protocol.ts'
import type { ModelFinder } from './training-models.ts'
import type { TrainingWorker } from './training-protocol.ts'
import { trainRun } from './training-session.ts'
import { Wishes } from './training-wishes.ts'

export interface TrainingHostOptions {
  readonly database: LabDatabase
  /** Models by digest, of the site whose shipped models lie at an address. */
  findModels(folder: string): Pick<ModelFinder, 'policy' | 'reward'>
  openDevice(choice: DeviceChoice, policy: ImportedModel): Promise<Device>
  /** Milliseconds, from any origin. */
  clock(): number
  now(): Date
}

export function createTrainingHost(options: TrainingHostOptions): TrainingWorker {
  let wishes = new Wishes()
  return {
    train(order, onNews) {
      wishes = new Wishes()
      if (order.stop) wishes.stop()
      return trainRun(options, order, wishes, onNews)
    },
    pause: async () => wishes.pause(),
    resume: async () => wishes.resume(),
    stop: async () => wishes.stop(),
  }
}
