import {
  type Asked,
  type Comparison,
  RewardModel,
  type RewardRecipe,
  type RewardReport,
  type RewardScores,
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
import type { PolicyParameters } from './play.ts'
import { learningPart, viewOf } from './reward-view.ts'
import type { Store } from './store.ts'

/** Initialisation of a reward model's trunk: from the agent, or with random parameters. */
export type Encoder = 'agent' | 'random'

export interface RewardJob {
  readonly device: Device
  /**
   * Agent whose network size the reward model has and, with the encoder `agent`, also its trunk.
   */
  readonly agent: PolicyParameters
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
  readonly asked?: Asked | undefined
}

export type RewardJobReport =
  | RewardReport
  | { readonly kind: 'held out'; readonly step: number; readonly scores: RewardScores }

export interface LearntReward {
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
 * stored. Throws a `DivergedError` when training diverges; `lastGoodReward` then returns the model
 * at the last checkpoint.
 */
export async function* runReward(job: RewardJob): AsyncGenerator<RewardJobReport, LearntReward> {
  const { store, identity, heldOut = [] } = job
  const { layout, initial } = beginningOf(job)
  const from: Snapshot | undefined = (await readCheckpoint(store, REWARD_CHECKPOINT, identity))
    ?.snapshot
  const view = await viewOf(job, { layout, parameters: initial })
  const training = trainReward({ ...job, ...view, from })
  let step = from?.step ?? 0
  for (;;) {
    const next = await training.next()
    if (next.done === true) {
      const learnt = await normalised(job, withPart(view.layout, layout, initial, next.value), step)
      return learnt
    }
    const report = next.value
    step = report.step
    if (report.kind === 'update') {
      yield report
      continue
    }
    await writeCheckpoint(store, REWARD_CHECKPOINT, {
      identity,
      notes: '',
      snapshot: report.snapshot,
    })
    yield report
    if (heldOut.length === 0) continue
    const parameters = withPart(
      learningPart(job.recipe, layout),
      layout,
      initial,
      report.snapshot.theta,
    )
    yield { kind: 'held out', step, scores: await heldOutScores(job, { layout, parameters }) }
  }
}

/** Returns the normalised reward model at the last checkpoint; undefined where there is none. */
export async function lastGoodReward(job: RewardJob): Promise<LearntReward | undefined> {
  const kept = (await readCheckpoint(job.store, REWARD_CHECKPOINT, job.identity))?.snapshot
  if (kept === undefined) return undefined
  const { layout, initial } = beginningOf(job)
  const part = learningPart(job.recipe, layout)
  return normalised(job, withPart(part, layout, initial, kept.theta), kept.step)
}

/** Scores how well a model orders the job's held-out comparisons. */
export async function heldOutScores(
  { device, clips, heldOut = [] }: Pick<RewardJob, 'device' | 'clips' | 'heldOut'>,
  { layout, parameters }: PolicyParameters,
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

async function normalised(
  job: RewardJob,
  parameters: Float32Array,
  step: number,
): Promise<LearntReward> {
  const { layout } = beginningOf(job)
  const { mean, deviation } = await spread(job.device, layout, parameters, job.reference)
  const kept = normaliseRewards(layout, parameters, mean, deviation)
  return { layout, parameters: kept, deviation, step }
}

async function spread(
  device: Device,
  layout: ParameterLayout,
  parameters: Float32Array,
  reference: readonly SeenClip[],
): Promise<{ mean: number; deviation: number }> {
  const model = await RewardModel.create(device, layout, parameters)
  try {
    return spreadOf(await model.rewards(reference))
  } finally {
    await model.release()
  }
}
