/** Parts of a plan, and the settings of each. */
import {
  type Fields,
  IMITATION_FIELDS,
  REINFORCEMENT_FIELDS,
  REWARD_FIELDS,
  readRecipe,
} from '../../alignment/index.ts'
import { PREFERENCE_FIELDS } from '../preference-job.ts'
import { rewardSteps, stageRecipe } from '../stages.ts'
import type { TrainingPlan } from './plan.ts'
import type { TrainingPart } from './reports.ts'

/** Part that has a recipe. */
export type LearningPart = Exclude<TrainingPart, 'clips'>

/** Settings of each part, from which its form is built. */
export const PART_FIELDS = {
  imitation: IMITATION_FIELDS,
  reward: REWARD_FIELDS,
  preference: PREFERENCE_FIELDS,
  reinforcement: REINFORCEMENT_FIELDS,
} as const satisfies Record<LearningPart, Fields>

export type PlainRecipe = Readonly<Record<string, number | string | boolean>>

/**
 * Number of episodes that preference fine-tuning scores in the tab. Their frames, half a megabyte
 * each, are in memory at once; the command line uses four times as many.
 */
const TAB_POOL = 400
/** Number of updates of preference fine-tuning in the tab. */
const TAB_POOL_STEPS = 60

/**
 * Number of upper policy blocks that learn in the tab: two of `small`'s four are as good as all of
 * them and take a third of the time. In a reward model all blocks learn: with as few labels as
 * fifty, the upper two alone are much worse (docs/methods/in-the-tab.md).
 */
const TAB_LAYERS = 2
/**
 * Settings of reinforcement learning in the tab: fewer episodes per update, and more updates, reach
 * as much with fewer episodes in all. After sixty updates nine in ten episodes do what fifty labels
 * preferred, after a hundred most of the rest (docs/methods/in-the-tab.md).
 */
const TAB_REINFORCEMENT = {
  layers: TAB_LAYERS,
  episodesPerUpdate: 64,
  clipsPerBatch: 8,
  steps: 100,
} as const

/** Amount of training data, as far as the default settings depend on it. */
export interface Amount {
  readonly comparisons?: number
  readonly clips?: number
}

/** Returns the default settings of a part in the tab. */
export function defaultRecipe(
  part: LearningPart,
  { comparisons, clips }: Amount = {},
): PlainRecipe {
  switch (part) {
    case 'imitation': {
      const { clipsPerBatch, ...others } = stageRecipe('fine-tuned')
      return {
        ...others,
        clipsPerBatch: Math.max(1, Math.min(clipsPerBatch, clips ?? clipsPerBatch)),
      }
    }
    case 'reward':
      return readRecipe(REWARD_FIELDS, comparisons ? { steps: rewardSteps(comparisons) } : {})
    case 'preference':
      return readRecipe(PREFERENCE_FIELDS, {
        pool: TAB_POOL,
        steps: TAB_POOL_STEPS,
        layers: TAB_LAYERS,
      })
    case 'reinforcement':
      return readRecipe(REINFORCEMENT_FIELDS, TAB_REINFORCEMENT)
  }
}

/** Returns the parts of a plan in their order. */
export function partsOf(plan: TrainingPlan): readonly TrainingPart[] {
  switch (plan.kind) {
    case 'fine-tune':
      return ['clips', 'imitation']
    case 'reward':
      return ['clips', 'reward']
    case 'preference':
    case 'reinforcement':
      return [plan.kind]
    case 'align':
      return plan.preferenceFineTuning
        ? ['clips', 'reward', 'preference', 'reinforcement']
        : ['clips', 'reward', 'reinforcement']
  }
}

const NONE: PlainRecipe = {}

/** Returns the settings of one part from the plan; empty where the plan lacks the part. */
export function recipeOf(plan: TrainingPlan, part: LearningPart): PlainRecipe {
  if (plan.kind === 'align') return part === 'imitation' ? NONE : plan.recipes[part]
  const own = plan.kind === 'fine-tune' ? 'imitation' : plan.kind
  return own === part ? plan.recipe : NONE
}
