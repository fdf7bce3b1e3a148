/** Demonstrations of wishes about style, grouped over training seeds. */
import { type MeanWithInterval, meanInterval } from '../evaluation/mean-interval.ts'
import { endedShare, type OutcomeTable } from '../evaluation/outcomes.ts'
import { type StyleWish, wishName } from '../evaluation/wish.ts'
import type { Results, WishResult } from './results.ts'

/** Results with one wish and one starting agent, over seeds. */
export interface WishGroup {
  readonly wish: StyleWish
  /** Stage of the policy that it started from. */
  readonly start: string
  readonly seeds: number
  /** Number of fresh episodes per seed. */
  readonly episodes: number
  /** Share of episodes that reached any jumppad, 0…1: before, and after training by seed. */
  readonly arrived: { readonly before: number; readonly after: readonly number[] }
  /** The wish's measure over episodes that arrive: before, and after training by seed. */
  readonly style: { readonly before: number | undefined; readonly after: readonly number[] }
  /**
   * Difference, after minus before, over the beginnings from which both arrive: mean over seeds, with
   * Student's interval over seeds; undefined where no seed has one.
   */
  readonly difference: MeanWithInterval | undefined
  /** KL divergence from the starting policy, nats per episode, mean over seeds. */
  readonly kl: number
  /** Accuracy of the reward model on pairs that both arrive, 0…1, mean over seeds; undefined without any. */
  readonly accuracy: number | undefined
  /** Play from one beginning before and after, of the first seed that has it. */
  readonly example: WishResult['example']
  /** Number of pairs shown to the judge. */
  readonly comparisons: number
  /** Settings that differ from the Train page's defaults, by `part.field`. */
  readonly changes: WishResult['changes']
}

/** Returns a group for each wish and starting agent, in the order in which they first appear. */
export function wishGroups({ wishes = [] }: Pick<Results, 'wishes'>): WishGroup[] {
  const groups = new Map<string, WishResult[]>()
  for (const run of wishes) {
    const name = `${wishName(run.wish)} ${run.start}`
    groups.set(name, [...(groups.get(name) ?? []), run])
  }
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [groupOf(first, [first, ...others])],
  )
}

function groupOf(first: WishResult, runs: readonly WishResult[]): WishGroup {
  return {
    ...{ wish: first.wish, start: first.start },
    ...{ comparisons: first.comparisons, changes: first.changes },
    seeds: runs.length,
    example: runs.find(({ example }) => example !== undefined)?.example,
    episodes: first.table.after.episodes,
    arrived: {
      before: arrivedShare(first.table.before),
      after: runs.map(({ table }) => arrivedShare(table.after)),
    },
    style: {
      before: first.style.before?.mean,
      after: runs.flatMap(({ style }) => style.after?.mean ?? []),
    },
    difference: meanInterval(runs.flatMap(({ style }) => style.difference?.mean ?? [])),
    kl: meanInterval(runs.map(({ kl }) => kl))?.mean ?? 0,
    accuracy: meanInterval(runs.flatMap(({ test }) => test?.accuracy ?? []))?.mean,
  }
}

function arrivedShare(table: OutcomeTable): number {
  return 1 - endedShare(table, 'none')
}
