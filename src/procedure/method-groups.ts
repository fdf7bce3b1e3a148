/** Comparison of the methods that learn from labels, grouped over training seeds. */
import { endedCount, endedShare } from '../evaluation/outcomes.ts'
import { quantile } from '../evaluation/quantile.ts'
import { type Interval, wilsonInterval } from '../evaluation/wilson.ts'
import type { MethodResult, Results } from './results.ts'

/** Methods in their display order, each named by all that it trains. */
export const METHOD_NAMES = {
  align: 'Reward model and reinforcement learning',
  'best-of-play': 'Reward model and best-of-play imitation',
  contrastive: 'Contrastive learning',
} as const

export type MethodName = keyof typeof METHOD_NAMES

/** Results of one method that learnt from as many answers towards the same jumppad, one per seed. */
export interface MethodGroup {
  readonly method: MethodName
  readonly wanted: MethodResult['wanted']
  /** Number of answers that preferred one clip. */
  readonly decisive: number
  /** Shares of episodes that reached the wanted jumppad, 0…1, one per seed. */
  readonly shares: readonly number[]
  /** Mean of `shares`. */
  readonly share: number
  /** Wilson 95 % interval over the episodes of all seeds; it does not cover what seeds differ by. */
  readonly interval: Interval
  /** Share of episodes that reached no jumppad, mean over seeds. */
  readonly none: number
  /** KL divergence from the starting policy, nats per episode, mean over seeds. */
  readonly kl: number
  /** Duration of the training, the median over seeds: a machine that does something else takes longer. */
  readonly seconds: number
  /** Number of answered pairs, ties included, mean over seeds. */
  readonly asked: number
  /** Number of fresh episodes per seed. */
  readonly episodes: number
}

/**
 * Returns a group for each method, jumppad and number of answers that was measured, in that order: of random
 * pairs, or of telling ones.
 */
export function methodGroups(
  { methods: measured = [] }: Pick<Results, 'methods'>,
  pairs?: 'telling',
): MethodGroup[] {
  const methods = measured.filter((run) => run.pairs === pairs)
  const counts = [...new Set(methods.map(({ decisive }) => decisive))].toSorted((a, b) => a - b)
  return METHODS_IN_ORDER.flatMap((method) =>
    (['left', 'right', 'middle'] as const).flatMap((wanted) =>
      counts.flatMap((decisive) => {
        const runs = methods.filter(
          (run) => run.method === method && run.wanted === wanted && run.decisive === decisive,
        )
        return runs.length === 0 ? [] : [groupOf({ method, wanted, decisive }, runs)]
      }),
    ),
  )
}

// The keys of an object with the type of its keys.
const METHODS_IN_ORDER = Object.keys(METHOD_NAMES) as MethodName[]

function groupOf(
  name: Pick<MethodGroup, 'method' | 'wanted' | 'decisive'>,
  runs: readonly MethodResult[],
): MethodGroup {
  const shares = runs.map(({ table }) => endedShare(table, name.wanted))
  const mean = (of: (run: MethodResult) => number) =>
    runs.reduce((sum, run) => sum + of(run), 0) / runs.length
  const episodes = mean(({ table }) => table.episodes)
  const reached = runs.reduce((sum, { table }) => sum + endedCount(table, name.wanted), 0)
  return {
    ...name,
    shares,
    share: mean(({ table }) => endedShare(table, name.wanted)),
    interval: wilsonInterval(reached, episodes * runs.length),
    none: mean(({ table }) => endedShare(table, 'none')),
    kl: mean(({ kl }) => kl),
    seconds: quantile(
      runs.map((run) => run.trainingSeconds).toSorted((a, b) => a - b),
      0.5,
    ),
    asked: mean(({ asked }) => asked),
    episodes,
  }
}
