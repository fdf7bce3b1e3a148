import { type Ending, HOME_ENDINGS } from '../island/index.ts'
import { type Interval, wilsonInterval } from './wilson.ts'

export type OutcomeCounts = Readonly<Record<Ending, number>>

export interface OutcomeTable {
  readonly episodes: number
  /** Number of episodes with each ending, `none` (cut off after 100 decisions) among them. */
  readonly outcomes: OutcomeCounts
  /** Wilson 95 % interval of each share. */
  readonly intervals: Readonly<Record<Ending, Interval>>
  /** Mean number of decisions per episode, truncated ones included; 0 without episodes. */
  readonly meanDecisions: number
}

/**
 * Counts how episodes ended. `endings` are those of the island, of which some may not occur. Throws a
 * RangeError for an episode with another ending.
 */
export function outcomeTable(
  episodes: Iterable<{ readonly ending: Ending; readonly actions: { readonly length: number } }>,
  endings: readonly Ending[] = HOME_ENDINGS,
): OutcomeTable {
  const counts = new Map(endings.map((ending) => [ending, 0]))
  let count = 0
  let decisions = 0
  for (const { ending, actions } of episodes) {
    const before = counts.get(ending)
    if (before === undefined) {
      throw new RangeError(`Found the ending "${ending}", expected one of ${endings.join(', ')}`)
    }
    counts.set(ending, before + 1)
    count++
    decisions += actions.length
  }
  const intervals = [...counts].map(([ending, ended]) => [ending, wilsonInterval(ended, count)])
  return {
    episodes: count,
    outcomes: Object.fromEntries(counts),
    intervals: Object.fromEntries(intervals),
    meanDecisions: count === 0 ? 0 : decisions / count,
  }
}

type Counted = Pick<OutcomeTable, 'episodes' | 'outcomes'>

/** Returns the number of episodes that ended in this way. */
export function endedCount({ outcomes }: Pick<Counted, 'outcomes'>, ending: Ending): number {
  return outcomes[ending] ?? 0
}

/** Returns the share of episodes that ended in this way, 0…1; 0 without episodes. */
export function endedShare(table: Counted, ending: Ending): number {
  return endedCount(table, ending) / Math.max(1, table.episodes)
}

/** Returns the Wilson 95 % interval of that share. */
export function endedInterval(table: Counted, ending: Ending): Interval {
  return wilsonInterval(endedCount(table, ending), table.episodes)
}
