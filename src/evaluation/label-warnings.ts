/** Warnings about a labeller's answers: a sentence each, saying what looks wrong and what to do. */
import { type Label, preferredSide } from '../alignment/labels/index.ts'
import type { CountedShare } from './counted-share.ts'

/** Minimum number of preferences before a bias to one side is reported. */
const SIDES_NEEDED = 20
/** Minimum share of one side that is reported, provided that chance does not explain it. */
const STRONG_SIDE = 0.65
/** Minimum number of re-shows or golden pairs before agreement is judged. */
const REPEATS_NEEDED = 5
/** Agreement expected of an attentive labeller; reported when the whole interval lies below it. */
const FAIR_AGREEMENT = 0.85
/** Shortest plausible response time for comparing two clips, milliseconds. */
export const SHORTEST_ANSWER_MS = 700
/** Number of most recent answers that are checked for haste. */
const RECENT = 20
/** Share of them that may be that quick, since some pairs are obvious at first sight. */
const QUICK_SHARE = 0.3
/** Number of equal answers in a row that is reported. */
const SAME_IN_A_ROW = 15

interface Counts {
  readonly left: CountedShare
  readonly withSelf: CountedShare
  readonly withGolden: CountedShare
}

/**
 * Returns warnings about current labels, in the order of the log, and the counts made from them.
 */
export function labelWarnings(labels: readonly Label[], counts: Counts): string[] {
  return [
    sideBias(counts.left),
    poorAgreement(
      counts.withSelf,
      'pairs that were shown again were answered the same as the first time',
    ),
    poorAgreement(counts.withGolden, 'pairs with a known answer were answered correctly'),
    haste(labels),
    monotony(labels),
  ].filter((warning) => warning !== undefined)
}

function sideBias({ share, of, count, interval }: CountedShare): string | undefined {
  const leans = interval.low > 0.5 || interval.high < 0.5
  const strongly = Math.max(share, 1 - share) >= STRONG_SIDE
  if (of < SIDES_NEEDED || !leans || !strongly) return undefined
  const side = share > 0.5 ? 'left' : 'right'
  const times = share > 0.5 ? count : of - count
  return `The ${side} clip was preferred ${times} of ${of} times, but sides are random, so about half is expected: look at both clips before answering.`
}

function poorAgreement({ count, of, interval }: CountedShare, what: string): string | undefined {
  if (of < REPEATS_NEEDED || interval.high >= FAIR_AGREEMENT) return undefined
  return `Only ${count} of ${of} ${what}: read the question again, and answer with a tie or can't tell when neither clip is better.`
}

function haste(labels: readonly Label[]): string | undefined {
  const recent = labels.slice(-RECENT)
  const quick = recent.filter(({ responseMs }) => responseMs < SHORTEST_ANSWER_MS).length
  if (recent.length < RECENT || quick <= QUICK_SHARE * recent.length) return undefined
  return `${quick} of the last ${recent.length} answers took less than ${SHORTEST_ANSWER_MS / 1000} seconds: too fast to see where both clips go.`
}

function monotony(labels: readonly Label[]): string | undefined {
  const recent = labels.slice(-SAME_IN_A_ROW).map((label) => preferredSide(label) ?? label.verdict)
  const [answer] = recent
  if (recent.length < SAME_IN_A_ROW || recent.some((other) => other !== answer)) return undefined
  const said = answer === 'left' || answer === 'right' ? `the ${answer} clip` : `"${answer}"`
  return `The last ${recent.length} answers were all ${said}: if that is what you saw, continue; otherwise correct them in the list.`
}
