import { Command, InvalidArgumentError } from 'commander'

export function wholeNumber(minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value
    throw new InvalidArgumentError(`Expected a whole number from ${minimum} to ${maximum}.`)
  }
}

export function realNumber(minimum: number, maximum: number) {
  return (text: string): number => {
    const value = Number(text)
    if (text.trim() !== '' && value >= minimum && value <= maximum) return value
    throw new InvalidArgumentError(`Expected a number from ${minimum} to ${maximum}.`)
  }
}

function recipeField(text: string, earlier: Record<string, string>): Record<string, string> {
  const [name, value] = text.split('=')
  if (name && value !== undefined) return { ...earlier, [name]: value }
  throw new InvalidArgumentError('Expected FIELD=VALUE, such as steps=500.')
}

/** The highest seed: a root key is made from 32 bits. */
export const SEED = 0xffff_ffff

/** A command that makes a model, with the options all of them have. */
export function trainingCommand(name: string, description: string, output: string): Command {
  return new Command(name)
    .description(description)
    .option('--seed <n>', 'seed of data and training', wholeNumber(0, SEED), 1)
    .option('--output <file>', 'where the model goes', output)
    .option('--set <field=value>', 'a field of the recipe, again for more', recipeField, {})
    .option('--evaluation-episodes <n>', 'episodes to score it on', wholeNumber(1, 100_000), 1000)
}
