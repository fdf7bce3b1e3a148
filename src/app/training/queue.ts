/** Queue of trainings of this page. Its code is loaded when it is first needed. */
import type { TrainingQueue } from '../../lab/training/queue.ts'
import { isUnderWay } from './under-way.ts'

let queue: Promise<TrainingQueue> | undefined

/** Returns the queue, which has read its runs and resumes what was cut short. */
export function trainingQueue(): Promise<TrainingQueue> {
  queue ??= import('./open-queue.ts').then(({ openQueue }) => openQueue())
  return queue
}

/** Resumes what a reload or a crash cut short; to be called once when any page has opened. */
export function resumeTrainings(): void {
  if (isUnderWay()) void trainingQueue()
}
