/** Actions of the Train page's buttons; the code they need is loaded on first use. */
import type { TrainingQueue } from '../../lab/training/queue.ts'
import type { TrainingPlan } from '../../procedure/training/index.ts'
import type { Run } from '../../storage/run-record.ts'
import { currentCandidates } from '../data/candidates.ts'
import { saveFile } from '../save-file.ts'
import { problemOf } from '../sentences.ts'
import { useTraining } from '../stores/training.ts'
import type { Download } from '../training/downloads.ts'
import { trainingQueue } from '../training/queue.ts'
import { useMaterials } from './materials.ts'
import type { TrainingInputs } from './plan-from-draft.ts'
import { curvesCsv, runsCsv } from './table/csv.ts'
import { groupNames } from './table/groups.ts'

/** Shows a rejection of an action on the page. */
function report(work: Promise<unknown>): void {
  useMaterials.setState({ problem: undefined })
  work.catch((error: unknown) => useMaterials.setState({ problem: problemOf(error) }))
}

/** Runs an action on the training queue; a failure is shown on the page. */
export function askQueue(action: (queue: TrainingQueue) => Promise<unknown>): void {
  report(trainingQueue().then(action))
}

/** Saves a file of a run; a failure is shown on the page. */
export function saveDownload(
  choose: (downloads: typeof import('../training/downloads.ts')) => Promise<Download>,
): void {
  report(
    import('../training/downloads.ts').then(choose).then(({ name, blob }) => saveFile(blob, name)),
  )
}

/** Saves the curves of runs as CSV. */
export function saveCurves(runs: readonly Run[]): void {
  saveCsv(runs, 'curves', curvesCsv)
}

/** Saves a table of runs as CSV. */
export function saveRunTable(runs: readonly Run[]): void {
  saveCsv(runs, 'runs', runsCsv)
}

function saveCsv(runs: readonly Run[], what: string, encode: typeof curvesCsv): void {
  saveDownload(async ({ fileName }) => {
    const text = encode(runs, groupNames(useTraining.getState().runs ?? []))
    const [only] = runs
    const name = runs.length === 1 && only ? `${fileName(only)} ${what}` : what
    return { name: `${name}.csv`, blob: new Blob([text], { type: 'text/csv' }) }
  })
}

/** Resolves to the estimated seconds of some plans on this machine, one after the other. */
export async function estimateOf(plans: readonly TrainingPlan[]): Promise<number> {
  const queue = await trainingQueue()
  const candidates = currentCandidates()
  return plans.reduce((sum, plan) => {
    const start = candidates.find(({ sha256 }) => sha256 === plan.start.sha256)
    return sum + queue.estimateSeconds(plan, start?.parameters)
  }, 0)
}

/** Training to add to the queue. */
interface Wanted {
  readonly plan: TrainingPlan
  readonly name: string
  readonly tags: readonly string[]
}

/** Adds trainings to the queue, with their training data; the digest of clips is computed here. */
export async function begin(
  wanted: readonly Wanted[],
  inputs: Pick<TrainingInputs, 'labelled' | 'clips'>,
): Promise<void> {
  const queue = await trainingQueue()
  const chosen = wanted.some(({ plan }) => plan.kind === 'fine-tune')
    ? await import('../training/labels.ts').then(({ clipData }) => clipData(inputs.clips))
    : undefined
  await queue.enqueueAll(
    wanted.map(({ plan, ...order }) => {
      if (plan.kind === 'fine-tune' && chosen) {
        return { ...order, plan: { ...plan, clips: chosen.clips }, data: chosen.data }
      }
      const byPeople = 'labels' in plan && plan.labels.kind !== 'judge'
      return { ...order, plan, data: byPeople ? inputs.labelled?.data : undefined }
    }),
  )
}
