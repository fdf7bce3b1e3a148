/** Where each pair of a study stands: who answered it how, and whether the answers agree. */
import { type Label, pairKey } from '../alignment/labels/index.ts'
import { scheduleOf } from './assignment.ts'
import { answersOf, type SittingLog, type StudyLog } from './log.ts'
import type { ResearcherMessage } from './message.ts'
import { agreementByItem, type ItemAgreement } from './statistics/item-agreement.ts'
import type { Rating, RatingScale } from './statistics/ratings.ts'
import type { Study } from './study.ts'

export const PAIR_STATES = ['waiting', 'taken', 'done', 'disputed', 'decided'] as const
/**
 * State of a pair. Until enough people have answered it, it is `taken` while somebody who will be shown
 * it is still labelling, else `waiting`. Then it is `done`, or `disputed` if the answers settle nothing.
 * The researcher's decision on a pair makes it `decided`.
 */
export type PairState = (typeof PAIR_STATES)[number]

export type Decision = Extract<ResearcherMessage, { kind: 'decision' }>

/** Answer of a labeller to a pair. */
export interface PairAnswer {
  readonly sitting: SittingLog
  readonly label: Label
}

export interface PairOverview {
  /** Number of the pair in the study, 1 for the first. */
  readonly number: number
  readonly first: string
  readonly second: string
  readonly state: PairState
  /** Current answers of the sittings that count. */
  readonly answers: readonly PairAnswer[]
  /** Agreement of the answers that have an opinion; undefined without any. */
  readonly agreement: ItemAgreement | undefined
  /** Decision that holds; undefined for none, and for one that was taken back. */
  readonly decision: Decision | undefined
}

/** Ranks of the answers on each scale; exact in binary, so that they can be compared. */
const SCALES: Readonly<Record<Study['answers'], RatingScale>> = {
  'two-way': [0, 0.5, 1],
  graded: [0, 0.25, 0.5, 0.75, 1],
}

export function scaleOf({ answers }: Pick<Study, 'answers'>): RatingScale {
  return SCALES[answers]
}

/**
 * Returns the answers of sittings to fresh pairs as ratings of the pair's first clip. Items are pairs, by
 * `pairKey`, and raters are the sittings' names. Ranks of graded answers are equally far apart, which
 * matters for measures of agreement by rank only.
 */
export function studyRatings(
  { answers }: Pick<Study, 'answers'>,
  sittings: readonly SittingLog[],
): Rating[] {
  return sittings.flatMap((sitting) =>
    answersOf(sitting).flatMap((label) => {
      const value = rankOf(label, answers === 'graded')
      if (label.kind !== 'fresh' || value === undefined) return []
      return [{ rater: sitting.name, item: pairKey(label.first, label.second), value }]
    }),
  )
}

function rankOf({ verdict, strength }: Label, graded: boolean): number | undefined {
  if (verdict === 'cannot tell') return undefined
  if (verdict === 'tie') return 0.5
  const slight = graded && strength !== 'much'
  return verdict === 'first' ? (slight ? 0.75 : 1) : slight ? 0.25 : 0
}

/** Returns all pairs of a study in its order. `counted` are the sittings whose answers count. */
export function pairOverviews(log: StudyLog, counted: readonly SittingLog[]): PairOverview[] {
  const { study, decisions } = log
  const answers = answersByPair(counted)
  const ahead = pairsAhead(log, counted)
  const ratings = studyRatings(study, counted)
  const agreements = new Map(
    agreementByItem(ratings, scaleOf(study)).map((agreement) => [agreement.item, agreement]),
  )
  return study.material.pairs.map(({ first, second }, place) => {
    const key = pairKey(first, second)
    const found = decisions.get(key)
    const decision = found?.verdict === undefined ? undefined : found
    const agreement = agreements.get(key)
    const own = answers.get(key) ?? []
    const state = stateOf({
      decided: decision !== undefined,
      complete: own.length >= study.design.overlap,
      disputed: agreement?.disputed ?? false,
      ahead: ahead.has(key),
    })
    return { number: place + 1, first, second, state, answers: own, agreement, decision }
  })
}

/** Returns the pairs that the researcher may decide, those most in dispute first and the decided last. */
export function disputedPairs(pairs: readonly PairOverview[]): PairOverview[] {
  const rank = ({ state, agreement }: PairOverview) =>
    (state === 'disputed' ? 1 : 0) + (agreement?.disagreement ?? 0)
  return pairs
    .filter(
      ({ state, agreement, answers, decision }) =>
        // Nobody has an opinion on a pair that all answered by 'cannot tell'.
        decision !== undefined ||
        state === 'disputed' ||
        (state === 'done' && !agreement && answers.length > 0),
    )
    .toSorted(
      (a, b) =>
        Number(a.decision !== undefined) - Number(b.decision !== undefined) ||
        rank(b) - rank(a) ||
        a.number - b.number,
    )
}

interface Conditions {
  readonly decided: boolean
  /** Whether as many people have answered as the design wants. */
  readonly complete: boolean
  readonly disputed: boolean
  /** Whether somebody who is labelling will be shown the pair. */
  readonly ahead: boolean
}

function stateOf({ decided, complete, disputed, ahead }: Conditions): PairState {
  if (decided) return 'decided'
  if (!complete) return ahead ? 'taken' : 'waiting'
  return disputed ? 'disputed' : 'done'
}

function answersByPair(sittings: readonly SittingLog[]): Map<string, PairAnswer[]> {
  const answers = new Map<string, PairAnswer[]>()
  for (const sitting of sittings) {
    for (const label of answersOf(sitting)) {
      if (label.kind !== 'fresh') continue
      const key = pairKey(label.first, label.second)
      const own = answers.get(key)
      if (own === undefined) answers.set(key, [{ sitting, label }])
      else own.push({ sitting, label })
    }
  }
  return answers
}

/** Returns the pairs that sittings which have not ended are yet to answer. */
function pairsAhead({ study }: StudyLog, counted: readonly SittingLog[]): Set<string> {
  const ahead = new Set<string>()
  for (const { slot, finished, log } of counted) {
    if (finished) continue
    const answered = new Set(log.map(({ first, second }) => pairKey(first, second)))
    for (const { first, second, kind } of scheduleOf(study, slot)) {
      const key = pairKey(first, second)
      if (kind === 'fresh' && !answered.has(key)) ahead.add(key)
    }
  }
  return ahead
}
