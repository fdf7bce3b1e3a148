import { expectConverged, finished, readRecipe } from '../../alignment/index.ts'
import { type Outcome, rootKey, splitKey } from '../../island/index.ts'
import {
  BEST_OF_PLAY_CHECKPOINT,
  BEST_OF_PLAY_FIELDS,
  type BestOfPlayReport,
  type ManifestEntry,
  runBestOfPlay,
} from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { Checkpoints } from '../checkpoints.ts'
import { type ProgressBar, withProgress } from '../progress.ts'
import { readModel } from '../read-model.ts'
import { tryOutput, writeModel } from '../write-model.ts'
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
  const agent = await readModel(agentPath, 'policy')
  const reward = await readModel(rewardPath, 'reward')
  await tryOutput(output, agent.layout)
  const recipe = readRecipe(BEST_OF_PLAY_FIELDS, settings.recipe)
  const inputs = ['best-of-play', agent.digest, reward.digest, wanted, seed, recipe]
  const checkpoints = new Checkpoints(folder, inputs)
  await checkpoints.resume(BEST_OF_PLAY_CHECKPOINT)
  const job = runBestOfPlay({
    options: {
      ...{ device, agent, reward, recipe, start: 'spawn', measured: true },
      key: splitKey(rootKey(seed), 'training', 'best-of-play', wanted),
      preferred: ({ ending }) => ending === wanted,
    },
    identity: checkpoints.identity,
    store: checkpoints,
  })
  const title = `Best-of-play imitation, ${wanted}`
  const learnt = await withProgress(title, recipe.rounds * recipe.updates, (progress) =>
    finished(job, (report) => show(progress, report)),
  )
  expectConverged(learnt)
  const { trainingSeconds } = checkpoints
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
