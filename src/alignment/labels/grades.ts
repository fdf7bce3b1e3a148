import type { Strength } from './label.ts'

/** Probability with which a graded answer prefers the clip that it calls better, or much better. */
export const STRENGTH_PREFERENCES: Readonly<Record<Strength, number>> = { slight: 0.8, much: 0.95 }
