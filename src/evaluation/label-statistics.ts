/** Statistics that a labeller is shown about their own work, computed from the log of labels. */
import {
  currentLabels,
  firstAnswers,
  LABEL_VERDICTS,
  type Label,
  type LabelVerdict,
  pairKey,
  preferredSide,
} from '../alignment/labels/index.ts'
import { type CountedShare, countedShare } from './counted-share.ts'
import { labelWarnings } from './label-warnings.ts'

export interface LabelStatistics {
  /** Number of answered pairs; corrections do not add to it. */
  readonly answered: number
  /** Number of fresh pairs among them; only these may train a model. */
  readonly fresh: number
  readonly goal: number
  readonly verdicts: Readonly<Record<LabelVerdict, number>>
  /**
   * Share of re-shows answered like the first time, among those whose first answer is known; as of
   * the last answer that completed a group of `MEASURED_EVERY`.
   */
  readonly withSelf: CountedShare
  /** Share of golden pairs answered correctly, as of the same answer. */
  readonly withGolden: CountedShare
  /** Preferences for the left side, out of all preferences for a side. */
  readonly left: CountedShare
  /** Median response time, milliseconds; undefined before the first answer. */
  readonly medianResponseMs: number | undefined
  /**
   * Recent pace in answers per minute, breaks excluded; undefined until there is an answer that is
   * not a break.
   */
  readonly pace: number | undefined
  /** Minutes to the goal at that pace; undefined where the pace is. */
  readonly minutesToGoal: number | undefined
  /** One sentence per problem found in the answers. */
  readonly warnings: readonly string[]
}

/**
 * Number of answers between two updates of the agreement shown to a labeller. Updating it after
 * each answer would reveal which pairs were golden or shown again.
 */
export const MEASURED_EVERY = 10

/** Number of most recent answers from which the pace is computed. */
const RECENT = 20
/** Response time above which an answer counts as a break, milliseconds. */
const BREAK_MS = 120_000

/** Returns the statistics of one labeller's log for one question, on the way to `goal` pairs. */
export function labelStatistics(log: readonly Label[], goal: number): LabelStatistics {
  const labels = currentLabels(log)
  const verdicts = verdictMix(labels)
  const sides = labels.map(preferredSide).filter((side) => side !== undefined)
  const responseTimes = labels.map(({ responseMs }) => responseMs)
  const pace = paceOf(responseTimes, RECENT)
  const measured = measuredPart(log)
  const counts = {
    answered: labels.length,
    fresh: labels.filter(({ kind }) => kind === 'fresh').length,
    goal,
    verdicts,
    withSelf: agreementWithSelf(measured),
    withGolden: agreementWithGolden(measured),
    left: countedShare(sides.filter((side) => side === 'left').length, sides.length),
    medianResponseMs: median(responseTimes),
    pace,
    minutesToGoal: pace === undefined ? undefined : Math.max(0, goal - labels.length) / pace,
  }
  return { ...counts, warnings: labelWarnings(labels, counts) }
}

/**
 * Returns the beginning of a log that ends with the last complete group of `MEASURED_EVERY` first
 * answers: the part on which the labeller's agreement is measured.
 */
export function measuredPart(log: readonly Label[]): readonly Label[] {
  const first = firstAnswers(log)
  const next = first[first.length - (first.length % MEASURED_EVERY)]
  return next === undefined ? log : log.slice(0, log.indexOf(next))
}

/** Counts how often each verdict was given. */
export function verdictMix(labels: readonly Label[]): Record<LabelVerdict, number> {
  const times = (wanted: LabelVerdict) => labels.filter(({ verdict }) => verdict === wanted).length
  const [first, second, tie, none] = LABEL_VERDICTS
  return {
    [first]: times(first),
    [second]: times(second),
    [tie]: times(tie),
    [none]: times(none),
  }
}

/**
 * Returns the share of re-shows in a log that were answered like the fresh pair: compares the first
 * answer to the re-show with the current answer to the fresh pair.
 */
export function agreementWithSelf(log: readonly Label[]): CountedShare {
  const firstTime = new Map<string, Label>()
  for (const label of currentLabels(log)) {
    const key = askedKey(label)
    if (label.kind === 'fresh' && !firstTime.has(key)) firstTime.set(key, label)
  }
  const pairs = firstAnswers(log).flatMap((label) => {
    const before = label.kind === 're-show' ? firstTime.get(askedKey(label)) : undefined
    return before === undefined ? [] : [[orientedVerdict(before), orientedVerdict(label)] as const]
  })
  return countedShare(pairs.filter(([before, now]) => before === now).length, pairs.length)
}

function askedKey({ labeller, question, first, second }: Label): string {
  return JSON.stringify([labeller, question, pairKey(first, second)])
}

/**
 * Returns the id of the preferred clip, or the verdict where there is none: the same whichever clip
 * came first.
 */
export function orientedVerdict(label: Label): string {
  const { verdict } = label
  return verdict === 'first' || verdict === 'second' ? label[verdict] : verdict
}

/**
 * Returns the share of golden pairs in a log whose first answer was correct: corrections come too
 * late to count.
 */
export function agreementWithGolden(log: readonly Label[]): CountedShare {
  const golden = firstAnswers(log).filter(({ kind }) => kind === 'golden')
  return countedShare(
    golden.filter(({ verdict, known }) => verdict === known).length,
    golden.length,
  )
}

/**
 * Returns the pace of answers with these response times, in answers per minute without breaks;
 * undefined where no time is left.
 */
export function paceOf(responseMs: readonly number[], recent = Number.POSITIVE_INFINITY) {
  const times = responseMs.filter((time) => time <= BREAK_MS).slice(-recent)
  const spent = times.reduce((sum, time) => sum + time, 0)
  return spent === 0 ? undefined : (60_000 * times.length) / spent
}

/** Returns the median of some numbers; undefined for an empty list. */
export function median(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2
}
