/** The queue of trainings without the Train page around it. */

import { labDatabase } from '../../src/app/data/database.ts'
import { useTraining } from '../../src/app/stores/training.ts'
import { trainingQueue } from '../../src/app/training/queue.ts'
import { describeModel } from '../../src/lab/models/describe-model.ts'
import type { TrainingPlan } from '../../src/procedure/training/index.ts'
import { addModel } from '../../src/storage/index.ts'

const desk = {
  /** Adds a model to the model shelf; returns its SHA-256 digest. */
  async shelve(bytes: readonly number[], name: string): Promise<string> {
    const file = Uint8Array.from(bytes)
    const entry = await describeModel(file, name, new Date())
    await addModel(await labDatabase(), entry, file)
    return entry.sha256
  },
  enqueue: async (plan: TrainingPlan) => (await (await trainingQueue()).enqueue(plan, 'Test')).id,
  repeat: async (id: string) => (await (await trainingQueue()).repeat(id)).id,
  pause: async (id: string) => (await trainingQueue()).pause(id),
  resume: async (id: string) => (await trainingQueue()).resume(id),
  /** Returns a run's record, and its current phase if it is in progress. */
  look(id: string) {
    const { runs, live } = useTraining.getState()
    const run = runs?.find((each) => each.id === id)
    return { run, phase: live?.id === id ? live.phase : undefined }
  },
  /** Returns whether another tab is training. */
  isElsewhere: () => useTraining.getState().elsewhere,
}

declare global {
  /** API that tests call through `page.evaluate`. */
  var trainings: typeof desk
}

void trainingQueue()
globalThis.trainings = desk
