/** What a labeller is shown about their own work, found from the log of labels. */
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
  /** Pairs answered; corrections do not add to them. */
  readonly answered: number
  /** Those that may train a model: fresh pairs. */
  readonly fresh: number
  readonly goal: number
  readonly verdicts: Readonly<Record<LabelVerdict, number>>
  /**
   * Re-shows that were answered as the first time, of those whose first answer is known; as of the
   * last answer that completed a group of `MEASURED_EVERY`.
   */
  readonly withSelf: CountedShare
  /** Golden pairs answered rightly, as of the same answer. */
  readonly withGolden: CountedShare
  /** Preferences for the left side; of all preferences for a side. */
  readonly left: CountedShare
  /** Milliseconds; undefined before the first answer. */
  readonly medianResponseMs: number | undefined
  /** Labels a minute lately; undefined before the first answer. */
  readonly pace: number | undefined
  /** At that pace; undefined where the pace is. */
  readonly minutesToGoal: number | undefined
  /** A sentence for each thing that looks wrong. */
  readonly warnings: readonly string[]
}

/**
 * Number of answers from one measurement of a labeller to the next. Shown after each answer, it would
 * tell which pairs were golden or shown again.
 */
export const MEASURED_EVERY = 10

/** The last so many answers make the pace. */
const RECENT = 20
/** Who takes longer than this for one pair was on a break, milliseconds. */
const BREAK_MS = 120_000

/** The statistics of one labeller's log of one question, on the way to `goal` pairs. */
export function labelStatistics(log: readonly Label[], goal: number): LabelStatistics {
  const labels = currentLabels(log)
  const verdicts = verdictMix(labels)
  const sides = labels.map(preferredSide).filter((side) => side !== undefined)
  const pace = paceOf(labels)
  const measured = measuredPart(log)
  const counts = {
    answered: labels.length,
    fresh: labels.filter(({ kind }) => kind === 'fresh').length,
    goal,
    verdicts,
    withSelf: agreementWithSelf(measured),
    withGolden: agreementWithGolden(measured),
    left: countedShare(sides.filter((side) => side === 'left').length, sides.length),
    medianResponseMs: median(labels.map(({ responseMs }) => responseMs)),
    pace,
    minutesToGoal: pace === undefined ? undefined : Math.max(0, goal - labels.length) / pace,
  }
  return { ...counts, warnings: labelWarnings(labels, counts) }
}

/** The beginning of a log up to which its labeller is told how well they measured. */
export function measuredPart(log: readonly Label[]): readonly Label[] {
  const first = firstAnswers(log)
  const next = first[first.length - (first.length % MEASURED_EVERY)]
  return next === undefined ? log : log.slice(0, log.indexOf(next))
}

/** How often each verdict was given. */
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
 * Share of the re-shows in a log that were answered as the pair was the first time: the first answer
 * to the re-show counts, beside the one that holds for the fresh pair.
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

/** The preferred clip's id, or the verdict where there is none: the same whichever came first. */
export function orientedVerdict(label: Label): string {
  const { verdict } = label
  return verdict === 'first' || verdict === 'second' ? label[verdict] : verdict
}

/** Share of the golden pairs in a log that were answered rightly at first: corrections come too late. */
export function agreementWithGolden(log: readonly Label[]): CountedShare {
  const golden = firstAnswers(log).filter(({ kind }) => kind === 'golden')
  return countedShare(
    golden.filter(({ verdict, known }) => verdict === known).length,
    golden.length,
  )
}

function paceOf(labels: readonly Label[]): number | undefined {
  const times = labels
    .map(({ responseMs }) => responseMs)
    .filter((time) => time <= BREAK_MS)
    .slice(-RECENT)
  const spent = times.reduce((sum, time) => sum + time, 0)
  return spent === 0 ? undefined : (60_000 * times.length) / spent
}

/** The middle one of some numbers; undefined of none. */
export function median(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2
}
