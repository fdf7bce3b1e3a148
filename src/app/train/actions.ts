/** Actions of the Train page's buttons; the code they need is loaded on first use. */
import type { TrainingQueue } from '../../lab/training/queue.ts'
import { messageOf } from '../../lab/worker/errors.ts'
import type { TrainingPlan } from '../../procedure/training/index.ts'
import { currentCandidates } from '../data/candidates.ts'
import { saveFile } from '../save-file.ts'
import type { Download } from '../training/downloads.ts'
import { trainingQueue } from '../training/queue.ts'
import { useMaterials } from './materials.ts'
import type { TrainingInputs } from './plan-from-draft.ts'

/** Shows a rejection of an action on the page. */
function report(work: Promise<unknown>): void {
  useMaterials.setState({ problem: undefined })
  work.catch((error: unknown) => useMaterials.setState({ problem: messageOf(error) }))
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

/** Resolves to the estimated seconds of a plan on this machine. */
export async function estimateOf(plan: TrainingPlan): Promise<number> {
  const queue = await trainingQueue()
  const start = currentCandidates().find(({ sha256 }) => sha256 === plan.start.sha256)
  return queue.estimateSeconds(plan, start?.parameters)
}

/** Adds a training to the queue, with its training data; the digest of clips is computed here. */
export async function begin(
  plan: TrainingPlan,
  name: string,
  inputs: Pick<TrainingInputs, 'labelled' | 'clips'>,
): Promise<void> {
  const queue = await trainingQueue()
  if (plan.kind === 'fine-tune') {
    const { clipData } = await import('../training/labels.ts')
    const chosen = await clipData(inputs.clips)
    await queue.enqueue({ ...plan, clips: chosen.clips }, name, chosen.data)
    return
  }
  const byPeople = 'labels' in plan && plan.labels.kind !== 'judge'
  await queue.enqueue(plan, name, byPeople ? inputs.labelled?.data : undefined)
}
