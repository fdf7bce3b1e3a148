/** Statistics of the rewards that a reward model gives to episodes, over time and as a whole. */
import { spreadOf } from '../alignment/reward-scores.ts'
import { type Ending, HOME_ENDINGS } from '../island/index.ts'
import { histogram } from './histogram.ts'
import { type MeanWithInterval, meanInterval } from './mean-interval.ts'

/** Running reward after a number of decisions, over the episodes that lasted that long. */
export interface RewardMoment {
  /** Number of the decision, counted from 1. */
  readonly decision: number
  readonly mean: number
  /** Population standard deviation across episodes. */
  readonly deviation: number
  /** Number of episodes that lasted this long. */
  readonly episodes: number
}

/** Averages running rewards, one list per episode, decision by decision. */
export function rewardOverTime(lists: readonly ArrayLike<number>[]): RewardMoment[] {
  const longest = lists.reduce((most, list) => Math.max(most, list.length), 0)
  return Array.from({ length: longest }, (_, index) => {
    const values = lists.flatMap((list) => list[index] ?? [])
    return { decision: index + 1, ...spreadOf(values), episodes: values.length }
  })
}

/** Returns the reward of a whole episode: the running reward at its last decision, NaN if empty. */
export function finalReward(rewards: ArrayLike<number>): number {
  return rewards[rewards.length - 1] ?? Number.NaN
}

export interface RewardedEpisode {
  readonly ending: Ending
  /** Reward of the whole episode. */
  readonly reward: number
}

/** Returns the edges of `bins` equally wide bins that span all values; undefined without values. */
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

/** Counts the episodes of each ending whose reward lies in each bin. */
export function rewardsByEnding(
  episodes: readonly RewardedEpisode[],
  edges: readonly number[],
  endings: readonly Ending[] = HOME_ENDINGS,
): Record<Ending, number[]> {
  const of = (ending: Ending) =>
    histogram(
      episodes.flatMap((episode) => (episode.ending === ending ? episode.reward : [])),
      edges,
    )
  return Object.fromEntries(endings.map((ending) => [ending, of(ending)]))
}

/** Returns the mean reward of whole episodes by ending; undefined for endings that do not occur. */
export function meanRewardByEnding(
  episodes: readonly RewardedEpisode[],
  endings: readonly Ending[] = HOME_ENDINGS,
): Record<Ending, MeanWithInterval | undefined> {
  const of = (ending: Ending) =>
    meanInterval(episodes.flatMap((each) => (each.ending === ending ? each.reward : [])))
  return Object.fromEntries(endings.map((ending) => [ending, of(ending)]))
}
