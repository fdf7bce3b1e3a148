/** Aggregation of a study's log: from everybody's answers to one answer for each pair. */
import {
  type Label,
  type Pair,
  pairKey,
  preferenceOf,
  verdictValue,
} from '../alignment/labels/index.ts'
import type { AlphaMetric } from '../evaluation/index.ts'
import { countedSittings } from './left-out.ts'
import { presentSittings, type StudyLog } from './log.ts'
import { clipsOfStudy } from './material.ts'
import {
  clipsMentioned,
  type ResultComparison,
  type ResultSummary,
  type StudyResult,
} from './result.ts'
import { answersOf, type SittingLog } from './sitting-log.ts'
import {
  type AggregatedItem,
  type AggregationMethod,
  aggregate,
  withDecisions,
} from './statistics/aggregate.ts'
import { krippendorffAlpha } from './statistics/alpha.ts'
import { GRADE_TABLE, gradedScale } from './statistics/graded.ts'
import { type Rating, type RatingScale, TWO_WAY_SCALE } from './statistics/ratings.ts'
import type { AnswerScale } from './study.ts'

export interface AggregationOptions {
  /** SHA-256 of the study. */
  readonly digest: string
  readonly method: AggregationMethod
  /** Ids of the sittings that are left out, besides those withdrawn. One counts of each labeller's others. */
  readonly leftOut: ReadonlySet<string>
}

const SCALES: Readonly<Record<AnswerScale, RatingScale>> = {
  'two-way': TWO_WAY_SCALE,
  graded: gradedScale(GRADE_TABLE),
}
const METRICS: Readonly<Record<AnswerScale, AlphaMetric>> = {
  'two-way': 'nominal',
  graded: 'ordinal',
}

/** Returns the preferences that answers on a scale stand for, in ascending order. */
export function ratingScaleOf(answers: AnswerScale): RatingScale {
  return SCALES[answers]
}

/** Returns the measure by which agreement on a scale of answers is measured. */
export function alphaMetricOf(answers: AnswerScale): AlphaMetric {
  return METRICS[answers]
}

/**
 * Returns the ratings of a study's pairs by the sittings that count: an item is the `pairKey` of a pair, a
 * rater the number of a labeller, and the value the preference for the pair's first clip in the study.
 */
export function ratingsOfStudy(log: StudyLog, leftOut: { has(id: string): boolean }): Rating[] {
  return countedSittings(log, leftOut).flatMap((sitting) =>
    freshAnswers(sitting).flatMap((label) => {
      const value = ratingOf(label, log.study.answers)
      const item = pairKey(label.first, label.second)
      return value === undefined ? [] : [{ rater: String(sitting.labeller), item, value }]
    }),
  )
}

/**
 * Returns the result of a study. The researcher's decisions come before everybody's answers; pairs that the
 * researcher left out, and those without a preference, are only counted.
 */
export function aggregateLog(log: StudyLog, options: AggregationOptions): StudyResult {
  const { pairs } = log.study.material
  const decided = decisionsOf(log)
  const votes = votesOf(countedSittings(log, options.leftOut), log.study.answers)
  const items = new Map(
    withDecisions(aggregatedItems(log, options), decided.values).map((item) => [item.item, item]),
  )
  const comparisons = pairs.flatMap((pair): ResultComparison[] => {
    const key = pairKey(pair.first, pair.second)
    const item = decided.leftOut.has(key) ? undefined : items.get(key)
    if (item === undefined) return []
    const { preference, provenance } = item
    return [{ ...pair, preference, provenance, votes: votes.get(key) ?? NO_VOTES }]
  })
  const clips = clipsOfStudy(log.study)
  const leftOutPairs = pairs.filter((pair) => decided.leftOut.has(pairKey(pair.first, pair.second)))
  return {
    ...summary(log, options),
    pairs: {
      leftOut: leftOutPairs.length,
      unanswered: pairs.length - leftOutPairs.length - comparisons.length,
    },
    clips: clipsMentioned(comparisons).flatMap((id) => clips.get(id) ?? []),
    comparisons,
  }
}

function summary(
  log: StudyLog,
  { digest, method, leftOut }: AggregationOptions,
): Omit<ResultSummary, 'pairs'> {
  const { id, title, question, answers, agents, worldVersion } = log.study
  const present = presentSittings(log)
  const counted = countedSittings(log, leftOut).length
  const { alpha } = krippendorffAlpha(ratingsOfStudy(log, leftOut), METRICS[answers])
  return {
    study: { id, title, digest },
    ...{ question, answers, agents, worldVersion, method },
    ...(alpha === undefined ? {} : { alpha }),
    sittings: {
      counted,
      leftOut: present.length - counted,
      withdrawn: log.sittings.length - present.length,
    },
  }
}

function aggregatedItems(
  log: StudyLog,
  { method, leftOut }: AggregationOptions,
): readonly AggregatedItem[] {
  const ratings = ratingsOfStudy(log, leftOut)
  return ratings.length === 0 ? [] : aggregate(ratings, SCALES[log.study.answers], method)
}

/** Returns the decisions by `pairKey`, as preferences for the pair's first clip in the study. */
function decisionsOf({ study, decisions }: StudyLog) {
  const values = new Map<string, number>()
  const leftOut = new Set<string>()
  for (const pair of study.material.pairs) {
    const key = pairKey(pair.first, pair.second)
    const decision = decisions.get(key)
    if (decision?.verdict === 'left out') leftOut.add(key)
    else if (decision?.verdict !== undefined) {
      const value = verdictValue(decision.verdict) ?? 0.5
      values.set(key, isTurned(decision, pair) ? 1 - value : value)
    }
  }
  return { values, leftOut }
}

function isTurned(decision: Pair, pair: Pair): boolean {
  return decision.first !== pair.first
}

function freshAnswers(sitting: SittingLog): Label[] {
  return answersOf(sitting).filter(({ kind }) => kind === 'fresh')
}

/** Returns an answer as a preference on the study's scale. Strangers may send none where one was asked for. */
function ratingOf(label: Label, answers: AnswerScale): number | undefined {
  return answers === 'graded'
    ? preferenceOf(graded(label))
    : preferenceOf({ verdict: label.verdict })
}

function graded({ verdict, strength = 'slight' }: Label): Pick<Label, 'verdict' | 'strength'> {
  return verdict === 'first' || verdict === 'second' ? { verdict, strength } : { verdict }
}

type Votes = ResultComparison['votes']

const NO_VOTES: Votes = { firstMuch: 0, first: 0, tie: 0, second: 0, secondMuch: 0, cannotTell: 0 }

/** Returns the votes on each pair, by `pairKey`. */
function votesOf(sittings: readonly SittingLog[], answers: AnswerScale): Map<string, Votes> {
  const all = new Map<string, Votes>()
  for (const label of sittings.flatMap(freshAnswers)) {
    const key = pairKey(label.first, label.second)
    const votes = all.get(key) ?? NO_VOTES
    const vote = voteOf(label, answers)
    all.set(key, { ...votes, [vote]: votes[vote] + 1 })
  }
  return all
}

function voteOf({ verdict, strength }: Label, answers: AnswerScale): keyof Votes {
  if (verdict === 'cannot tell') return 'cannotTell'
  if (verdict === 'tie' || answers === 'two-way' || strength !== 'much') return verdict
  return `${verdict}Much`
}
