/** Data of the reward charts, computed from episodes. */

import {
  commonEdges,
  finalReward,
  meanRewardByEnding,
  type RewardedEpisode,
  rewardOverTime,
  rewardsByEnding,
} from '../../evaluation/reward-statistics.ts'
import type { Ending } from '../../island/index.ts'
import { HOME_ENDINGS } from '../../island/index.ts'
import type { EvaluatedEpisode } from '../../lab/evaluation/protocol.ts'
import { endingName } from '../sentences.ts'
import type { Compared } from './compared.ts'

/** Minimum number of episodes for a mean, unless the policy has fewer in all. */
const FEWEST = 5

const BINS = 24

/** Statistics after one decision, by the policy's letter: mean, ±1 standard deviation, episode count. */
export interface TimeRow {
  readonly decision: number
  readonly mean: Readonly<Record<string, number>>
  readonly band: Readonly<Record<string, [low: number, high: number]>>
  readonly episodes: Readonly<Record<string, number>>
}

/** Returns a row for each decision that enough episodes of some policy reached. */
export function timeRows(compared: readonly Compared[], reward: number): TimeRow[] {
  const moments = compared.map(({ run }) =>
    rewardOverTime(run.episodes.flatMap(({ rewards }) => rewards[reward] ?? [])).filter(
      ({ episodes }) => episodes >= Math.min(FEWEST, run.episodes.length),
    ),
  )
  const longest = moments.reduce((most, { length }) => Math.max(most, length), 0)
  return Array.from({ length: longest }, (_, index) => {
    const here = compared.flatMap(({ letter }, place) => {
      const moment = moments[place]?.[index]
      return moment ? [[letter, moment] as const] : []
    })
    return {
      decision: index + 1,
      mean: Object.fromEntries(here.map(([letter, { mean }]) => [letter, mean])),
      band: Object.fromEntries(
        here.map(([letter, { mean, deviation }]) => [letter, [mean - deviation, mean + deviation]]),
      ),
      episodes: Object.fromEntries(here.map(([letter, { episodes }]) => [letter, episodes])),
    }
  })
}

function rewarded(episodes: readonly EvaluatedEpisode[], reward: number): RewardedEpisode[] {
  return episodes.flatMap(({ ending, rewards }) => {
    const running = rewards[reward]
    return running && running.length > 0 ? { ending, reward: finalReward(running) } : []
  })
}

/** A bin of the histogram, with its number of episodes by ending. */
export interface BinRow {
  readonly centre: number
  readonly from: number
  readonly to: number
  /** Number of episodes with each ending. */
  readonly counts: Readonly<Record<Ending, number>>
}

export interface RewardPanel {
  readonly compared: Compared
  readonly rows: readonly BinRow[]
  /** Text alternative for screen readers. */
  readonly summary: string
}

/** Returns a histogram per policy, all with the same bins; none if no episode has a reward. */
export function rewardPanels(
  compared: readonly Compared[],
  reward: number,
  endings: readonly Ending[] = HOME_ENDINGS,
): RewardPanel[] {
  const all = compared.map(({ run }) => rewarded(run.episodes, reward))
  const edges = commonEdges(
    all.flat().map((each) => each.reward),
    BINS,
  )
  if (!edges) return []
  return compared.map((each, place) => {
    const episodes = all[place] ?? []
    const byEnding = rewardsByEnding(episodes, edges, endings)
    const rows = edges.slice(0, -1).map((from, bin): BinRow => {
      const to = edges[bin + 1] ?? from
      return {
        centre: (from + to) / 2,
        from,
        to,
        counts: Object.fromEntries(
          Object.entries(byEnding).map(([ending, counts]) => [ending, counts[bin] ?? 0]),
        ),
      }
    })
    return { compared: each, rows, summary: summaryOf(each, episodes, endings) }
  })
}

function summaryOf(
  { run }: Compared,
  episodes: readonly RewardedEpisode[],
  endings: readonly Ending[],
): string {
  const means = meanRewardByEnding(episodes, endings)
  const parts = endings.flatMap((ending) => {
    const { mean, interval } = means[ending] ?? {}
    if (mean === undefined) return []
    const range = interval ? ` (${interval.low.toFixed(2)} to ${interval.high.toFixed(2)})` : ''
    return `${endingName(ending)} ${mean.toFixed(2)}${range}`
  })
  return `Mean reward of ${run.title} by ending: ${parts.join(', ')}`
}
