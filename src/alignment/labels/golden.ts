/** Golden pairs: pairs with a known answer, for questions that name a jumppad. */
import { HOME_OUTCOMES, type Key, type Outcome, RandomStream } from '../../island/index.ts'
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

/** Returns the one of these jumppads that a question names; undefined if it names none or several. */
export function jumppadNamedIn(
  question: string,
  outcomes: readonly Outcome[] = HOME_OUTCOMES,
): Outcome | undefined {
  let rest = question
  // Longer names first: the far left jumppad is not the left one.
  const longestFirst = outcomes.toSorted((a, b) => b.length - a.length)
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

/**
 * Returns the jumppad that a question asks for: the one in the words of `questionFor`, whatever its name, or
 * else the one of `outcomes` that it names; undefined if there is none.
 */
export function jumppadAskedFor(
  question: string,
  outcomes: readonly Outcome[] = HOME_OUTCOMES,
): Outcome | undefined {
  const [, name] = /^Which goes more directly to the (.+) jumppad\?/.exec(question) ?? []
  return outcomeSchema.safeParse(name).data ?? jumppadNamedIn(question, outcomes)
}
