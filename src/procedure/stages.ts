import { IMITATION_FIELDS, type ImitationRecipe, readRecipe } from '../alignment/index.ts'

/** Settings in which each stage departs from the field defaults, found by tuning. */
const PRETRAINING = {
  steps: 12_500,
  clipsPerBatch: 8,
  peakRate: 4e-3,
  warmup: 200,
  validationEvery: 500,
}
const FINE_TUNING = {
  steps: 160,
  clipsPerBatch: 10,
  peakRate: 1e-3,
  warmup: 20,
  validationEvery: 20,
}
const SCRATCH = {
  steps: 600,
  clipsPerBatch: 10,
  peakRate: 1e-3,
  warmup: 50,
  validationEvery: 20,
}

/** Imitation stages, with the settings in which each departs from the default recipe. */
export const IMITATION_STAGES = {
  base: PRETRAINING,
  'fine-tuned': FINE_TUNING,
  scratch: SCRATCH,
} as const

export type ImitationStage = keyof typeof IMITATION_STAGES

/** Returns the recipe of a stage with some values overridden. */
export function stageRecipe(
  stage: ImitationStage,
  values: Readonly<Record<string, unknown>> = {},
): ImitationRecipe {
  return readRecipe(IMITATION_FIELDS, { ...IMITATION_STAGES[stage], ...values })
}

/**
 * Returns the number of updates for training a reward model on a number of comparisons, 150…1000:
 * many epochs over few comparisons, and no more than needed over many.
 */
export function rewardSteps(comparisons: number): number {
  return Math.min(1000, Math.max(150, Math.round(0.6 * comparisons)))
}
