/** Where each pair of a study stands: who answered it how, and whether the answers agree. */
import { type Label, pairKey } from '../alignment/labels/index.ts'
import { ratingScaleOf, ratingsOfStudy } from './aggregate-log.ts'
import { scheduleOf } from './assignment.ts'
import { countedSittings } from './left-out.ts'
import type { StudyLog } from './log.ts'
import type { ResearcherMessage } from './message.ts'
import { answersOf, type SittingLog } from './sitting-log.ts'
import { agreementByItem, type ItemAgreement } from './statistics/item-agreement.ts'

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

/** Returns all pairs of a study in its order. `leftOut` has the ids of the sittings that are left out. */
export function pairOverviews(
  log: StudyLog,
  leftOut: { has(id: string): boolean },
): PairOverview[] {
  const { study, decisions } = log
  const counted = countedSittings(log, leftOut)
  const answers = answersByPair(counted)
  const ahead = pairsAhead(log, counted)
  const agreements = new Map(
    agreementByItem(ratingsOfStudy(log, leftOut), ratingScaleOf(study.answers)).map((agreement) => [
      agreement.item,
      agreement,
    ]),
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
