/**
 * The trainings of this browser, for any page: what `useTraining` shows, and what can be done with
 * them. One runs at a time, in one tab; the others wait in the order in which they were made.
 */
import { NO_CURVES } from '../../lab/training-curves.ts'
import { referenceSeconds, totalOf } from '../../lab/training-estimate.ts'
import type { TrainingData, TrainingPlan } from '../../procedure/training/index.ts'
import {
  changeRun,
  newId,
  RUN_VERSION,
  type Run,
  type RunState,
  readRunData,
  removeRun,
  renameRun,
  saveRun,
} from '../../storage/index.ts'
import { labDatabase } from '../data/database.ts'
import { useTraining } from '../stores/training.ts'
import { abandon, currentWorker } from './conduct.ts'
import { load, machine, stopping, stuck, tried, work } from './queue.ts'

export { measure, openTrainings } from './queue.ts'

/**
 * Adds a run to the queue, with what it learns from where people made it. Rejects with a sentence
 * where the browser cannot keep it.
 */
export async function enqueue(
  plan: TrainingPlan,
  name: string,
  data?: TrainingData,
  devices: readonly string[] = [],
): Promise<Run> {
  const run: Run = {
    id: newId(),
    version: RUN_VERSION,
    name: freeName(name.trim().slice(0, 190) || 'Training'),
    plan,
    state: 'queued',
    createdAt: new Date().toISOString(),
    seconds: 0,
    partSeconds: {},
    devices: [...devices],
    resumes: 0,
    curves: NO_CURVES,
  }
  await saveRun(await labDatabase(), run, data)
  await load()
  void work()
  return run
}

/** Runs of one kind would else share one name: the second is called “… (2)”. */
function freeName(name: string): string {
  const taken = new Set(useTraining.getState().runs?.map((run) => run.name))
  let free = name
  for (let n = 2; taken.has(free); n++) free = `${name} (${n})`
  return free
}

/** The same training once more, on the device it ran on: it gives the same parameters there. */
export async function repeat(id: string): Promise<Run> {
  const run = runOf(id)
  const data = await readRunData(await labDatabase(), id)
  return enqueue(run.plan, `${run.name}, again`, data, run.devices.slice(-1))
}

/** Holds the run under way after a checkpoint; one that waits waits on. */
export async function pause(id: string): Promise<void> {
  if (isLive(id)) await currentWorker()?.pause()
  else await setState(id, ['queued'], 'paused')
}

/** Goes on with a run that was paused, or failed: at its last checkpoint. */
export async function resume(id: string): Promise<void> {
  if (isLive(id)) {
    await currentWorker()?.resume()
    return
  }
  stuck.delete(id)
  await setState(id, ['paused', 'failed'], 'queued')
  void work()
}

/** Ends a run; `keep` has it give what there is first. */
export async function stop(id: string, keep = true): Promise<void> {
  const run = runOf(id)
  if (isLive(id) && keep) {
    await currentWorker()?.stop()
  } else if (isLive(id)) {
    await abandon(() => setState(id, ['running', 'paused'], 'stopped'))
  } else if (keep && run.seconds > 0) {
    stopping.add(id)
    await setState(id, ['paused', 'queued', 'running'], 'queued')
    void work()
  } else {
    await setState(id, ['paused', 'queued', 'running'], 'stopped')
  }
}

export async function rename(id: string, name: string): Promise<void> {
  await tried(async () => renameRun(await labDatabase(), id, name))
  await load()
}

/** Forgets a run and its checkpoints, whatever it is doing; models that came out stay on the shelf. */
export async function remove(id: string): Promise<void> {
  if (isLive(id)) await abandon(() => setState(id, ['running', 'paused'], 'stopped'))
  await tried(async () => removeRun(await labDatabase(), id))
  await load()
}

/**
 * How long a plan takes on this machine, from the trainings that were made here, else from a
 * reference machine (docs/benchmarks.md). `parameters` is the size of the model it begins with.
 */
export function estimateSeconds(plan: TrainingPlan, parameters?: number): number {
  return totalOf(referenceSeconds(plan, parameters)) * (machine.slowness ?? 1)
}

function isLive(id: string): boolean {
  return useTraining.getState().live?.id === id
}

function runOf(id: string): Run {
  const run = useTraining.getState().runs?.find((each) => each.id === id)
  if (run !== undefined) return run
  throw new Error('This run is no longer kept in this browser: reload the page.')
}

async function setState(id: string, from: readonly RunState[], to: RunState): Promise<void> {
  await tried(async () =>
    changeRun(await labDatabase(), id, (run) =>
      from.includes(run.state) ? { ...run, state: to } : undefined,
    ),
  )
  await load()
}
