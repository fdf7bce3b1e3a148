/** The training worker without the worker: tests run it as it is, with any device and database. */
import type { TrainingWorker } from './training-protocol.ts'
import { type TrainingHostOptions, trainRun } from './training-session.ts'
import { Wishes } from './training-wishes.ts'

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
