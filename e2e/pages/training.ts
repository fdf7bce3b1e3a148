/** The trainings' centre without a page around it. */

import { useTraining } from '../../src/app/stores/training.ts'
import { enqueue, openTrainings, pause, repeat, resume } from '../../src/app/training/centre.ts'
import { labDatabase } from '../../src/app/watch/database.ts'
import { addModel, describeModel } from '../../src/lab/model-shelf.ts'
import type { TrainingPlan } from '../../src/procedure/training/index.ts'

const desk = {
  /** Puts a model where a plan finds it; gives its digest. */
  async shelve(bytes: readonly number[], name: string): Promise<string> {
    const file = Uint8Array.from(bytes)
    const entry = await describeModel(file, name, new Date())
    await addModel(await labDatabase(), entry, file)
    return entry.sha256
  },
  enqueue: async (plan: TrainingPlan) => (await enqueue(plan, 'Test')).id,
  repeat: async (id: string) => (await repeat(id)).id,
  pause,
  resume,
  /** A run's record, and how far it is where it is under way. */
  look(id: string) {
    const { runs, live } = useTraining.getState()
    const run = runs?.find((each) => each.id === id)
    return { run, phase: live?.id === id ? live.phase : undefined }
  },
  /** Whether another tab trains. */
  isElsewhere: () => useTraining.getState().elsewhere,
}

declare global {
  /** What a test calls through `page.evaluate`. */
  var trainings: typeof desk
}

void openTrainings()
globalThis.trainings = desk
