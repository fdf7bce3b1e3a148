/** Telling pairs, which teach a reward model much with few labels. */
import type { Ending, Outcome, RandomStream } from '../../island/index.ts'
import { pairKey } from './label.ts'
import type { Pair } from './pair-rules.ts'
import { countsOf, usesOf } from './turns.ts'

/** Ending of each clip, by its id. */
export type Endings = ReadonlyMap<string, Ending>

export interface TellingRequest {
  /** Ids of the clips to choose from. */
  readonly clips: readonly string[]
  /** Pairs shown before, in order. */
  readonly shown: readonly Pair[]
  readonly taken: ReadonlySet<string>
  readonly random: RandomStream
}

/**
 * Returns an untaken pair in which exactly one clip reaches the wanted jumppad, so that one side is clearly
 * preferred; undefined if none is left. Clips shown least come first, then endings of the other clip
 * shown least, so that few labels cover many clips and every way to miss.
 *
 * The rule depends on the very outcome that the labels are to teach, so its pairs are not a representative
 * sample of the pool: a reward model's accuracy on them says nothing about its accuracy elsewhere.
 */
export function pickTelling(
  wanted: Outcome,
  endings: Endings,
  { clips, shown, taken, random }: TellingRequest,
): Pair | undefined {
  const uses = usesOf(shown)
  const missed = countsOf(shown.flatMap((pair) => missesOf(pair, wanted, endings)))
  const cost = (good: string, other: string) =>
    uses(good) + uses(other) + EVEN * missed(endings.get(other))
  const [reaching, others] = split(random.shuffle([...clips]), wanted, endings)
  let best: Pair | undefined
  let least = Number.POSITIVE_INFINITY
  for (const good of reaching) {
    for (const other of others) {
      const found = cost(good, other)
      if (found >= least || taken.has(pairKey(good, other))) continue
      least = found
      best = { first: good, second: other }
    }
  }
  if (best === undefined || random.chance(0.5)) return best
  return { first: best.second, second: best.first }
}

/** Weight of an ending's count: so small that even in a long session it only breaks ties in clip use. */
const EVEN = 1e-6

function split(
  clips: readonly string[],
  wanted: Outcome,
  endings: Endings,
): [reaching: string[], others: string[]] {
  const known = clips.filter((clip) => endings.has(clip))
  return [
    known.filter((clip) => endings.get(clip) === wanted),
    known.filter((clip) => endings.get(clip) !== wanted),
  ]
}

/** Returns the endings of those clips of a pair that do not reach the wanted jumppad. */
function missesOf({ first, second }: Pair, wanted: Outcome, endings: Endings): Ending[] {
  return [first, second].flatMap((clip) => {
    const ending = endings.get(clip)
    return ending === undefined || ending === wanted ? [] : [ending]
  })
}
