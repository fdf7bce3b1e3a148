/** Results on islands, arranged as the cells of a table of islands and agents. */
import { endedCount, endedInterval, endedShare } from '../evaluation/outcomes.ts'
import { type Interval, wilsonInterval } from '../evaluation/wilson.ts'
import type { Ending, Outcome } from '../island/index.ts'
import { modelStage } from './model-stages.ts'
import type { IslandsResult } from './results.ts'

type Policy = IslandsResult['policies'][number]

/** What the episodes of one agent on one island came to, or the answers of one reward model. */
export interface IslandCell {
  readonly stage: string
  readonly island: string
  /** Jumppad that the agent was aligned to; undefined for an agent that prefers none. */
  readonly wanted: Outcome | undefined
  /** Whether the island has that jumppad, or any jumppad for an agent that prefers none. */
  readonly exists: boolean
  /** Share of episodes that reached it or, for an agent that prefers none, any jumppad, 0…1. */
  readonly share: number
  /** Wilson 95 % interval of the share. */
  readonly interval: Interval
  /** Most frequent ending other than the wanted jumppad, with its share. */
  readonly otherwise: { readonly ending: Ending; readonly share: number } | undefined
}

export function islandCell({ stage, island, table }: Policy): IslandCell {
  const { wanted } = modelStage(stage)
  const [otherwise] = Object.keys(table.outcomes)
    .filter((ending) => ending !== wanted)
    .map((ending) => ({ ending, share: endedShare(table, ending) }))
    .toSorted((a, b) => b.share - a.share)
  if (wanted !== undefined) {
    const exists = table.outcomes[wanted] !== undefined
    const interval = endedInterval(table, wanted)
    return { stage, island, wanted, exists, share: endedShare(table, wanted), interval, otherwise }
  }
  const { low, high } = endedInterval(table, 'none')
  return {
    ...{ stage, island, wanted, exists: true, otherwise },
    share: 1 - endedCount(table, 'none') / Math.max(1, table.episodes),
    interval: { low: 1 - high, high: 1 - low },
  }
}

/** Returns how often a reward model is right on the decisive pairs of an island, as a cell of such a table. */
export function rewardCell({ island, wanted, test }: IslandsResult['rewards'][number]): IslandCell {
  const { accuracy, comparisons } = test ?? { accuracy: 0, comparisons: 0 }
  return {
    ...{ stage: `reward-${wanted}`, island, wanted, exists: test !== undefined },
    ...{ share: accuracy, otherwise: undefined },
    interval: wilsonInterval(accuracy * comparisons, comparisons),
  }
}
