import { encodeModel } from '../graph/index.ts'
import { keySeed, Renderer, splitKey } from '../island/index.ts'
import { HEAD_WIDTHS, stepGraph, weightsFromVector } from '../network/index.ts'
import { type Feeds, float32, scalar } from '../runtime/index.ts'
import { generalisedAdvantages, leaveOneOut } from './advantages.ts'
import { RewardModel, type ScoredClips } from './clip-scorer.ts'
import type { ClipBatch } from './clips.ts'
import { divergence } from './divergence.ts'
import { imitationFeeds } from './imitation.ts'
import { freshSnapshot, Learner } from './learner.ts'
import { ADAM } from './optimiser-fields.ts'
import { permutation } from './order.ts'
import { PolicyRunner } from './policy-runner.ts'
import { ReferencePolicy } from './reference-policy.ts'
import { reinforcementGradientGraph } from './reinforcement-graph.ts'
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

function episodesOf({ episodesPerUpdate, groupSize }: ReinforcementRecipe): number {
  return Math.ceil(episodesPerUpdate / groupSize) * groupSize
}

/** Steps of the optimiser in an update: no more in a round than there are batches. */
export function stepsPerUpdate(recipe: ReinforcementRecipe): number {
  const batches = Math.ceil(episodesOf(recipe) / recipe.clipsPerBatch)
  return recipe.epochs * Math.min(recipe.minibatches, batches)
}

/** Groups of episodes that begin alike, fresh beginnings at every update. */
function beginnings({ recipe, key, start }: ReinforcementOptions, update: number): Beginning[] {
  return Array.from({ length: episodesOf(recipe) }, (_, index) => {
    const group = Math.floor(index / recipe.groupSize)
    return { start, seed: keySeed(splitKey(key, 'update', update, 'group', group)) }
  })
}

/** The update's episodes, played with the parameters as they are. */
export function play(
  options: ReinforcementOptions,
  parts: Parts,
  update: number,
): Promise<RolledOut[]> {
  const { learner, runner, renderer } = parts
  runner.theta = learner.theta
  return playAll({
    runner,
    renderer,
    beginnings: beginnings(options, update),
    temperature: 1,
    key: splitKey(options.key, 'update', update, 'act'),
    keepFrames: true,
  })
}

/** Episodes of like length as one batch, with what the reference would have done in them. */
interface Group {
  readonly indices: readonly number[]
  readonly lengthIndex: number
  readonly batch: ClipBatch
  readonly referenceLogits: Float32Array
}

/** Puts the update's episodes into batches. */
export async function prepare(
  { recipe }: ReinforcementOptions,
  { reference }: Parts,
  episodes: readonly RolledOut[],
): Promise<Group[]> {
  const clips = seen(episodes)
  const groups: Group[] = []
  for (const { indices, lengthIndex } of groupByLength(clips, recipe.clipsPerBatch)) {
    const chosen = indices.flatMap((index) => clips[index] ?? [])
    const batch = packClips(chosen, CLIP_LENGTHS[lengthIndex] ?? 0, recipe.clipsPerBatch)
    const referenceLogits = await reference.logits(batch, lengthIndex)
    groups.push({ indices, lengthIndex, batch, referenceLogits })
  }
  return groups
}

/** What changing the parameters came to. */
export interface Improvement {
  /** Global norm of the gradient per decision before clipping, the mean over the steps. */
  readonly gradientNorm: number
  /** Σ log π(a) of the first batch by the gradient graph less that by which it was sampled, nats. */
  readonly mismatch: number
}

/** Several rounds of steps over the update's episodes, all with the advantages of its beginning. */
export async function improve(
  { recipe, key }: ReinforcementOptions,
  { learner }: Parts,
  groups: readonly Group[],
  episodes: readonly RolledOut[],
  advantages: readonly Float32Array[],
  update: number,
  rate: number,
): Promise<Improvement> {
  const feeds = groups.map((group) => feedsOf(recipe, group, episodes, advantages))
  const norms: number[] = []
  let mismatch: number | undefined
  for (let epoch = 0; epoch < recipe.epochs; epoch++) {
    const order = permutation(splitKey(key, 'update', update, 'epoch', epoch), groups.length)
    for (const part of parts(order, stepsPerUpdate(recipe) / recipe.epochs)) {
      let decisions = 0
      for (const index of part) {
        const group = groups[index]
        if (group === undefined) continue
        const [sum = Number.NaN] = await learner.accumulate(feeds[index] ?? {}, group.lengthIndex)
        mismatch ??= sum - playedLogProbability(group, episodes)
        decisions += group.batch.decisions.reduce((a, b) => a + b, 0)
      }
      norms.push(await learner.apply(rate, 1 / decisions))
    }
  }
  return {
    gradientNorm: norms.reduce((sum, norm) => sum + norm, 0) / norms.length,
    mismatch: mismatch ?? Number.NaN,
  }
}

/** Cuts a list into so many parts of about equal length. */
function parts(order: Uint32Array, count: number): Uint32Array[] {
  const cut = (part: number): number => Math.round((part * order.length) / count)
  return Array.from({ length: count }, (_, part) => order.subarray(cut(part), cut(part + 1)))
}

function feedsOf(
  recipe: ReinforcementRecipe,
  { batch, indices, referenceLogits }: Group,
  episodes: readonly RolledOut[],
  advantages: readonly Float32Array[],
): Feeds {
  const rows = batch.clips * batch.length
  const spread = (of: (index: number) => Float32Array | undefined) =>
    float32([rows], spreadOverRows(batch, indices, of))
  return {
    ...imitationFeeds(batch),
    advantages: spread((index) => advantages[index]),
    playedLogProbabilities: spread((index) => episodes[index]?.trajectory.logProbabilities),
    referenceLogits: float32([rows, HEAD_WIDTHS.policy], referenceLogits),
    klWeight: scalar(recipe.klWeight),
    clip: scalar(recipe.clip),
  }
}

function playedLogProbability({ indices }: Group, episodes: readonly RolledOut[]): number {
  return indices.reduce(
    (sum, index) =>
      sum + (episodes[index]?.trajectory.logProbabilities.reduce((a, b) => a + b, 0) ?? 0),
    0,
  )
}

/**
 * The advantage of every decision: by the learnt baseline, or, where that is not wanted or has not
 * learnt yet, of the whole episode against those that began alike.
 */
export function advantagesOf(
  { baseline, lambda, groupSize }: ReinforcementRecipe,
  values: ValueBaseline,
  { rewards, steps }: ScoredClips,
): Float32Array[] {
  if (baseline === 'learnt' && values.ready) {
    return steps.map((features, index) =>
      generalisedAdvantages(values.values(features), rewards[index] ?? Number.NaN, lambda),
    )
  }
  const decisions = (index: number): number => (steps[index]?.length ?? 0) / values.width
  return Array.from(leaveOneOut(rewards, groupSize), (advantage, index) =>
    new Float32Array(decisions(index)).fill(advantage),
  )
}

/** A number for each of a batch's rows, 0 for padding. */
function spreadOverRows(
  batch: ClipBatch,
  indices: readonly number[],
  of: (index: number) => Float32Array | undefined,
): Float32Array {
  const rows = new Float32Array(batch.clips * batch.length)
  for (const [clip, index] of indices.entries()) {
    const own = of(index)
    if (own === undefined) throw new Error(`There is nothing known of clip ${index}`)
    rows.set(own, clip * batch.length)
  }
  return rows
}

/** What is reported of an update: of the policy that played its episodes. */
export function means(
  { preferred }: ReinforcementOptions,
  episodes: readonly RolledOut[],
  { rewards }: ScoredClips,
  groups: readonly Group[],
): Omit<ReinforcementPoint, 'update'> {
  const count = episodes.length
  const reached = episodes.filter(({ trajectory }) => preferred(trajectory)).length
  const decisions = episodes.reduce((sum, { trajectory }) => sum + trajectory.actions.length, 0)
  const sums = { kl: 0, entropy: 0 }
  for (const { indices, batch, referenceLogits } of groups) {
    for (const [clip, index] of indices.entries()) {
      const logits = episodes[index]?.logits ?? new Float32Array(0)
      const first = clip * batch.length * HEAD_WIDTHS.policy
      const other = referenceLogits.subarray(first, first + logits.length)
      const { kl, entropy } = divergence(logits, other)
      sums.kl += kl
      sums.entropy += entropy
    }
  }
  return {
    reward: rewards.reduce((sum, reward) => sum + reward, 0) / count,
    preference: reached / count,
    kl: sums.kl / count,
    entropy: sums.entropy / decisions,
    length: decisions / count,
  }
}

/** What reward model and gradient look at. */
export function seen(episodes: readonly RolledOut[]) {
  return episodes.map(({ trajectory, frames }) => ({ actions: trajectory.actions, frames }))
}
