import { expectConverged, finished, readRecipe } from '../../alignment/index.ts'
import { type Outcome, rootKey, splitKey } from '../../island/index.ts'
import { importModel } from '../../network/index.ts'
import {
  BEST_OF_PLAY_CHECKPOINT,
  BEST_OF_PLAY_FIELDS,
  type BestOfPlayReport,
  type ManifestEntry,
  runBestOfPlay,
} from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { Checkpoints } from '../checkpoints.ts'
import { readModelFile } from '../evaluate.ts'
import { type ProgressBar, startProgress } from '../progress.ts'
import { sha256, tryOutput, writeModel } from '../write-model.ts'
import { policyScores } from './scores.ts'

/** Settings for imitating the best of an agent's own episodes in rounds. */
export interface BestOfPlaySettings {
  readonly wanted: Outcome
  readonly seed: number
  readonly recipe: Readonly<Record<string, unknown>>
  readonly evaluationEpisodes: number
}

/** Lets an agent imitate its highest-reward episodes in rounds, then writes and evaluates the policy. */
export async function makeBestOfPlay(
  device: Device,
  agentPath: string,
  rewardPath: string,
  output: string,
  settings: BestOfPlaySettings,
  folder: string,
): Promise<ManifestEntry> {
  const { wanted, seed, evaluationEpisodes } = settings
  const begun = performance.now()
  const agentFile = await readModelFile(agentPath)
  const rewardFile = await readModelFile(rewardPath)
  const agent = importModel(agentFile)
  await tryOutput(output, agent.layout)
  const recipe = readRecipe(BEST_OF_PLAY_FIELDS, settings.recipe)
  const inputs = ['best-of-play', sha256(agentFile), sha256(rewardFile), settings, recipe]
  const checkpoints = new Checkpoints(folder, inputs)
  await checkpoints.announce(BEST_OF_PLAY_CHECKPOINT)
  const progress = startProgress(
    `Best-of-play imitation, ${wanted}`,
    recipe.rounds * recipe.updates,
  )
  const learnt = await finished(
    runBestOfPlay({
      options: {
        ...{ device, agent, recipe, start: 'spawn', measured: true },
        reward: importModel(rewardFile),
        key: splitKey(rootKey(seed), 'training', 'best-of-play', wanted),
        preferred: ({ ending }) => ending === wanted,
      },
      identity: checkpoints.identity,
      store: checkpoints,
    }),
    (report) => show(progress, report),
  )
  progress.stop()
  expectConverged(learnt)
  const trainingSeconds = Math.round((performance.now() - begun) / 1000)
  const card = {
    stage: `best-of-play-${wanted}`,
    recipe,
    key: `${seed}/training/best-of-play/${wanted}`,
  }
  const entry = await writeModel(output, agent.layout, learnt.parameters, card, () =>
    policyScores(device, output, learnt.step, trainingSeconds, evaluationEpisodes),
  )
  await checkpoints.clear()
  return entry
}

function show(progress: ProgressBar, report: BestOfPlayReport): void {
  if (report.kind === 'update') {
    progress.update(report.step, `loss ${report.scores.loss.toFixed(3)}`)
  } else if (report.kind === 'pool') {
    const { round, reward, preference, kl, entropy } = report.point
    const percent = (100 * preference).toFixed(1)
    progress.say(
      `After round ${round}: reward ${reward.toFixed(2)}, preferred ${percent} %, KL ${kl.toFixed(2)}, entropy ${entropy.toFixed(2)}`,
    )
  }
}
