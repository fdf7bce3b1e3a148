import {
  finished,
  REINFORCEMENT_FIELDS,
  type ReinforcementPoint,
  type ReinforcementReport,
  readRecipe,
} from '../../alignment/index.ts'
import { type Outcome, rootKey, splitKey } from '../../island/index.ts'
import {
  type ManifestEntry,
  REINFORCEMENT_CHECKPOINT,
  type ReinforcementResult,
  runReinforcement,
} from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { Checkpoints } from '../checkpoints.ts'
import { type ProgressBar, withProgress } from '../progress.ts'
import { readModel } from '../read-model.ts'
import { tryOutput, writeModel } from '../write-model.ts'
import { policyScores } from './scores.ts'

/** Settings for a reinforcement learning run. */
export interface ReinforcementSettings {
  readonly wanted: Outcome
  readonly seed: number
  /** Name of the ablation; 'main line' for the unmodified procedure. */
  readonly variant: string
  readonly recipe: Readonly<Record<string, unknown>>
  readonly evaluationEpisodes: number
}

export interface ReinforcementStage {
  readonly entry: ManifestEntry
  readonly learning: ReinforcementResult
}

/**
 * Optimises an agent against a reward model by reinforcement learning, then writes and evaluates
 * the policy.
 */
export async function makeAligned(
  device: Device,
  agentPath: string,
  rewardPath: string,
  output: string,
  settings: ReinforcementSettings,
  folder: string,
): Promise<ReinforcementStage> {
  const { wanted, seed, variant, evaluationEpisodes } = settings
  const agent = await readModel(agentPath, 'policy')
  const reward = await readModel(rewardPath, 'reward')
  await tryOutput(output, agent.layout)
  const recipe = readRecipe(REINFORCEMENT_FIELDS, settings.recipe)
  const inputs = ['reinforcement', agent.digest, reward.digest, wanted, seed, recipe]
  const checkpoints = new Checkpoints(folder, inputs)
  await checkpoints.resume(REINFORCEMENT_CHECKPOINT)
  const job = runReinforcement({
    options: {
      ...{ device, layout: agent.layout, recipe, reference: agent.parameters, reward },
      key: splitKey(rootKey(seed), 'training', 'reinforcement', wanted),
      start: 'spawn',
      preferred: ({ ending }) => ending === wanted,
    },
    identity: checkpoints.identity,
    store: checkpoints,
  })
  const learnt = await withProgress(`Reinforcement learning, ${wanted}`, recipe.steps, (progress) =>
    finished(job, (report) => show(progress, report)),
  )
  const { trainingSeconds } = checkpoints
  const card = {
    stage: `aligned-${wanted}`,
    recipe: { ...recipe, keptStep: learnt.step, stopped: learnt.stopped },
    key: `${seed}/training/reinforcement/${wanted}`,
  }
  const entry = await writeModel(output, agent.layout, learnt.parameters, card, () =>
    policyScores(device, output, learnt.step, trainingSeconds, evaluationEpisodes),
  )
  await checkpoints.clear()
  const learning = {
    wanted,
    seed,
    variant,
    episodesPerUpdate: recipe.episodesPerUpdate,
    stopped: learnt.stopped,
    updates: [...learnt.history],
    trainingSeconds,
  }
  return { entry, learning }
}

function show(progress: ProgressBar, report: ReinforcementReport): void {
  if (report.kind !== 'update') return
  progress.update(report.point.update + 1, noteOf(report.point))
}

function noteOf({ reward, preference, kl, entropy, length }: ReinforcementPoint): string {
  const percent = (100 * preference).toFixed(1)
  return `reward ${reward.toFixed(2)}, preferred ${percent} %, KL ${kl.toFixed(2)}, entropy ${entropy.toFixed(2)}, length ${length.toFixed(1)}`
}
