/** The recipes of each kind of training: their fields, their defaults, and what was typed into them. */
import { describeRange, type Field, type Fields, readRecipe } from '../../alignment/index.ts'
import {
  type Amount,
  defaultRecipe,
  type LearningPart,
  PART_FIELDS,
  type PlainRecipe,
  partsOf,
  recipeOf,
  type TrainingKind,
  type TrainingPlan,
} from '../../procedure/training/index.ts'
import { readNumber } from '../ui/number-text.ts'
import type { Typed } from './draft.ts'

/** The parts with a recipe that a training of this kind has. */
export function recipePartsOf(kind: TrainingKind, preferenceFineTuning: boolean): LearningPart[] {
  if (kind === 'fine-tune') return ['imitation']
  if (kind !== 'align') return [kind]
  return preferenceFineTuning
    ? ['reward', 'preference', 'reinforcement']
    : ['reward', 'reinforcement']
}

/** The fields of a part; some defaults follow from how much there is to learn from. */
export function fieldsOf(part: LearningPart, amount: Amount): Fields {
  const defaults = defaultRecipe(part, amount)
  return Object.fromEntries(
    Object.entries(PART_FIELDS[part]).map(([name, field]: [string, Field]) => {
      const value = defaults[name]
      const suits = field.kind === 'number' && typeof value === 'number'
      return [name, suits ? { ...field, default: value } : field]
    }),
  )
}

/** What is wrong with a text typed into a field, as half a sentence; undefined where nothing is. */
export function problemOfText(field: Field, text: string): string | undefined {
  if (field.kind === 'number') return readNumber(text, field).problem
  return field.choices.includes(text) ? undefined : `expected ${describeRange(field)}`
}

/** The whole recipe of a part; undefined while a text that was typed cannot be read. */
export function readTypedRecipe(
  part: LearningPart,
  fields: Fields,
  typed: Typed,
): PlainRecipe | undefined {
  const values: Record<string, string | number> = {}
  for (const [name, field] of Object.entries(fields)) {
    const text = typed[`${part}.${name}`]
    if (text === undefined) continue
    const value = field.kind === 'number' ? readNumber(text, field).value : text
    if (value === undefined) return undefined
    values[name] = value
  }
  return readRecipe(fields, values)
}

/** A setting of a plan that is not at its default. */
export interface Change {
  readonly part: LearningPart
  readonly name: string
  readonly value: number | string | boolean
  readonly usual: number | string
}

/** Every recipe of a plan, by part. */
export function recipesOf(plan: TrainingPlan): { part: LearningPart; values: PlainRecipe }[] {
  return partsOf(plan)
    .filter((part) => part !== 'clips')
    .map((part) => ({ part, values: recipeOf(plan, part) }))
}

/** How much a plan learns from. */
function amountOf(plan: TrainingPlan): Amount {
  if (plan.kind === 'fine-tune') return { clips: plan.clips.count }
  return 'labels' in plan ? { comparisons: plan.labels.comparisons } : {}
}

/** In what the recipes of a plan depart from their defaults. */
export function changesIn(plan: TrainingPlan): Change[] {
  const amount = amountOf(plan)
  return recipesOf(plan).flatMap(({ part, values }) =>
    Object.entries(fieldsOf(part, amount)).flatMap(([name, field]) => {
      const value = values[name]
      return value === undefined || value === field.default
        ? []
        : [{ part, name, value, usual: field.default }]
    }),
  )
}
