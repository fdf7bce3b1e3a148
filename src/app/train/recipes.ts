/** Settings of each kind of training: their fields, their defaults, and what was typed into them. */
import { describeRange, type Field, type Fields, readRecipe } from '../../alignment/index.ts'
import {
  type Amount,
  amountOf,
  defaultRecipe,
  METHODS,
  PARTS,
  type PlainRecipe,
  recipesOf,
  type TrainingKind,
  type TrainingPart,
  type TrainingPlan,
} from '../../procedure/training/index.ts'
import { readNumber } from '../ui/number-text.ts'
import type { Typed } from './draft.ts'

/** Returns the parts of a kind of training that have settings. */
export function recipePartsOf(
  kind: TrainingKind,
  preferenceFineTuning: boolean,
): readonly TrainingPart[] {
  const parts = METHODS[kind].parts({ preferenceFineTuning })
  return parts.filter((part) => Object.keys(PARTS[part].fields).length > 0)
}

/** Returns the fields of a part; some defaults depend on the amount of training data. */
export function fieldsOf(part: TrainingPart, amount: Amount): Fields {
  const defaults = defaultRecipe(part, amount)
  return Object.fromEntries(
    Object.entries(PARTS[part].fields).map(([name, field]: [string, Field]) => [
      name,
      withDefault(field, defaults[name]),
    ]),
  )
}

/** Returns a field with another default, where the value is one that the field can have. */
function withDefault(field: Field, value: PlainRecipe[string] | undefined): Field {
  if (field.kind === 'number') {
    return typeof value === 'number' ? { ...field, default: value } : field
  }
  const choice = field.choices.find((each) => each === value)
  return choice === undefined ? field : { ...field, default: choice }
}

/** Returns the problem with a text typed into a field, as half a sentence; undefined if it is valid. */
export function problemOfText(field: Field, text: string): string | undefined {
  if (field.kind === 'number') return readNumber(text, field).problem
  return field.choices.includes(text) ? undefined : `expected ${describeRange(field)}`
}

/** Returns the whole recipe of a part; undefined while a typed text is invalid. */
export function readTypedRecipe(
  part: TrainingPart,
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

/** Setting of a plan that is not at its default. */
export interface Change {
  readonly part: TrainingPart
  readonly name: string
  readonly value: number | string | boolean
  readonly usual: number | string
}

/** Returns the settings of a plan that are not at their defaults. */
export function changesIn(plan: TrainingPlan): Change[] {
  const amount = amountOf(plan)
  return recipesOf(plan).flatMap(({ part, values }) =>
    Object.entries(fieldsOf(part, amount)).flatMap(([name, { default: usual }]) => {
      // A plan from before there was such a setting is trained with the field's own default.
      const value = values[name] ?? PARTS[part].fields[name]?.default
      return value === undefined || value === usual ? [] : [{ part, name, value, usual }]
    }),
  )
}
