/** The recipes of each kind of training: their fields, their defaults, and what was typed into them. */
import {
  describeRange,
  type Field,
  type Fields,
  IMITATION_FIELDS,
  REINFORCEMENT_FIELDS,
  REWARD_FIELDS,
  readRecipe,
} from '../../alignment/index.ts'
import { IMITATION_STAGES, PREFERENCE_FIELDS, rewardSteps } from '../../procedure/index.ts'
import type { TrainingKind, TrainingPlan } from '../../procedure/training/plan.ts'
import type { TrainingPart } from '../../procedure/training/reports.ts'
import type { Typed } from './draft.ts'

/** Parts that have a recipe. */
export type RecipePart = Exclude<TrainingPart, 'clips'>
export type RecipeValues = Readonly<Record<string, number | string>>

/** How many comparisons a reward model gets where nothing is known of them yet. */
const SOME_COMPARISONS = 500

export function recipePartsOf(kind: TrainingKind, preferenceFineTuning: boolean): RecipePart[] {
  if (kind === 'fine-tune') return ['imitation']
  if (kind !== 'align') return [kind]
  return preferenceFineTuning
    ? ['reward', 'preference', 'reinforcement']
    : ['reward', 'reinforcement']
}

/** The fields of a part; the defaults of a reward model follow from the number of its comparisons. */
export function fieldsOf(part: RecipePart, comparisons = SOME_COMPARISONS): Fields {
  if (part === 'imitation') return withDefaults(IMITATION_FIELDS, IMITATION_STAGES['fine-tuned'])
  if (part === 'reward') return withDefaults(REWARD_FIELDS, { steps: rewardSteps(comparisons) })
  return part === 'preference' ? PREFERENCE_FIELDS : REINFORCEMENT_FIELDS
}

function withDefaults(fields: Fields, values: Readonly<Record<string, number>>): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const value = values[name]
      const changed = value !== undefined && field.kind === 'number'
      return [name, changed ? { ...field, default: value } : field]
    }),
  )
}

/** What is wrong with a text typed into a field, as half a sentence; undefined where nothing is. */
export function problemOfText(field: Field, text: string): string | undefined {
  try {
    // Nothing at all would be read as zero.
    if (text.trim() === '') throw new Error('empty')
    readRecipe({ field }, { field: text.trim() })
    return undefined
  } catch {
    return `expected ${describeRange(field)}`
  }
}

/** The whole recipe of a part; undefined while a text that was typed cannot be read. */
export function readTypedRecipe(
  part: RecipePart,
  fields: Fields,
  typed: Typed,
): RecipeValues | undefined {
  const values: Record<string, string> = {}
  for (const [name, field] of Object.entries(fields)) {
    const text = typed[`${part}.${name}`]
    if (text === undefined) continue
    if (problemOfText(field, text) !== undefined) return undefined
    values[name] = text.trim()
  }
  return readRecipe(fields, values)
}

/** A setting of a plan that is not at its default. */
export interface Change {
  readonly part: RecipePart
  readonly name: string
  readonly value: number | string | boolean
  readonly usual: number | string
}

/** Every recipe of a plan, by part. */
export function recipesOf(plan: TrainingPlan): { part: RecipePart; values: PlannedRecipe }[] {
  if (plan.kind === 'align') {
    return recipePartsOf('align', plan.preferenceFineTuning).map((part) => ({
      part,
      values: part === 'imitation' ? {} : plan.recipes[part],
    }))
  }
  return recipePartsOf(plan.kind, false).map((part) => ({ part, values: plan.recipe }))
}
type PlannedRecipe = Readonly<Record<string, number | string | boolean>>

/** In what the recipes of a plan depart from their defaults. */
export function changesIn(plan: TrainingPlan): Change[] {
  const comparisons = 'labels' in plan ? plan.labels.comparisons : undefined
  return recipesOf(plan).flatMap(({ part, values }) =>
    Object.entries(fieldsOf(part, comparisons)).flatMap(([name, field]) => {
      const value = values[name]
      return value === undefined || value === field.default
        ? []
        : [{ part, name, value, usual: field.default }]
    }),
  )
}
