import { Command, InvalidArgumentError, Option } from 'commander'
import { describeRange, type Fields, readRecipe } from '../alignment/index.ts'

export function wholeNumber(minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value
    throw new InvalidArgumentError(`Expected a whole number from ${minimum} to ${maximum}.`)
  }
}

/** Returns a parser of different whole numbers, separated by commas. */
export function wholeNumbers(minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
  const parsed = wholeNumber(minimum, maximum)
  return (text: string): readonly number[] => [...new Set(text.split(',').map(parsed))]
}

export function realNumber(minimum: number, maximum: number) {
  return (text: string): number => {
    const value = Number(text)
    if (text.trim() !== '' && value >= minimum && value <= maximum) return value
    throw new InvalidArgumentError(`Expected a number from ${minimum} to ${maximum}.`)
  }
}

export function recipeField(text: string, earlier: Record<string, string>): Record<string, string> {
  const [name, value, ...rest] = text.split('=')
  if (name && value && rest.length === 0) return { ...earlier, [name]: value }
  throw new InvalidArgumentError('Expected FIELD=VALUE, such as steps=500.')
}

/** Maximum seed: root keys are made from 32 bits. */
export const SEED = 0xffff_ffff

/** Recipe of a command: its settable fields, and defaults that override the fields' own. */
interface CommandRecipe {
  readonly fields: Fields
  readonly defaults?: Readonly<Record<string, unknown>>
  /** Sentence on a default that depends on another setting. */
  readonly note?: string
}

/**
 * Formats the fields accepted by `--set` as a help table: name, default, description, and range
 * with its unit.
 */
function recipeHelp({ fields, defaults, note }: CommandRecipe): string {
  const values = Object.entries(readRecipe(fields, defaults))
  const width = (column: 0 | 1) => Math.max(...values.map((pair) => String(pair[column]).length))
  const lines = values.flatMap(([name, value]) => {
    const field = fields[name]
    if (!field) return []
    const start = `${name.padEnd(width(0))}  ${String(value).padEnd(width(1))}`
    return [`  ${start}  ${field.help}: ${describeRange(field)}`]
  })
  return ['', 'Fields for --set, with their defaults:', ...lines, ...(note ? [note] : [])].join(
    '\n',
  )
}

/** Returns a command that trains a model, with the options shared by all such commands. */
export function trainingCommand(
  name: string,
  description: string,
  output: string,
  recipe: CommandRecipe,
): Command {
  return new Command(name)
    .addHelpText('after', recipeHelp(recipe))
    .description(description)
    .option('--seed <n>', 'seed for data and training', wholeNumber(0, SEED), 1)
    .option('--output <file>', 'where to write the model', output)
    .addOption(
      new Option('--set <field=value>', 'sets a field of the recipe; repeat for more')
        .argParser(recipeField)
        .default({}, 'none'),
    )
}

/** Returns a command that trains a policy, which is evaluated on episodes of its own play. */
export function policyCommand(...training: Parameters<typeof trainingCommand>): Command {
  return trainingCommand(...training).option(
    '--evaluation-episodes <n>',
    'number of episodes to evaluate the policy on',
    wholeNumber(1, 100_000),
    1000,
  )
}
