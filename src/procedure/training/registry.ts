/** All methods and parts of trainings, and what follows from their definitions. */
import type { TrainingEnd } from '../../alignment/index.ts'
import { nameOfStage, type StageFamily } from '../model-stages.ts'
import { clipCost } from './cost.ts'
import type { Method, PartDefinition } from './definitions.ts'
import { align } from './methods/align.ts'
import { bestOfPlayImitation } from './methods/best-of-play.ts'
import { contrastivePreferenceLearning } from './methods/contrastive.ts'
import { fineTune } from './methods/fine-tune.ts'
import { preferenceFineTuning } from './methods/preference.ts'
import { reinforcementLearning } from './methods/reinforcement.ts'
import { rewardModel } from './methods/reward-model.ts'
import { bestOfPlay } from './parts/best-of-play.ts'
import { clips } from './parts/clips.ts'
import { contrastive } from './parts/contrastive.ts'
import { imitation } from './parts/imitation.ts'
import { preference } from './parts/preference.ts'
import { reinforcement } from './parts/reinforcement.ts'
import { reward } from './parts/reward.ts'
import {
  type Amount,
  type PlainRecipe,
  recipeOf,
  type TrainingKind,
  type TrainingPlan,
  wantedOf,
} from './plan.ts'
import type { TrainingPart } from './reports.ts'

/** Parts of trainings, in the order in which they run. */
export const PARTS: Readonly<Record<TrainingPart, PartDefinition>> = {
  clips,
  imitation,
  reward,
  contrastive,
  preference,
  'best-of-play': bestOfPlay,
  reinforcement,
}

/** Methods of training, in the order in which they are offered. */
export const METHODS: Readonly<Record<TrainingKind, Method>> = {
  align,
  contrastive: contrastivePreferenceLearning,
  'best-of-play': bestOfPlayImitation,
  reward: rewardModel,
  preference: preferenceFineTuning,
  reinforcement: reinforcementLearning,
  'fine-tune': fineTune,
}

function methodOf({ kind }: Pick<TrainingPlan, 'kind'>): Method {
  return METHODS[kind]
}

/** Returns the parts of a plan in their order. */
export function partsOf(plan: TrainingPlan): readonly TrainingPart[] {
  const option = 'preferenceFineTuning' in plan && plan.preferenceFineTuning
  return methodOf(plan).parts({ preferenceFineTuning: option })
}

/** Returns the parts of a plan that have settings, each with its settings in the plan. */
export function recipesOf(
  plan: TrainingPlan,
): { readonly part: TrainingPart; readonly values: PlainRecipe }[] {
  return partsOf(plan)
    .filter((part) => Object.keys(PARTS[part].fields).length > 0)
    .map((part) => ({ part, values: recipeOf(plan, part) }))
}

/** Returns the default settings of a part in the tab. */
export function defaultRecipe(part: TrainingPart, amount: Amount = {}): PlainRecipe {
  return PARTS[part].defaults(amount)
}

/**
 * Returns the stage of a model that a part of a training of this plan produced, such as `aligned-left` for
 * the last one.
 */
export function resultStage(plan: TrainingPlan, part: TrainingPart): string {
  return nameOfStage({ family: familyOf(plan, part), wanted: wantedOf(plan), own: true })
}

function familyOf(plan: TrainingPlan, part: TrainingPart): StageFamily {
  if (part === 'reward' || part === 'preference') return part
  return methodOf(plan).family ?? 'other'
}

/** Returns the files that may hold a training's parameters, those of the last part first. */
export function parameterFiles(plan: TrainingPlan): string[] {
  return partsOf(plan)
    .toReversed()
    .filter((part) => part !== 'clips')
    .flatMap((part) => [PARTS[part].files.result, PARTS[part].files.checkpoint])
    .filter((file) => file !== undefined)
}

/**
 * Returns the seconds that each part of a plan takes on the reference machine, with a network of
 * `parameters` parameters, those of `small` by default.
 */
export function referenceSeconds(
  plan: TrainingPlan,
  parameters?: number,
): Readonly<Partial<Record<TrainingPart, number>>> {
  const cost = clipCost(parameters)
  return Object.fromEntries(partsOf(plan).map((part) => [part, PARTS[part].seconds(plan, cost)]))
}

/** Returns the state of a run whose training ended in this way. */
export function stateAfter(end: TrainingEnd): 'done' | 'stopped' | 'diverged' {
  return end === 'by hand' ? 'stopped' : end === 'diverged' ? 'diverged' : 'done'
}
