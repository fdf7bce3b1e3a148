/** Comparison of several labellers. */
import { currentLabels, type Label, type LabelVerdict, pairKey } from '../alignment/labels/index.ts'
import { cohensKappa, nominalAlpha } from './agreement.ts'
import type { CountedShare } from './counted-share.ts'
import {
  agreementWithGolden,
  agreementWithSelf,
  median,
  orientedVerdict,
  verdictMix,
} from './label-statistics.ts'

interface LabellerSummary {
  readonly labeller: string
  readonly answered: number
  readonly verdicts: Readonly<Record<LabelVerdict, number>>
  readonly withSelf: CountedShare
  readonly withGolden: CountedShare
  /** Median response time, milliseconds; undefined without answers. */
  readonly medianResponseMs: number | undefined
}

interface PairOfLabellers {
  readonly labellers: readonly [string, string]
  /** Number of pairs that both answered. */
  readonly shared: number
  /** Cohen's kappa over these pairs; undefined where `cohensKappa` is. */
  readonly kappa: number | undefined
}

export interface LabellerComparison {
  /** Summaries, sorted by name. */
  readonly labellers: readonly LabellerSummary[]
  readonly pairs: readonly PairOfLabellers[]
  /**
   * Krippendorff's alpha over all pairs that two or more answered; undefined where
   * `nominalAlpha` is.
   */
  readonly alpha: number | undefined
  /** Number of pairs that two or more answered. */
  readonly shared: number
}

/**
 * Compares the labellers of a log by each one's first label of a pair, fresh or golden, with
 * corrections applied; re-shows only measure agreement with oneself. Answers are the preferred
 * clip, a tie or can't tell, and answers to different questions are never compared.
 */
export function compareLabellers(log: readonly Label[]): LabellerComparison {
  const labels = currentLabels(log)
  const names = [...new Set(labels.map(({ labeller }) => labeller))].sort()
  const answers = answersByPair(labels)
  const units = [...answers.values()].filter((unit) => unit.size > 1)
  return {
    labellers: names.map((name) =>
      summaryOf(
        name,
        log.filter(({ labeller }) => labeller === name),
      ),
    ),
    pairs: names.flatMap((a, index) => names.slice(index + 1).map((b) => beside(a, b, units))),
    alpha: nominalAlpha(units.map((unit) => [...unit.values()])),
    shared: units.length,
  }
}

type Unit = ReadonlyMap<string, string>

/** Returns the answers by labeller, for each pair and question. */
function answersByPair(labels: readonly Label[]): Map<string, Unit> {
  const units = new Map<string, Map<string, string>>()
  for (const label of labels) {
    if (label.kind === 're-show') continue
    const key = JSON.stringify([label.question, pairKey(label.first, label.second)])
    const unit = units.get(key) ?? new Map<string, string>()
    if (!unit.has(label.labeller)) unit.set(label.labeller, answerOf(label))
    units.set(key, unit)
  }
  return units
}

/**
 * Returns the answer, with clips distinguished only within their pair: otherwise there would be as
 * many answer categories as clips.
 */
function answerOf(label: Label): string {
  const preferred = orientedVerdict(label)
  if (preferred === label.verdict) return preferred
  const other = preferred === label.first ? label.second : label.first
  return preferred < other ? 'lower id' : 'higher id'
}

function beside(a: string, b: string, units: readonly Unit[]): PairOfLabellers {
  const both = units.flatMap((unit) => {
    const [ofA, ofB] = [unit.get(a), unit.get(b)]
    return ofA === undefined || ofB === undefined ? [] : [{ ofA, ofB }]
  })
  const kappa = cohensKappa(
    both.map(({ ofA }) => ofA),
    both.map(({ ofB }) => ofB),
  )
  return { labellers: [a, b], shared: both.length, kappa }
}

function summaryOf(labeller: string, log: readonly Label[]): LabellerSummary {
  const labels = currentLabels(log)
  return {
    labeller,
    answered: labels.length,
    verdicts: verdictMix(labels),
    withSelf: agreementWithSelf(log),
    withGolden: agreementWithGolden(log),
    medianResponseMs: median(labels.map(({ responseMs }) => responseMs)),
  }
}
