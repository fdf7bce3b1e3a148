import { IMITATION_FIELDS, type ImitationRecipe, readRecipe } from '../alignment/index.ts'

/** Where a training stage's settings differ from the fields' defaults, found by tuning. */
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

/** The stages that learn by imitation, and how each departs from the default recipe. */
export const IMITATION_STAGES = {
  base: PRETRAINING,
  'fine-tuned': FINE_TUNING,
  scratch: SCRATCH,
} as const

export type ImitationStage = keyof typeof IMITATION_STAGES

/** The stage's recipe with some values set by hand. */
export function stageRecipe(
  stage: ImitationStage,
  values: Readonly<Record<string, unknown>> = {},
): ImitationRecipe {
  return readRecipe(IMITATION_FIELDS, { ...IMITATION_STAGES[stage], ...values })
}

/**
 * Updates of a reward model by the number of its comparisons: many rounds over few of them, and no
 * more than needed over many.
 */
export function rewardSteps(comparisons: number): number {
  return Math.min(1000, Math.max(150, Math.round(0.6 * comparisons)))
}
