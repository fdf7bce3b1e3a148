import type { Ending } from '../island/index.ts'
import { type Interval, wilsonInterval } from './wilson.ts'

/**
 * All endings of an episode, `none` (cut off after 100 decisions) first, as in the paper's bars.
 */
export const ENDINGS = ['none', 'left', 'middle', 'right'] as const satisfies readonly Ending[]

export type OutcomeCounts = Record<Ending, number>

export interface OutcomeTable {
  readonly episodes: number
  readonly outcomes: OutcomeCounts
  /** Wilson 95 % interval of each share. */
  readonly intervals: Record<Ending, Interval>
  /** Mean number of decisions per episode, truncated ones included; 0 without episodes. */
  readonly meanDecisions: number
}

/** Counts how episodes ended. */
export function outcomeTable(
  episodes: Iterable<{ readonly ending: Ending; readonly actions: { readonly length: number } }>,
): OutcomeTable {
  const outcomes: OutcomeCounts = { none: 0, left: 0, middle: 0, right: 0 }
  let count = 0
  let decisions = 0
  for (const episode of episodes) {
    outcomes[episode.ending]++
    count++
    decisions += episode.actions.length
  }
  const interval = (ending: Ending): Interval => wilsonInterval(outcomes[ending], count)
  return {
    episodes: count,
    outcomes,
    intervals: {
      none: interval('none'),
      left: interval('left'),
      middle: interval('middle'),
      right: interval('right'),
    },
    meanDecisions: count === 0 ? 0 : decisions / count,
  }
}
