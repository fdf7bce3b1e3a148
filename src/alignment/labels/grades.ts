import type { Strength } from './label.ts'

/**
 * Probability with which a graded answer prefers the clip that it calls better, or much better. Of eight
 * tables compared on simulated raters, none had a lower log loss (docs/methods/graded-answers.md).
 */
export const STRENGTH_PREFERENCES: Readonly<Record<Strength, number>> = { slight: 0.75, much: 1 }
