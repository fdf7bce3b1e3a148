import { z } from 'zod'

/** Numeric setting; its range defines the form, the command-line check and the check of saved records. */
export interface NumberField {
  readonly kind: 'number'
  readonly default: number
  readonly minimum: number
  readonly maximum: number
  /** Whether only whole numbers are allowed. */
  readonly integer: boolean
  /** Unit of the number; empty for plain ratios. */
  readonly unit: string
  readonly help: string
}

/** Setting with a few named choices. */
export interface ChoiceField<Choice extends string = string> {
  readonly kind: 'choice'
  readonly default: Choice
  readonly choices: readonly Choice[]
  readonly help: string
}

export type Field = NumberField | ChoiceField
export type Fields = Readonly<Record<string, Field>>

/** Values of a set of fields. */
export type RecipeOf<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends ChoiceField<infer Choice> ? Choice : number
}

interface NumberOptions {
  readonly minimum: number
  readonly maximum: number
  readonly unit?: string
  readonly help: string
}

export function whole(value: number, options: NumberOptions): NumberField {
  return { kind: 'number', default: value, integer: true, unit: '', ...options }
}

export function real(value: number, options: NumberOptions): NumberField {
  return { kind: 'number', default: value, integer: false, unit: '', ...options }
}

export function choice<const Choice extends string>(
  value: Choice,
  choices: readonly Choice[],
  help: string,
): ChoiceField<Choice> {
  return { kind: 'choice', default: value, choices, help }
}

function fieldSchema(field: Field): z.ZodType<number | string> {
  if (field.kind === 'choice') return z.enum(field.choices)
  const number = z.coerce.number().min(field.minimum).max(field.maximum)
  return field.integer ? number.int() : number
}

/**
 * Reads a recipe from plain values (command-line strings, a form, a saved record); missing values take
 * their defaults. Throws an Error that names the field, the value found and the values allowed.
 */
export function readRecipe<const F extends Fields>(
  fields: F,
  values: Readonly<Record<string, unknown>> = {},
): RecipeOf<F> {
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(fields, name)) {
      throw new Error(
        `The recipe has no field "${name}": expected any of ${Object.keys(fields).join(', ')}`,
      )
    }
  }
  const entries = Object.entries(fields).map(([name, field]) => {
    const value = values[name]
    if (value === undefined) return [name, field.default]
    const read = fieldSchema(field).safeParse(value)
    if (!read.success) {
      throw new Error(`The recipe's ${name} is ${String(value)}, expected ${describeRange(field)}`)
    }
    return [name, read.data]
  })
  // The entries were made from the fields one by one, each checked against its own field.
  return Object.fromEntries(entries) as RecipeOf<F>
}

/** Returns a description of the values that a field allows. */
export function describeRange(field: Field): string {
  if (field.kind === 'choice') return `one of ${field.choices.join(', ')}`
  const kind = field.integer ? 'a whole number' : 'a number'
  const unit = field.unit === '' ? '' : ` ${field.unit}`
  return `${kind} from ${field.minimum} to ${field.maximum}${unit}`
}
