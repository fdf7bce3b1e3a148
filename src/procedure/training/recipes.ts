/** Which parts a plan has, and the settings of each. */
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

/** The parts that have a recipe. */
export type LearningPart = Exclude<TrainingPart, 'clips'>

/** What may be set in each part: what its form is made of. */
export const PART_FIELDS = {
  imitation: IMITATION_FIELDS,
  reward: REWARD_FIELDS,
  preference: PREFERENCE_FIELDS,
  reinforcement: REINFORCEMENT_FIELDS,
} as const satisfies Record<LearningPart, Fields>

export type PlainRecipe = Readonly<Record<string, number | string | boolean>>

/**
 * Episodes that preference fine-tuning scores in the tab. Their frames, half a megabyte each, are in
 * memory at once; the command line takes four times as many.
 */
const TAB_POOL = 400
const TAB_POOL_STEPS = 60

/**
 * Blocks of a policy that learn in the tab: two of `small`'s four are as good as all of them and take
 * a third of the time. Of a reward model all learn: with as few labels as fifty the upper two are much
 * worse (docs/methods/in-the-tab.md).
 */
const TAB_LAYERS = 2
/**
 * Fewer episodes an update, and more updates, reach as much in less play. After sixty updates nine in ten
 * episodes do what fifty labels preferred, after a hundred most of the rest (docs/methods/in-the-tab.md).
 */
const TAB_REINFORCEMENT = {
  layers: TAB_LAYERS,
  episodesPerUpdate: 64,
  clipsPerBatch: 8,
  steps: 100,
} as const

/** How much there is to learn from, as far as the default settings depend on it. */
export interface Amount {
  readonly comparisons?: number
  readonly clips?: number
}

/** The settings a part begins with in the tab. */
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

/** The parts of a plan in their order. */
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

/** The settings of one part as the plan has them; none where the plan lacks the part. */
export function recipeOf(plan: TrainingPlan, part: LearningPart): PlainRecipe {
  if (plan.kind === 'align') return part === 'imitation' ? NONE : plan.recipes[part]
  const own = plan.kind === 'fine-tune' ? 'imitation' : plan.kind
  return own === part ? plan.recipe : NONE
}
