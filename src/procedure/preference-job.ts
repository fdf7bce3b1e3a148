import {
  cachedClips,
  type Ended,
  freshSnapshot,
  IMITATION_FIELDS,
  type ImitationReport,
  LAYERS_FIELD,
  type LoopControl,
  type OpenPlayer,
  packClips,
  type RecipeOf,
  RewardModel,
  real,
  type SeenClip,
  trainImitation,
  whole,
} from '../alignment/index.ts'
import { EPISODE_DECISIONS, type Key, type StartKind, splitKey } from '../island/index.ts'
import { partOf, standingOn, upperLayout, withPart } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'
import { beginningsOf, type NetworkParameters, playPolicy } from './play.ts'
import type { LearntReward } from './reward-job.ts'

const { clipsPerBatch, peakRate, warmup, floor, weightDecay, maximumNorm } = IMITATION_FIELDS

/** Settings of preference fine-tuning. */
export const PREFERENCE_FIELDS = {
  pool: whole(1600, {
    minimum: 2,
    maximum: 100_000,
    unit: 'episodes',
    help: 'Episodes of the agent’s own play to score',
  }),
  share: real(0.125, {
    minimum: 0.001,
    maximum: 1,
    help: 'Share of these episodes to imitate, those with the highest rewards',
  }),
  steps: whole(300, {
    minimum: 1,
    maximum: 100_000,
    unit: 'updates',
    help: 'Total number of updates',
  }),
  ...LAYERS_FIELD,
  clipsPerBatch: { ...clipsPerBatch, default: 10 },
  peakRate: { ...peakRate, default: 1e-3 },
  warmup: { ...warmup, default: 10 },
  floor,
  weightDecay,
  maximumNorm,
} as const

type PreferenceRecipe = RecipeOf<typeof PREFERENCE_FIELDS>

export interface PreferenceJob {
  readonly device: Device
  /** Opens the player of the pool; on `device` if omitted. */
  readonly openPlayer?: OpenPlayer | undefined
  readonly agent: NetworkParameters
  readonly reward: Pick<LearntReward, 'layout' | 'parameters'>
  readonly recipe: PreferenceRecipe
  readonly key: Key
  readonly start: StartKind
  readonly control?: Pick<LoopControl, 'stop'> | undefined
}

export interface PreferenceResult extends Ended {
  readonly parameters: Float32Array
  readonly step: number
  /** Number of clips that were imitated. */
  readonly kept: number
  /** Lowest reward among them. */
  readonly threshold: number
}

/**
 * Runs preference fine-tuning: the agent plays, the reward model scores, and the agent imitates the
 * best share of its own play (one round of ReST, Gulcehre et al. 2023, arXiv 2308.08998). It takes
 * seconds, so there are no checkpoints: an interrupted job starts over.
 */
export async function* runPreference(
  job: PreferenceJob,
): AsyncGenerator<ImitationReport, PreferenceResult> {
  const { device, agent, recipe, key } = job
  const part = upperLayout(agent.layout, recipe.layers)
  const { clips, threshold } = await bestClips(job, part.firstLayer)
  const batch = packClips(clips, EPISODE_DECISIONS)
  const training = trainImitation({
    device,
    layout: part,
    recipe: {
      ...recipe,
      batchesPerUpdate: 1,
      keep: 'last',
      validationEvery: recipe.steps,
    },
    key: splitKey(key, 'preference'),
    training: cachedClips(batch),
    validation: [
      packClips(clips.slice(0, recipe.clipsPerBatch), EPISODE_DECISIONS, recipe.clipsPerBatch),
    ],
    length: EPISODE_DECISIONS,
    from: freshSnapshot(partOf(part, agent.layout, agent.parameters)),
    control: job.control,
  })
  const { snapshot, stopped, problem } = yield* training
  const parameters = withPart(part, agent.layout, agent.parameters, snapshot.theta)
  return { parameters, step: snapshot.step, kept: clips.length, threshold, stopped, problem }
}

/** Plays fresh episodes and resolves with the best-rewarded share of them, as clips. */
async function bestClips(
  job: PreferenceJob,
  streamBefore: number,
): Promise<{ clips: SeenClip[]; threshold: number }> {
  const { device, agent, recipe, start } = job
  const key = splitKey(job.key, 'pool')
  const beginnings = beginningsOf(key, start, recipe.pool)
  const reward = standingOn(agent, job.reward, recipe.layers)
  const readsFrames = reward.layout.firstLayer === 0
  const keep = streamBefore === 0 ? 'frames' : readsFrames ? 'both' : 'stream'
  const episodes = await playPolicy(device, agent, beginnings, splitKey(key, 'act'), {
    keep,
    streamBefore,
    open: job.openPlayer,
  })
  const clips = episodes.map(({ trajectory: { actions }, frames, stream }) =>
    stream === undefined ? { actions, frames } : { actions, frames, stream },
  )
  const model = await RewardModel.create(device, reward.layout, reward.parameters)
  const rewards = await model.rewards(
    readsFrames ? clips.map(({ actions, frames }) => ({ actions, frames })) : clips,
  )
  await model.release()
  const count = Math.max(1, Math.round(recipe.share * clips.length))
  const order = clips
    .map((_, index) => index)
    .sort((a, b) => (rewards[b] ?? 0) - (rewards[a] ?? 0) || a - b)
    .slice(0, count)
  return {
    clips: order.flatMap((index) => clips[index] ?? []),
    threshold: rewards[order.at(-1) ?? 0] ?? Number.NaN,
  }
}
