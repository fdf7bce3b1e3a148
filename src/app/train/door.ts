/** The way to what trains, whose code is loaded when it is first asked for. */
import type { TrainingPlan } from '../../procedure/training/index.ts'
import type { Run } from '../../storage/run-record.ts'
import { currentCandidates } from '../data/candidates.ts'
import { saveFile } from '../save-file.ts'
import type { Ingredients } from './sketch.ts'

const centre = () => import('../training/centre.ts')
const downloads = () => import('../training/downloads.ts')

/** Reads the runs and goes on with what was cut short. */
export async function openRuns(): Promise<void> {
  await (await centre()).openTrainings()
}

/** Seconds that a plan takes here. */
export async function estimateOf(plan: TrainingPlan): Promise<number> {
  const { estimateSeconds, openTrainings } = await centre()
  await openTrainings()
  const start = currentCandidates().find(({ sha256 }) => sha256 === plan.start.sha256)
  return estimateSeconds(plan, start?.parameters)
}

/** Puts a training into the queue, with what it learns from. */
export async function begin(
  sketch: TrainingPlan,
  name: string,
  { answers, clips }: Ingredients,
): Promise<void> {
  const { enqueue } = await centre()
  if (sketch.kind === 'fine-tune') {
    const { clipData } = await import('../training/labels.ts')
    const chosen = await clipData(clips)
    await enqueue({ ...sketch, clips: chosen.clips }, name, chosen.data)
    return
  }
  const own = 'labels' in sketch && sketch.labels.kind === 'people'
  await enqueue(sketch, name, own ? answers?.data : undefined)
}

export async function pause(id: string): Promise<void> {
  await (await centre()).pause(id)
}

/** Goes on with a run that was paused, or failed, at its last checkpoint. */
export async function resume(id: string): Promise<void> {
  await (await centre()).resume(id)
}

/** Ends a run and keeps what there is. */
export async function stop(id: string): Promise<void> {
  await (await centre()).stop(id)
}

export async function rename(id: string, name: string): Promise<void> {
  await (await centre()).rename(id, name)
}

/** Forgets a run, whatever it is doing. */
export async function remove(id: string): Promise<void> {
  await (await centre()).remove(id)
}

export async function repeat(id: string): Promise<void> {
  await (await centre()).repeat(id)
}

export async function saveModel(run: Run, head: 'policy' | 'reward'): Promise<void> {
  const { name, blob } = await (await downloads()).downloadModel(run, head)
  saveFile(blob, name)
}

export async function saveCheckpoint(run: Run): Promise<void> {
  const { name, blob } = await (await downloads()).downloadCheckpoint(run)
  saveFile(blob, name)
}

export async function saveRecord(run: Run): Promise<void> {
  const { name, blob } = await (await downloads()).downloadRun(run.id)
  saveFile(blob, name)
}
