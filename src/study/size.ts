/** Size of a study: how much is to be answered, and how long its clips play. */
import { DECISION_SECONDS } from '../island/index.ts'
import { clipsOfStudy } from './material.ts'
import { type PreparedStudy, pairsNeeded, type Study } from './study.ts'

export interface StudySize {
  /** Number of different pairs. */
  readonly pairs: number
  /**
   * Maximum number of pairs that a labeller is shown, practice excluded. Short sessions have room for
   * fewer re-shows than the design wants.
   */
  readonly shown: number
  /** Number of labels of all labellers, golden pairs and re-shows excluded. */
  readonly labels: number
}

export function studySize({ design, golden }: Pick<Study, 'design' | 'golden'>): StudySize {
  const pairs = pairsNeeded(design)
  const labels = pairs * design.overlap
  const own = Math.ceil(labels / design.labellers)
  return { pairs, labels, shown: own + design.reShows + (golden?.pairs ?? 0) }
}

/** Returns the mean seconds for which a pair plays, whose two clips begin together. */
export function secondsPerPair(study: PreparedStudy): number {
  const clips = clipsOfStudy(study)
  const decisions = (id: string) => clips.get(id)?.actions.length ?? 0
  const { pairs } = study.material
  const total = pairs.reduce(
    (sum, { first, second }) => sum + Math.max(decisions(first), decisions(second)),
    0,
  )
  return (total * DECISION_SECONDS) / pairs.length
}
