/** Golden pairs: pairs with a known answer, for questions that name a jumppad. */
import { ISLANDS, type Key, type Outcome, RandomStream } from '../../island/index.ts'
import { judgeFor } from '../comparisons.ts'
import { outcomeSchema } from '../outcome-schema.ts'
import type { Clip } from './clip.ts'
import type { GoldenPair } from './schedule.ts'

/** Maximum number of golden pairs: more would leave too few clips for other pairs. */
const MOST_PAIRS = 40

/**
 * Returns up to 40 pairs, drawn by the key, in which one clip reached the wanted jumppad and the other did
 * not, so that the answer is beyond doubt. Each clip is in one pair at most.
 */
export function goldenPairs(clips: readonly Clip[], wanted: Outcome, key: Key): GoldenPair[] {
  const random = new RandomStream(key)
  const judge = judgeFor(wanted)
  const reached = random.shuffle(clips.filter(({ ending }) => ending === wanted))
  const others = random.shuffle(clips.filter(({ ending }) => ending !== wanted))
  return reached.slice(0, Math.min(others.length, MOST_PAIRS)).flatMap((good, index) => {
    const bad = others[index]
    if (bad === undefined) return []
    const [first, second] = random.chance(0.5) ? [good, bad] : [bad, good]
    const known = judge(first, second) === 1 ? 'first' : 'second'
    return [{ first: first.id, second: second.id, known }]
  })
}

/** Names of the jumppads of all shipped islands. */
const KNOWN_OUTCOMES = [
  ...new Set(ISLANDS.flatMap(({ map }) => map.jumppads.map(({ name }) => name))),
]

/**
 * Returns the one jumppad that a question names; undefined if it names none or several. Looks for the
 * outcomes given, or else for those of the shipped islands and the one that `questionFor` would ask for.
 */
export function jumppadNamedIn(
  question: string,
  outcomes: readonly Outcome[] = [...KNOWN_OUTCOMES, ...askedFor(question)],
): Outcome | undefined {
  let rest = question
  // Longer names first: the far left jumppad is not the left one.
  const longestFirst = [...new Set(outcomes)].toSorted((a, b) => b.length - a.length)
  const named = longestFirst.filter((name) => {
    const before = rest
    rest = rest.replace(new RegExp(`\\b${name}\\b`, 'gi'), ' ')
    return rest !== before
  })
  return named.length === 1 ? named[0] : undefined
}

/** Returns the question that asks for a jumppad. */
export function questionFor(jumppad: Outcome): string {
  return `Which goes more directly to the ${jumppad} jumppad?`
}

function askedFor(question: string): Outcome[] {
  const [, name] = /^Which goes more directly to the (.+) jumppad\?$/.exec(question) ?? []
  const { data } = outcomeSchema.safeParse(name)
  return data === undefined ? [] : [data]
}
