/** Training queue of this page, whose code is loaded when it is first needed. */
import type { TrainingQueue } from '../../lab/training/queue.ts'
import { isUnderWay } from './under-way.ts'

let queue: Promise<TrainingQueue> | undefined

/** Resolves to the queue once it has read its runs; an interrupted run is then resumed. */
export function trainingQueue(): Promise<TrainingQueue> {
  queue ??= import('./open-queue.ts').then(({ openQueue }) => openQueue())
  return queue
}

/** Resumes a run that a reload or a crash interrupted; to be called once, when any page has opened. */
export function resumeTrainings(): void {
  if (isUnderWay()) void trainingQueue()
}
