/** Random pairs that use all clips equally often. */
import type { RandomStream } from '../../island/index.ts'
import { pairKey } from './label.ts'
import type { Pair } from './pair-rules.ts'

/** Number of occurrences of a key; 0 if it never occurred. */
export type Counts<T> = (key: T | undefined) => number

export function countsOf<T>(list: readonly T[]): Counts<T> {
  const counts = new Map<T, number>()
  for (const each of list) counts.set(each, (counts.get(each) ?? 0) + 1)
  return (key) => (key === undefined ? 0 : (counts.get(key) ?? 0))
}

/** Returns the number of pairs that each clip is in. */
export function usesOf(pairs: readonly Pair[]): Counts<string> {
  return countsOf(pairs.flatMap(({ first, second }) => [first, second]))
}

/**
 * Draws an untaken pair from those whose clips are used least in `shown`; undefined if all are taken.
 * Clips not shown yet come before any repeats: labels on many clips teach a reward model far more than
 * as many labels on few (docs/methods/in-the-tab-trials.md).
 */
export function drawInTurn(
  clips: readonly string[],
  shown: readonly Pair[],
  taken: ReadonlySet<string>,
  random: RandomStream,
): Pair | undefined {
  const uses = usesOf(shown)
  const order = random.shuffle([...clips]).sort((a, b) => uses(a) - uses(b))
  let best: Pair | undefined
  let least = Number.POSITIVE_INFINITY
  for (const [place, first] of order.entries()) {
    for (const second of order.slice(place + 1)) {
      const found = uses(first) + uses(second)
      if (found >= least) break
      if (taken.has(pairKey(first, second))) continue
      best = { first, second }
      least = found
      break
    }
  }
  return best
}
