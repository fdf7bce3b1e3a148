/** What a reward model thought of episodes while they went on, and of each as a whole. */
import type { Ending } from '../island/index.ts'
import { histogram } from './histogram.ts'
import { ENDINGS } from './outcomes.ts'

/** The running reward after a number of decisions, of the episodes that had not ended before. */
export interface RewardMoment {
  /** 1 for the first decision. */
  readonly decision: number
  readonly mean: number
  /** Standard deviation between episodes. */
  readonly deviation: number
  /** Episodes that got this far. */
  readonly episodes: number
}

/** Running rewards, a list an episode, averaged decision by decision. */
export function rewardOverTime(lists: readonly ArrayLike<number>[]): RewardMoment[] {
  const longest = lists.reduce((most, list) => Math.max(most, list.length), 0)
  return Array.from({ length: longest }, (_, index) => {
    const values = lists.flatMap((list) => list[index] ?? [])
    return { decision: index + 1, ...spread(values), episodes: values.length }
  })
}

/** Mean and standard deviation (of the values themselves, not of a sample) in two passes. */
function spread(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / values.length) }
}

/** The reward of a whole episode: the running reward of its last decision. */
export function finalReward(rewards: ArrayLike<number>): number {
  return rewards[rewards.length - 1] ?? Number.NaN
}

export interface Rewarded {
  readonly ending: Ending
  /** Of the whole episode. */
  readonly reward: number
}

/** Edges of `bins` equally wide bins that hold all values; undefined where there are none. */
export function commonEdges(values: Iterable<number>, bins: number): number[] | undefined {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (!(high >= low)) return undefined
  const width = (high - low || 1) / bins
  return Array.from({ length: bins + 1 }, (_, index) => low + index * width)
}

/** How many episodes of each ending have a reward in each bin. */
export function rewardsByEnding(
  episodes: readonly Rewarded[],
  edges: readonly number[],
): Record<Ending, number[]> {
  const of = (ending: Ending) =>
    histogram(
      episodes.flatMap((episode) => (episode.ending === ending ? episode.reward : [])),
      edges,
    )
  const [none, left, middle, right] = ENDINGS
  return { none: of(none), left: of(left), middle: of(middle), right: of(right) }
}

/** Mean reward of the whole episodes of each ending; undefined for endings that there are not. */
export function meanRewardByEnding(
  episodes: readonly Rewarded[],
): Record<Ending, number | undefined> {
  const of = (ending: Ending) => {
    const rewards = episodes.flatMap((each) => (each.ending === ending ? each.reward : []))
    return rewards.length === 0 ? undefined : spread(rewards).mean
  }
  return { none: of('none'), left: of('left'), middle: of('middle'), right: of('right') }
}
