import {
  type Comparison,
  type Ended,
  type LoopControl,
  RewardModel,
  type RewardRecipe,
  type RewardReport,
  type RewardScores,
  relay,
  rewardAccuracy,
  type SeenClip,
  type Snapshot,
  spreadOf,
  trainReward,
} from '../alignment/index.ts'
import { type Key, splitKey } from '../island/index.ts'
import {
  initialParameters,
  normaliseRewards,
  type ParameterLayout,
  parameterLayout,
  withPart,
  withTrunkOf,
} from '../network/index.ts'
import type { Device } from '../runtime/index.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import type { NetworkParameters } from './play.ts'
import { learningPart, trainableView } from './reward-view.ts'
import type { Store } from './store.ts'

/** Initialisation of a reward model's trunk: from the agent, or with random parameters. */
export type Encoder = 'agent' | 'random'

export interface RewardJob {
  readonly device: Device
  /**
   * Agent whose network size the reward model has and, with the encoder `agent`, also its trunk.
   */
  readonly agent: NetworkParameters
  readonly encoder: Encoder
  readonly recipe: RewardRecipe
  readonly key: Key
  readonly clips: readonly SeenClip[]
  readonly comparisons: readonly Comparison[]
  /** Comparisons of those clips that training does not use, scored at every checkpoint. */
  readonly heldOut?: readonly Comparison[]
  /** Clips on which rewards are normalised to mean 0 and standard deviation 1. */
  readonly reference: readonly SeenClip[]
  /** Stage, recipe, key and data in one text; only a checkpoint with the same text is resumed. */
  readonly identity: string
  readonly store: Store
  readonly control?: LoopControl | undefined
}

export type RewardJobReport =
  | RewardReport
  | { readonly kind: 'held out'; readonly step: number; readonly scores: RewardScores }

export interface LearntReward extends Ended {
  readonly layout: ParameterLayout
  /** Normalised parameters: rewards of the reference clips have mean 0 and standard deviation 1. */
  readonly parameters: Float32Array
  /**
   * Standard deviation by which the rewards were divided; times a difference of rewards, it gives
   * the logit of a preference.
   */
  readonly deviation: number
  readonly step: number
}

export const REWARD_CHECKPOINT = 'reward.safetensors'

/**
 * Trains a reward model, resuming from the last checkpoint where there is one, and normalises its
 * rewards. The checkpoint stays in the store; the caller removes it once the result is safely
 * stored. After a divergence the result is the model at the last checkpoint, or, with step 0, the
 * model before training, whose rewards are not normalised.
 */
export async function* runReward(job: RewardJob): AsyncGenerator<RewardJobReport, LearntReward> {
  const { store, identity, heldOut = [] } = job
  const { layout, initial } = beginningOf(job)
  const from: Snapshot | undefined = (await readCheckpoint(store, REWARD_CHECKPOINT, identity))
    ?.snapshot
  const view = await trainableView(job, { layout, parameters: initial })
  const { parameters, step, stopped, problem } = yield* relay(
    trainReward({ ...job, ...view, from }),
    async function* (report): AsyncGenerator<RewardJobReport> {
      if (report.kind === 'update') return yield report
      const { snapshot } = report
      await writeCheckpoint(store, REWARD_CHECKPOINT, { identity, notes: '', snapshot })
      yield report
      if (heldOut.length === 0) return
      const part = learningPart(job.recipe, layout)
      const parameters = withPart(part, layout, initial, snapshot.theta)
      const scores = await heldOutScores(job, { layout, parameters })
      yield { kind: 'held out', step: report.step, scores }
    },
  )
  const whole = withPart(view.layout, layout, initial, parameters)
  const ended = { step, stopped, problem }
  if (step === 0) return { layout, parameters: whole, deviation: 1, ...ended }
  return { ...(await normalised(job, whole)), ...ended }
}

/** Scores how well a model orders the job's held-out comparisons. */
export async function heldOutScores(
  { device, clips, heldOut = [] }: Pick<RewardJob, 'device' | 'clips' | 'heldOut'>,
  { layout, parameters }: NetworkParameters,
): Promise<RewardScores> {
  const indices = [...new Set(heldOut.flatMap(({ first, second }) => [first, second]))]
  const model = await RewardModel.create(device, layout, parameters)
  try {
    const found = await model.rewards(indices.flatMap((index) => clips[index] ?? []))
    const rewards = new Float32Array(clips.length).fill(Number.NaN)
    for (const [place, index] of indices.entries()) rewards[index] = found[place] ?? Number.NaN
    return rewardAccuracy(rewards, heldOut)
  } finally {
    await model.release()
  }
}

/** Returns the layout and parameters of the model before its first update. */
function beginningOf({ agent, encoder, key }: RewardJob) {
  const layout = parameterLayout(agent.layout.size, 'reward')
  const drawn = splitKey(key, 'parameters')
  const initial =
    encoder === 'agent' ? withTrunkOf(layout, agent, drawn) : initialParameters(layout, drawn)
  return { layout, initial }
}

async function normalised(job: RewardJob, parameters: Float32Array) {
  const { layout } = beginningOf(job)
  const { mean, deviation } = await spread(job, { layout, parameters })
  return { layout, parameters: normaliseRewards(layout, parameters, mean, deviation), deviation }
}

async function spread(
  { device, recipe, reference }: RewardJob,
  { layout, parameters }: NetworkParameters,
): Promise<{ mean: number; deviation: number }> {
  const model = await RewardModel.create(device, layout, parameters, recipe.stride)
  try {
    return spreadOf(await model.rewards(reference))
  } finally {
    await model.release()
  }
}
