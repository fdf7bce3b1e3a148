/** Overview of a study for its researcher: everybody's work, the pairs, and how far the answers agree. */

import { alphaMetricOf, ratingsOfStudy } from './aggregate-log.ts'
import { scheduleOf, slotIndex } from './assignment.ts'
import { type LeftOut, leftOutSittings, sittingQualities } from './left-out.ts'
import type { StudyLog } from './log.ts'
import { studyKey } from './material.ts'
import { type PairOverview, pairOverviews } from './pair-overview.ts'
import { answersOf, type SittingLog } from './sitting-log.ts'
import { type BootstrappedAlpha, bootstrapAlpha, moreLabelsToHalve } from './statistics/alpha.ts'
import type { RaterQuality } from './statistics/rater-quality.ts'
import { ratingsByItem } from './statistics/ratings.ts'

export type LabellerState =
  | 'not opened'
  | 'handed on'
  | 'answering'
  | 'finished'
  | 'stopped'
  | 'withdrawn'

/** Row of a labeller, or of one of several browsers that opened the same invitation. */
export interface LabellerRow {
  /** Number of the invitation, with a letter where several browsers opened it. */
  readonly name: string
  readonly labeller: number
  readonly state: LabellerState
  /** Number of pairs answered, and shown in all. */
  readonly answered: number
  readonly of: number
  /** Undefined before the invitation is opened, and after the labeller has withdrawn. */
  readonly sitting: SittingLog | undefined
  readonly quality: RaterQuality | undefined
  readonly leftOut: LeftOut | undefined
}

export interface StudyOverview {
  readonly rows: readonly LabellerRow[]
  readonly pairs: readonly PairOverview[]
  /** Number of labels that count: current answers to fresh pairs. */
  readonly labels: number
}

/** Returns the overview of a study's log. */
export function studyOverview(log: StudyLog): StudyOverview {
  const qualities = sittingQualities(log)
  const leftOut = leftOutSittings(log, qualities)
  const pairs = pairOverviews(log, leftOut)
  const labels = pairs.reduce((sum, { answers }) => sum + answers.length, 0)
  const opened = log.sittings.map((sitting) => openedRow(log, sitting, qualities, leftOut))
  const rows = [...opened, ...unopenedRows(log)].toSorted(
    (a, b) => a.labeller - b.labeller || (a.name < b.name ? -1 : 1),
  )
  return { rows, pairs, labels }
}

function openedRow(
  { study }: StudyLog,
  sitting: SittingLog,
  qualities: ReadonlyMap<string, RaterQuality>,
  leftOut: ReadonlyMap<string, LeftOut>,
): LabellerRow {
  const { id, name, labeller, slot, withdrawn } = sitting
  return {
    ...{ name, labeller, state: stateOf(sitting), of: scheduleOf(study, slot).length },
    answered: answersOf(sitting).length,
    sitting: withdrawn ? undefined : sitting,
    quality: qualities.get(id),
    leftOut: leftOut.get(id),
  }
}

function stateOf({ withdrawn, finished }: SittingLog): LabellerState {
  if (withdrawn) return 'withdrawn'
  if (finished === undefined) return 'answering'
  return finished.why === 'all answered' ? 'finished' : 'stopped'
}

/** Returns rows for the labellers of the design whose invitations nobody has opened. */
function unopenedRows({ study, sittings }: StudyLog): LabellerRow[] {
  const opened = new Set(sittings.map(({ labeller }) => labeller))
  const taken = new Set(
    sittings.filter(({ withdrawn }) => !withdrawn).map(({ slot }) => slotIndex(study, slot)),
  )
  return Array.from({ length: study.design.labellers }, (_, index) => index + 1)
    .filter((labeller) => !opened.has(labeller))
    .map((labeller) => ({
      ...{ name: String(labeller), labeller, answered: 0 },
      state: taken.has(slotIndex(study, labeller)) ? 'handed on' : 'not opened',
      of: scheduleOf(study, labeller).length,
      ...{ sitting: undefined, quality: undefined, leftOut: undefined },
    }))
}

export interface StudyAgreement extends BootstrappedAlpha {
  /** Number of ratings: labels that have an opinion. */
  readonly ratings: number
  /** Number of further labels that would halve the interval; undefined without one. */
  readonly moreToHalve: number | undefined
}

/** Number of resamples; the ends of a 95 % interval then rest on a dozen of them each. */
const SAMPLES = 500

/** Returns the agreement of all labellers who count: nominal, or by rank where answers are graded. */
export function studyAgreement(log: StudyLog): StudyAgreement {
  const { study } = log
  const ratings = ratingsOfStudy(log, leftOutSittings(log))
  const metric = alphaMetricOf(study.answers)
  const settings = { samples: SAMPLES, level: 0.95 }
  const alpha = bootstrapAlpha(ratings, metric, studyKey(study, 'agreement'), settings)
  const { interval } = alpha
  // Items with a single rating say nothing about agreement.
  const paired = [...ratingsByItem(ratings).values()].filter(({ length }) => length > 1)
  return {
    ...alpha,
    ratings: ratings.length,
    moreToHalve: interval && moreLabelsToHalve(interval, paired.flat().length),
  }
}
