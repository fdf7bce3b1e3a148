import { CONTRASTIVE_FIELDS, expectConverged, finished, readRecipe } from '../../alignment/index.ts'
import { type Outcome, rootKey, splitKey } from '../../island/index.ts'
import { importModel } from '../../network/index.ts'
import {
  CONTRASTIVE_CHECKPOINT,
  type ContrastiveReport,
  type ManifestEntry,
  runContrastive,
} from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { Checkpoints } from '../checkpoints.ts'
import { readModelFile } from '../evaluate.ts'
import { type ProgressBar, startProgress } from '../progress.ts'
import { sha256, tryOutput, writeModel } from '../write-model.ts'
import { label, Pools } from './pools.ts'
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
 * evaluates the policy. The comparisons are those of a reward model with the same seed.
 */
export async function makeContrastive(
  device: Device,
  agentPath: string,
  output: string,
  settings: ContrastiveSettings,
  folder: string,
): Promise<ManifestEntry> {
  const { wanted, seed, noise, cantTell, evaluationEpisodes } = settings
  const begun = performance.now()
  const agentFile = await readModelFile(agentPath)
  const agent = importModel(agentFile)
  await tryOutput(output, agent.layout)
  const recipe = readRecipe(CONTRASTIVE_FIELDS, settings.recipe)
  const checkpoints = new Checkpoints(folder, ['contrastive', sha256(agentFile), settings, recipe])
  await checkpoints.announce(CONTRASTIVE_CHECKPOINT)
  const branch = splitKey(rootKey(seed), 'training')
  const clips = await new Pools(device, agent).clips('labels', seed, settings.clips)
  const drawn = splitKey(branch, 'reward', wanted)
  const { comparisons } = label(clips, wanted, settings.comparisons, drawn, { noise, cantTell })
  const progress = startProgress(`Contrastive learning, ${wanted}`, recipe.steps)
  const learnt = await finished(
    runContrastive({
      ...{ device, agent, recipe, clips, comparisons, store: checkpoints },
      key: splitKey(branch, 'contrastive', wanted),
      identity: checkpoints.identity,
    }),
    (report) => show(progress, report),
  )
  progress.stop()
  expectConverged(learnt)
  const trainingSeconds = Math.round((performance.now() - begun) / 1000)
  const card = {
    stage: `contrastive-${wanted}`,
    recipe: {
      ...recipe,
      ...{ comparisons: settings.comparisons, clips: settings.clips, noise, cantTell },
    },
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
