/** Graded answers and the preferences for the first clip that they stand for. */

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

/**
 * The table that studies use: of eight tables compared on simulated raters, none had a lower log loss
 * over all settings (docs/methods/graded-answers.md).
 */
export const GRADE_TABLE: GradeTable = { muchBetter: 1, better: 0.75 }

/** Returns the preferences of `GRADED_ANSWERS` under a table, in the same order. */
export function gradedScale({ muchBetter, better }: GradeTable): number[] {
  return [1 - muchBetter, 1 - better, 0.5, better, muchBetter]
}
