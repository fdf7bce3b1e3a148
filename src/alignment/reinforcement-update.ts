import { encodeModel } from '../graph/index.ts'
import { keySeed, Renderer, splitKey } from '../island/index.ts'
import { HEAD_WIDTHS, stepGraph, weightsFromVector } from '../network/index.ts'
import { float32, scalar } from '../runtime/index.ts'
import { generalisedAdvantages, leaveOneOut } from './advantages.ts'
import { RewardModel, type ScoredClips } from './clip-scorer.ts'
import type { ClipBatch } from './clips.ts'
import { imitationFeeds } from './imitation.ts'
import { freshSnapshot, Learner } from './learner.ts'
import { ADAM } from './optimiser-fields.ts'
import { PolicyRunner } from './policy-runner.ts'
import { ReferencePolicy } from './reference-policy.ts'
import { REINFORCEMENT_METRICS, reinforcementGradientGraph } from './reinforcement-graph.ts'
import type { ReinforcementRecipe } from './reinforcement-recipe.ts'
import type { ReinforcementOptions, ReinforcementPoint } from './reinforcement-types.ts'
import { type Beginning, playAll, type RolledOut } from './rollout.ts'
import { CLIP_LENGTHS, groupByLength, packClips } from './seen-clips.ts'
import { ValueBaseline } from './value-baseline.ts'

/** Islands played in lockstep. */
const ISLANDS = 64

/** What an update works with. */
export interface Parts {
  readonly learner: Learner
  readonly runner: PolicyRunner
  readonly reference: ReferencePolicy
  readonly reward: RewardModel
  readonly renderer: Renderer
  readonly values: ValueBaseline
  release(): Promise<void>
}

export async function createParts(options: ReinforcementOptions): Promise<Parts> {
  const { device, layout, recipe, reward } = options
  const clips = recipe.clipsPerBatch
  const learner = await Learner.create(
    device,
    layout,
    CLIP_LENGTHS.map((length) =>
      encodeModel(reinforcementGradientGraph(layout, { clips, length })),
    ),
    { ...ADAM, ...recipe },
    options.from ?? freshSnapshot(options.reference),
  )
  const step = stepGraph(layout.size, (builder) =>
    weightsFromVector(builder, layout, builder.input('theta', 'float32', [layout.count])),
  )
  const islands = Math.min(ISLANDS, recipe.episodesPerUpdate)
  const runner = await PolicyRunner.create(device, encodeModel(step), layout.size, islands)
  const reference = await ReferencePolicy.create(device, layout, options.reference, clips)
  const rewardModel = await RewardModel.create(device, reward.layout, reward.parameters)
  return {
    learner,
    runner,
    reference,
    reward: rewardModel,
    renderer: new Renderer(),
    values: new ValueBaseline(layout.size.width, options.values),
    async release() {
      await rewardModel.release()
      await reference.release()
      await runner.release()
      await learner.release()
    },
  }
}

/** Groups of episodes that begin alike, fresh beginnings at every update. */
function beginnings({ recipe, key, start }: ReinforcementOptions, step: number): Beginning[] {
  const { episodesPerUpdate, groupSize } = recipe
  const groups = Math.ceil(episodesPerUpdate / groupSize)
  return Array.from({ length: groups * groupSize }, (_, index) => {
    const group = Math.floor(index / groupSize)
    return { start, seed: keySeed(splitKey(key, 'update', step, 'group', group)) }
  })
}

/** The update's episodes, played with the parameters as they are. */
export function play(options: ReinforcementOptions, parts: Parts): Promise<RolledOut[]> {
  const { learner, runner, renderer } = parts
  runner.theta = learner.theta
  return playAll({
    runner,
    renderer,
    beginnings: beginnings(options, learner.step),
    temperature: 1,
    key: splitKey(options.key, 'update', learner.step, 'act'),
    keepFrames: true,
  })
}

/** Sums over an update's decisions, nats. */
export interface Sums {
  readonly decisions: number
  readonly logProbability: number
  readonly kl: number
  readonly entropy: number
}

/** Adds up the gradient over all episodes, and lets the baseline learn from them afterwards. */
export async function accumulate(
  { recipe }: ReinforcementOptions,
  { learner, reference, values }: Parts,
  episodes: readonly RolledOut[],
  scored: ScoredClips,
): Promise<Sums> {
  const advantages = advantagesOf(recipe, values, scored)
  const clips = seen(episodes)
  const sums = new Float64Array(REINFORCEMENT_METRICS)
  for (const { indices, lengthIndex } of groupByLength(clips, recipe.clipsPerBatch)) {
    const chosen = indices.flatMap((index) => clips[index] ?? [])
    const batch = packClips(chosen, CLIP_LENGTHS[lengthIndex] ?? 0, recipe.clipsPerBatch)
    const logits = await reference.logits(batch, lengthIndex)
    const rows = batch.clips * batch.length
    const metrics = await learner.accumulate(
      {
        ...imitationFeeds(batch),
        advantages: float32([rows], spreadOverRows(batch, indices, advantages)),
        referenceLogits: float32([rows, HEAD_WIDTHS.policy], logits),
        klWeight: scalar(recipe.klWeight),
      },
      lengthIndex,
    )
    for (const [index, value] of metrics.entries()) sums[index] = (sums[index] ?? 0) + value
  }
  const [logProbability = Number.NaN, kl = Number.NaN, entropy = Number.NaN] = sums
  values.learn(
    scored.steps.map((features, index) => ({
      features,
      reward: scored.rewards[index] ?? Number.NaN,
    })),
  )
  const decisions = clips.reduce((sum, { actions }) => sum + actions.length, 0)
  return { decisions, logProbability, kl, entropy }
}

/**
 * The advantage of every decision: by the learnt baseline, or, where that is not wanted or has not
 * learnt yet, of the whole episode against those that began alike.
 */
function advantagesOf(
  { baseline, lambda, groupSize }: ReinforcementRecipe,
  values: ValueBaseline,
  { rewards, steps }: ScoredClips,
): Float32Array[] {
  const width = (index: number): number => steps[index]?.length ?? 0
  if (baseline === 'learnt' && values.ready) {
    return steps.map((features, index) =>
      generalisedAdvantages(values.values(features), rewards[index] ?? Number.NaN, lambda),
    )
  }
  const decisions = (index: number): number => width(index) / values.width
  return Array.from(leaveOneOut(rewards, groupSize), (advantage, index) =>
    new Float32Array(decisions(index)).fill(advantage),
  )
}

/** The advantages of a batch's rows, 0 for padding. */
function spreadOverRows(
  batch: ClipBatch,
  indices: readonly number[],
  advantages: readonly Float32Array[],
): Float32Array {
  const rows = new Float32Array(batch.clips * batch.length)
  for (const [clip, index] of indices.entries()) {
    const own = advantages[index]
    if (own === undefined) throw new Error(`Clip ${index} has no advantages`)
    rows.set(own, clip * batch.length)
  }
  return rows
}

/** What is reported of an update. */
export function means(
  { preferred }: ReinforcementOptions,
  episodes: readonly RolledOut[],
  { rewards }: ScoredClips,
  sums: Sums,
): Omit<ReinforcementPoint, 'update'> {
  const count = episodes.length
  const reached = episodes.filter(({ trajectory }) => preferred(trajectory)).length
  return {
    reward: rewards.reduce((sum, reward) => sum + reward, 0) / count,
    preference: reached / count,
    kl: sums.kl / count,
    entropy: sums.entropy / sums.decisions,
    length: sums.decisions / count,
  }
}

/** What reward model and gradient look at. */
export function seen(episodes: readonly RolledOut[]) {
  return episodes.map(({ trajectory, frames }) => ({ actions: trajectory.actions, frames }))
}
