/** End of a run in the browser's database: its models and its final record. */
import { parameterFiles, stateAfter, type TrainingResult } from '../../procedure/training/index.ts'
import {
  changeRun,
  clearCheckpoints,
  type LabDatabase,
  type Run,
  readRun,
  runStore,
} from '../../storage/index.ts'
import { messageOf } from '../worker/errors.ts'
import type { TrainingLog } from './log.ts'
import { exportsOf, shelve } from './models.ts'
import { keepSlowness } from './speed.ts'

export interface Keeping {
  readonly database: LabDatabase
  now(): Date
}

/** Stores the models on the shelf and the result in the record, then clears the checkpoints. */
export async function keepResult(
  { database, now }: Keeping,
  log: TrainingLog,
  id: string,
  result: TrainingResult,
): Promise<void> {
  // The run may have been renamed or removed in the meantime.
  const run = await readRun(database, id)
  if (run === undefined) return
  const { stopped, problem, heldOut } = result
  const models = await exportsOf(run, result, now())
  await shelve(database, models)
  await changeRun(database, id, ({ stopAsked: _, ...kept }) => ({
    ...kept,
    ...log.record,
    state: stateAfter(stopped),
    endedAt: now().toISOString(),
    result: {
      stopped,
      ...(models.policy && { policy: models.policy.entry.sha256 }),
      ...(models.reward && { reward: models.reward.entry.sha256 }),
      ...(heldOut && { heldOut }),
    },
    ...(problem && { problem }),
  }))
  // Files that cannot be cleared now are removed with the run.
  await clearAllButParameters(database, run).catch(() => undefined)
  const slowness = log.slowness(stopped === 'last update')
  // The run is done, whether or not this measurement can be stored.
  if (stopped !== 'by hand' && run.resumes === 0 && slowness) {
    await keepSlowness(database, slowness).catch(() => undefined)
  }
}

/** Deletes a run's checkpoints and intermediate results, except the parameters of the last part that began. */
async function clearAllButParameters(database: LabDatabase, { id, plan }: Run): Promise<void> {
  const store = runStore(database, id)
  for (const file of parameterFiles(plan)) {
    if ((await store.read(file)) !== undefined) return clearCheckpoints(database, id, [file])
  }
  await clearCheckpoints(database, id, [])
}

/** Marks a run as failed, with the error's message; its checkpoints stay, so that it can resume there. */
export async function fail({ database, now }: Keeping, id: string, error: unknown) {
  await changeRun(database, id, ({ stopAsked: _, ...run }) => ({
    ...run,
    state: 'failed',
    endedAt: now().toISOString(),
    problem: messageOf(error),
  }))
}
