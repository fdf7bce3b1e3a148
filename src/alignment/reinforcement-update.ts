import { splitKey } from '../island/index.ts'
import { HEAD_WIDTHS } from '../network/index.ts'
import { type Feeds, float32, scalar } from '../runtime/index.ts'
import { generalisedAdvantages, leaveOneOut } from './advantages.ts'
import type { ScoredClips } from './clip-scorer.ts'
import type { ClipBatch } from './clips.ts'
import { imitationFeeds } from './imitation.ts'
import { permutation } from './order.ts'
import { episodesOf, type Group } from './reinforcement-episodes.ts'
import type { Parts } from './reinforcement-parts.ts'
import type { ReinforcementRecipe } from './reinforcement-recipe.ts'
import type { ReinforcementOptions } from './reinforcement-types.ts'
import type { Rollout } from './rollout.ts'
import type { ValueBaseline } from './value-baseline.ts'

/** Returns the number of optimiser steps per update: at most one per batch in each epoch. */
export function stepsPerUpdate(recipe: ReinforcementRecipe): number {
  const batches = Math.ceil(episodesOf(recipe) / recipe.clipsPerBatch)
  return recipe.epochs * Math.min(recipe.minibatches, batches)
}

/** Statistics of an update's optimiser steps. */
export interface Improvement {
  /** Global norm of the gradient per decision before clipping, averaged over the optimiser steps. */
  readonly gradientNorm: number
  /** Σ log π(a) over the first batch in the gradient graph minus its value at sampling, nats. */
  readonly mismatch: number
}

/** Takes optimiser steps in several epochs over the update's episodes, with advantages fixed beforehand. */
export async function improve(
  { recipe, key }: ReinforcementOptions,
  { learner }: Parts,
  groups: readonly Group[],
  episodes: readonly Rollout[],
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

/** Splits `order` into `count` parts of about equal length. */
function parts(order: Uint32Array, count: number): Uint32Array[] {
  const cut = (part: number): number => Math.round((part * order.length) / count)
  return Array.from({ length: count }, (_, part) => order.subarray(cut(part), cut(part + 1)))
}

function feedsOf(
  recipe: ReinforcementRecipe,
  { batch, indices, referenceLogits }: Group,
  episodes: readonly Rollout[],
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

function playedLogProbability({ indices }: Group, episodes: readonly Rollout[]): number {
  return indices.reduce(
    (sum, index) =>
      sum + (episodes[index]?.trajectory.logProbabilities.reduce((a, b) => a + b, 0) ?? 0),
    0,
  )
}

/**
 * Returns the advantages of every episode's decisions: from the learnt baseline, or, if the recipe does
 * not select it or it has not learnt yet, the leave-one-out advantage of the episode in its group.
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

/**
 * Returns one number per row of a batch, taken from `of(index)` for each clip and 0 for padding. Throws if
 * `of` returns undefined.
 */
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
