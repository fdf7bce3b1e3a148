import { CONTRASTIVE_FIELDS, expectConverged, finished, readRecipe } from '../../alignment/index.ts'
import { type Outcome, rootKey, splitKey } from '../../island/index.ts'
import {
  CONTRASTIVE_CHECKPOINT,
  type ContrastiveReport,
  type ManifestEntry,
  runContrastive,
} from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { Checkpoints } from '../checkpoints.ts'
import { type ProgressBar, withProgress } from '../progress.ts'
import { readModel } from '../read-model.ts'
import { tryOutput, writeModel } from '../write-model.ts'
import { decisiveLabels, Pools } from './pools.ts'
import { policyScores } from './scores.ts'

/** Settings for training an agent on comparisons directly. */
export interface ContrastiveSettings {
  readonly wanted: Outcome
  readonly seed: number
  /** Number of pairs labelled by the judge. */
  readonly comparisons: number
  /** Number of clips from which the pairs are drawn. */
  readonly clips: number
  readonly noise: number
  readonly cantTell: number
  readonly recipe: Readonly<Record<string, unknown>>
  readonly evaluationEpisodes: number
}

/**
 * Trains an agent by contrastive preference learning on comparisons of its own episodes, then writes and
 * evaluates the policy. The comparisons are those of a reward model with the same seed. Throws a
 * `UsageError` if none of them prefers a clip.
 */
export async function makeContrastive(
  device: Device,
  agentPath: string,
  output: string,
  settings: ContrastiveSettings,
  folder: string,
): Promise<ManifestEntry> {
  const { wanted, seed, noise, cantTell, evaluationEpisodes } = settings
  const agent = await readModel(agentPath, 'policy')
  await tryOutput(output, agent.layout)
  const recipe = readRecipe(CONTRASTIVE_FIELDS, settings.recipe)
  const labels = { comparisons: settings.comparisons, clips: settings.clips, noise, cantTell }
  const inputs = ['contrastive', agent.digest, wanted, seed, labels, recipe]
  const checkpoints = new Checkpoints(folder, inputs)
  await checkpoints.resume(CONTRASTIVE_CHECKPOINT)
  const branch = splitKey(rootKey(seed), 'training')
  const clips = await new Pools(device, agent).clips('labels', seed, settings.clips)
  const drawn = splitKey(branch, 'reward', wanted)
  const slips = { noise, cantTell }
  const { comparisons } = decisiveLabels(clips, wanted, settings.comparisons, drawn, slips)
  const job = runContrastive({
    ...{ device, agent, recipe, clips, comparisons, store: checkpoints },
    key: splitKey(branch, 'contrastive', wanted),
    identity: checkpoints.identity,
  })
  const learnt = await withProgress(`Contrastive learning, ${wanted}`, recipe.steps, (progress) =>
    finished(job, (report) => show(progress, report)),
  )
  expectConverged(learnt)
  const { trainingSeconds } = checkpoints
  const card = {
    stage: `contrastive-${wanted}`,
    recipe: { ...recipe, ...labels },
    key: `${seed}/training/contrastive/${wanted}`,
  }
  const entry = await writeModel(output, agent.layout, learnt.parameters, card, () =>
    policyScores(device, output, learnt.step, trainingSeconds, evaluationEpisodes),
  )
  await checkpoints.clear()
  return entry
}

function show(progress: ProgressBar, report: ContrastiveReport): void {
  if (report.kind === 'update') {
    progress.update(report.step, `loss ${(report.metrics[0] ?? Number.NaN).toFixed(3)}`)
  } else if (report.kind === 'measurement') {
    const { training, kl } = report.measured
    const percent = (100 * training.accuracy).toFixed(1)
    progress.say(
      `After update ${report.step}: scores agree with ${percent} % of ${training.comparisons} labels, KL ${kl.toFixed(2)} per clip`,
    )
  }
}
