import { Command, InvalidArgumentError, Option } from 'commander'
import { HOME_OUTCOMES } from '../../island/index.ts'
import { FEWEST_PREFERENCES } from '../../procedure/training/index.ts'
import { recipeField, SEED, wholeNumber, wholeNumbers } from '../options.ts'
import { tooFew } from './too-few.ts'

function partField(text: string, earlier: Record<string, string>): Record<string, string> {
  if (/^(reward|reinforcement)\./.test(text)) return recipeField(text, earlier)
  throw new InvalidArgumentError(
    'Expected reward.FIELD=VALUE or reinforcement.FIELD=VALUE, such as reinforcement.steps=50.',
  )
}

export const tooFewCommand = new Command('too-few')
  .description(
    'aligns an agent on few labels and on more, for the page about it; finished trainings are cached',
  )
  .addOption(
    new Option('--prefer <jumppad>', 'the preferred jumppad')
      .choices(HOME_OUTCOMES)
      .default('left'),
  )
  .option(
    '--labels <n,…>',
    'numbers of answers that prefer a side',
    wholeNumbers(FEWEST_PREFERENCES, 1000),
    [10, 25, 50],
  )
  .option(
    '--seeds <n,…>',
    'seeds of clips, pairs and training',
    wholeNumbers(0, SEED),
    [1, 2, 3, 4, 5, 6],
  )
  .option('--agent <file>', 'the policy to start from', 'models/fine-tuned.onnx')
  .option(
    '--episodes <n>',
    'number of fresh episodes on which each agent is measured',
    wholeNumber(1, 100_000),
    400,
  )
  .option(
    '--test-clips <n>',
    'number of fresh clips on which reward models are tested, each in about ten pairs',
    wholeNumber(12, 10_000),
    300,
  )
  .option('--output <file>', 'where to write the results', 'models/too-few-labels.json')
  .option('--work <folder>', 'where to keep checkpoints and finished trainings', 'runs/too-few')
  .addOption(
    new Option('--set <part.field=value>', 'sets a field of a recipe; repeat for more')
      .argParser(partField)
      .default({}, 'none'),
  )
  .action(tooFew)
