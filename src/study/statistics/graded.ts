/** Graded answers and the preferences for the first clip that they stand for. */
import { STRENGTH_PREFERENCES } from '../../alignment/labels/index.ts'

export const GRADED_ANSWERS = [
  'second much better',
  'second better',
  'equal',
  'first better',
  'first much better',
] as const
export type GradedAnswer = (typeof GRADED_ANSWERS)[number]

/** Preference for the better clip, 0.5…1, by grade. */
export interface GradeTable {
  readonly muchBetter: number
  readonly better: number
}

/** Table by which labels become training data. */
export const GRADE_TABLE: GradeTable = {
  muchBetter: STRENGTH_PREFERENCES.much,
  better: STRENGTH_PREFERENCES.slight,
}

/** Returns the preferences of `GRADED_ANSWERS` under a table, in the same order. */
export function gradedScale({ muchBetter, better }: GradeTable): number[] {
  return [1 - muchBetter, 1 - better, 0.5, better, muchBetter]
}
