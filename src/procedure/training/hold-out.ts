import { type Comparison, decisive, permutation } from '../../alignment/index.ts'
import type { Key } from '../../island/index.ts'

/** Share of the decisive comparisons held out for evaluation: enough to tell luck from skill. */
const SHARE = 0.15

/**
 * Minimum number of decisive comparisons for any to be held out: seven of fifty measure next to
 * nothing, and a reward model trained without them is about three points worse
 * (docs/methods/in-the-tab-trials.md).
 */
const FEWEST = 60

export interface HeldOutSplit {
  readonly training: readonly Comparison[]
  /** Decisive comparisons of clips that no training comparison uses. */
  readonly heldOut: readonly Comparison[]
}

/**
 * Holds out some decisive comparisons *by clip*, so that training never uses a held-out clip.
 * Comparisons of a held-out clip with another one are lost to both sides. At most as many are lost
 * as should be held out, so fewer are held out where all clips are connected by comparisons.
 */
export function holdOut(comparisons: readonly Comparison[], key: Key): HeldOutSplit {
  const decided = decisive(comparisons)
  const wanted = decided.length < FEWEST ? 0 : Math.round(SHARE * decided.length)
  const held = new Set<number>()
  for (const { first, second } of byFewestNeighbours(decided, comparisons, key)) {
    if (split(decided, held).heldOut.length >= wanted) break
    const more = new Set(held).add(first).add(second)
    if (split(comparisons, more).lost <= wanted) {
      held.add(first)
      held.add(second)
    }
  }
  const { training } = split(comparisons, held)
  return { training, heldOut: split(decided, held).heldOut }
}

/**
 * Returns comparisons in an order drawn by the key, those whose clips occur in the fewest
 * comparisons first.
 */
function byFewestNeighbours(
  chosen: readonly Comparison[],
  all: readonly Comparison[],
  key: Key,
): Comparison[] {
  const spoken = new Map<number, number>()
  for (const clip of all.flatMap(({ first, second }) => [first, second])) {
    spoken.set(clip, (spoken.get(clip) ?? 0) + 1)
  }
  const neighbours = ({ first, second }: Comparison): number =>
    (spoken.get(first) ?? 0) + (spoken.get(second) ?? 0)
  return Array.from(permutation(key, chosen.length))
    .flatMap((index) => chosen[index] ?? [])
    .sort((a, b) => neighbours(a) - neighbours(b))
}

function split(comparisons: readonly Comparison[], held: ReadonlySet<number>) {
  const inside = ({ first, second }: Comparison): number =>
    Number(held.has(first)) + Number(held.has(second))
  const training = comparisons.filter((comparison) => inside(comparison) === 0)
  const heldOut = comparisons.filter((comparison) => inside(comparison) === 2)
  return { training, heldOut, lost: comparisons.length - training.length - heldOut.length }
}
