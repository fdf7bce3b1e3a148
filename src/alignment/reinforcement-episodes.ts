import { type Beginning, keySeed, splitKey, trainingMap } from '../island/index.ts'
import { HEAD_WIDTHS } from '../network/index.ts'
import type { ScoredClips } from './clip-scorer.ts'
import type { ClipBatch } from './clips.ts'
import { divergence } from './divergence.ts'
import type { Parts } from './reinforcement-parts.ts'
import type { ReinforcementRecipe } from './reinforcement-recipe.ts'
import type { ReinforcementOptions, ReinforcementPoint } from './reinforcement-types.ts'
import type { Rollout } from './rollout.ts'
import { CLIP_LENGTHS, groupByLength, packClips, type SeenClip } from './seen-clips.ts'

/** Returns the number of episodes per update, rounded up to whole groups. */
export function episodesOf({ episodesPerUpdate, groupSize }: ReinforcementRecipe): number {
  return Math.ceil(episodesPerUpdate / groupSize) * groupSize
}

/** Returns the beginning of each episode: shared within a group, new for every update. */
function beginnings(options: ReinforcementOptions, update: number): Beginning[] {
  const { recipe, key, start } = options
  const groups = episodesOf(recipe) / recipe.groupSize
  return Array.from({ length: groups * recipe.groupSize }, (_, index) => {
    const group = Math.floor(index / recipe.groupSize)
    const seed = keySeed(splitKey(key, 'update', update, 'group', group))
    return { start, seed, ...islandOf(options, update * groups + group) }
  })
}

/** Returns the island of the `turn`th group of episodes, as part of a beginning. */
function islandOf(
  { recipe, islands = [] }: ReinforcementOptions,
  turn: number,
): Pick<Beginning, 'island'> {
  const island =
    recipe.islands === 'labelled'
      ? islands[turn % islands.length]
      : trainingMap(recipe.islands, turn)
  return island === undefined ? {} : { island }
}

/** Plays the update's episodes with the current parameters. */
export async function play(
  options: ReinforcementOptions,
  parts: Parts,
  update: number,
): Promise<Rollout[]> {
  const { learner, player } = parts
  return player.play(learner.theta, {
    beginnings: beginnings(options, update),
    temperature: 1,
    key: splitKey(options.key, 'update', update, 'act'),
    keep: parts.keep,
  })
}

/** Learns the baseline from episodes of the starting policy, as many as the recipe asks for. */
export async function learnFirstValues(
  options: ReinforcementOptions,
  { learner, player, reward, keep, seenByReward, values }: Parts,
): Promise<void> {
  const { recipe, start, key } = options
  if (recipe.baselineEpisodes === 0 || recipe.baseline !== 'learnt') return
  const own = splitKey(key, 'baseline')
  const beginnings = Array.from({ length: recipe.baselineEpisodes }, (_, index) => ({
    ...{ start, seed: keySeed(splitKey(own, 'episode', index)) },
    ...islandOf(options, index),
  }))
  const order = { beginnings, temperature: 1, key: splitKey(own, 'act'), keep }
  const episodes = await player.play(learner.theta, order)
  values.learn(rewarded(await reward.score(episodes.map(seenByReward))))
}

/** Returns the features of each clip with its reward. */
export function rewarded({ rewards, steps }: ScoredClips) {
  return steps.map((features, index) => ({ features, reward: rewards[index] ?? Number.NaN }))
}

/** Batch of episodes of similar length, with the reference policy's logits for it. */
export interface Group {
  readonly indices: readonly number[]
  readonly lengthIndex: number
  readonly batch: ClipBatch
  readonly referenceLogits: Float32Array
}

/** Packs the update's episodes into batches and computes their reference logits. */
export async function prepare(
  { recipe }: ReinforcementOptions,
  { reference }: Parts,
  episodes: readonly Rollout[],
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

/** Returns an update's metrics, which describe the policy that played its episodes. */
export function means(
  { preferred }: ReinforcementOptions,
  episodes: readonly Rollout[],
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

/** Returns the episodes as the policy's gradient graph reads them. */
function seen(episodes: readonly Rollout[]): SeenClip[] {
  return episodes.map(({ trajectory: { actions }, frames, stream }) =>
    stream === undefined ? { actions, frames } : { actions, frames, stream },
  )
}
