import {
  type Asked,
  cachedClips,
  freshSnapshot,
  IMITATION_FIELDS,
  type ImitationReport,
  packClips,
  type RecipeOf,
  RewardModel,
  real,
  type SeenClip,
  trainImitation,
  whole,
} from '../alignment/index.ts'
import { EPISODE_DECISIONS, type Key, type StartKind, splitKey } from '../island/index.ts'
import type { Device } from '../runtime/index.ts'
import { beginningsOf, type PolicyParameters, playPolicy } from './play.ts'
import type { LearntReward } from './reward-job.ts'

const { clipsPerBatch, peakRate, warmup, floor, weightDecay, maximumNorm } = IMITATION_FIELDS

/** Settings of preference fine-tuning. */
export const PREFERENCE_FIELDS = {
  pool: whole(1600, {
    minimum: 2,
    maximum: 100_000,
    unit: 'episodes',
    help: 'Episodes of the agent’s own play that are scored',
  }),
  share: real(0.125, {
    minimum: 0.001,
    maximum: 1,
    help: 'Share of them, those of highest reward, that are imitated',
  }),
  steps: whole(300, { minimum: 1, maximum: 100_000, unit: 'updates', help: 'Updates in all' }),
  clipsPerBatch: { ...clipsPerBatch, default: 10 },
  peakRate: { ...peakRate, default: 1e-3 },
  warmup: { ...warmup, default: 10 },
  floor,
  weightDecay,
  maximumNorm,
} as const

export type PreferenceRecipe = RecipeOf<typeof PREFERENCE_FIELDS>

export interface PreferenceJob {
  readonly device: Device
  readonly agent: PolicyParameters
  readonly reward: Pick<LearntReward, 'layout' | 'parameters'>
  readonly recipe: PreferenceRecipe
  readonly key: Key
  readonly start: StartKind
  readonly asked?: Pick<Asked, 'stop'> | undefined
}

export interface PreferenceResult {
  readonly parameters: Float32Array
  readonly step: number
  /** Clips that were imitated. */
  readonly kept: number
  /** Lowest reward among them. */
  readonly threshold: number
}

/**
 * Preference fine-tuning: the agent plays, the reward model scores, and the agent imitates the best
 * share of its own play (one round of ReST, Gulcehre et al. 2023, arXiv 2308.08998). It takes
 * seconds, so there are no checkpoints: a stopped job begins anew.
 */
export async function* runPreference(
  job: PreferenceJob,
): AsyncGenerator<ImitationReport, PreferenceResult> {
  const { device, agent, recipe, key } = job
  const { clips, threshold } = await bestClips(job)
  const batch = packClips(clips, EPISODE_DECISIONS)
  const training = trainImitation({
    device,
    layout: agent.layout,
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
    from: freshSnapshot(agent.parameters),
    asked: job.asked,
  })
  for (;;) {
    const next = await training.next()
    if (next.done === true) {
      const { theta, step } = next.value
      return { parameters: theta, step, kept: clips.length, threshold }
    }
    yield next.value
  }
}

/** The best-rewarded share of fresh episodes, as clips. */
async function bestClips(job: PreferenceJob): Promise<{ clips: SeenClip[]; threshold: number }> {
  const { device, agent, reward, recipe, start } = job
  const key = splitKey(job.key, 'pool')
  const beginnings = beginningsOf(key, start, recipe.pool)
  const episodes = await playPolicy(device, agent, beginnings, splitKey(key, 'act'), true)
  const clips = episodes.map(({ trajectory, frames }) => ({ actions: trajectory.actions, frames }))
  const model = await RewardModel.create(device, reward.layout, reward.parameters)
  const rewards = await model.rewards(clips)
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
