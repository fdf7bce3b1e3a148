/** Pairs that give each clip its turn. */
import type { RandomStream } from '../../island/index.ts'
import { pairKey } from './label.ts'
import type { Pair } from './pair-rules.ts'

/** How often each was counted; what never was counts 0. */
export type Counts<T> = (key: T | undefined) => number

export function countsOf<T>(list: readonly T[]): Counts<T> {
  const counts = new Map<T, number>()
  for (const each of list) counts.set(each, (counts.get(each) ?? 0) + 1)
  return (key) => (key === undefined ? 0 : (counts.get(key) ?? 0))
}

/** How often each clip is in one of the pairs. */
export function usesOf(pairs: readonly Pair[]): Counts<string> {
  return countsOf(pairs.flatMap(({ first, second }) => [first, second]))
}

/**
 * A pair that is not taken, drawn among those whose clips are least in `shown`; undefined where all
 * are taken. No clip comes a second time before every one has come: labels of many clips teach a
 * reward model far more than as many labels of few (docs/methods/in-the-tab.md).
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
