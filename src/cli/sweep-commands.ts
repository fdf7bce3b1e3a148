import { availableParallelism, hostname } from 'node:os'
import { Command, InvalidArgumentError, Option } from 'commander'
import { STYLE_WISHES, styleWishNamed, wishName } from '../evaluation/index.ts'
import { HOME_OUTCOMES, ISLANDS, TRAINED_ON } from '../island/index.ts'
import { LABEL_METHODS } from './experiments/method-cell.ts'
import {
  type ExperimentOptions,
  runAblations,
  runIslands,
  runMethods,
  runSweep,
  runVariety,
  runWishes,
  type WishesOptions,
} from './experiments/run.ts'
import { runWorker } from './experiments/runners.ts'
import { PLAYED } from './experiments/variety.ts'
import { wholeNumber } from './options.ts'

const credentials = () =>
  new Option('--credentials <file>', 'NATS credentials file (.creds) for the collector')

function experimentCommand<Chosen>(
  name: string,
  description: string,
  run: (options: Chosen & Pick<ExperimentOptions, 'command'>) => Promise<void>,
): Command {
  return new Command(name)
    .description(`${description}; finished cells are cached`)
    .option('--models <folder>', 'folder of the models and of the results to extend', 'models')
    .option('--work <folder>', 'where to cache finished cells', `runs/${name}`)
    .option(
      '--threads <n>',
      'threads for each cell, on any machine; another number may change last digits',
      wholeNumber(1, 1024),
      availableParallelism(),
    )
    .option(
      '--collector <address>',
      'NATS server that hands the cells to workers, such as nats://host:4222; this machine computes them if omitted',
    )
    .addOption(credentials())
    .option(
      '--page <port>',
      'serve the lab at this port with the progress of all workers, for browsers of this machine',
      wholeNumber(1, 65_535),
    )
    .action((options: Chosen, called: Command) => run({ ...options, command: calledAs(called) }))
}

/** Options that do not limit what is computed. */
const APART = ['models', 'work', 'threads', 'collector', 'credentials', 'page', 'keepTrials']

/** Returns a command with the options that limit it, such as `methods --labels 25,50 --seeds 3`. */
export function calledAs(command: Command): string {
  const words = command.options.flatMap((option) => {
    const name = option.attributeName()
    if (APART.includes(name) || command.getOptionValueSource(name) !== 'cli') return []
    const value: unknown = command.getOptionValue(name)
    return [`${option.long} ${Array.isArray(value) ? listed(value) : value}`]
  })
  return [command.name(), ...words].join(' ')
}

/** Returns the values of an option as they are written: numbers in one word, names in several. */
function listed(values: readonly unknown[]): string {
  if (values.every((value) => typeof value === 'number')) return values.join(',')
  return values.map((value) => (/ /.test(`${value}`) ? `'${value}'` : value)).join(' ')
}

function workerName(text: string): string {
  if (/^[\w-]{1,64}$/.test(text)) return text
  throw new InvalidArgumentError('Expected up to 64 letters, digits, hyphens and underscores.')
}

const worker = new Command('worker')
  .description('computes cells of sweeps and ablations that others hand to a collector')
  .argument('<collector>', 'address of the NATS server, such as nats://host:4222')
  .option(
    '--name <name>',
    'name in progress displays, unique among the workers',
    workerName,
    `${hostname()
      .replaceAll(/[^\w-]/g, '-')
      .slice(0, 40)}-${process.pid}`,
  )
  .option('--work <folder>', 'where to keep models, checkpoints and finished cells', 'runs/worker')
  .addOption(credentials())
  .action(runWorker)

function numbers(text: string): number[] {
  const found = text.split(',').map(Number)
  if (found.every((number) => Number.isSafeInteger(number) && number > 0)) return found
  throw new InvalidArgumentError('Expected whole numbers with commas between, such as 1,2,3.')
}

const prefer = () =>
  new Option('--prefer <jumppad...>', 'jumppads that the judge prefers')
    .choices(HOME_OUTCOMES)
    .default(['left', 'right'])

const KEEP_TRIALS = [
  '--keep-trials',
  'choose learning rates by the trials that are in the results file, and make only those that are not',
] as const

const ablations = experimentCommand(
  'ablations',
  'aligns with variants of the procedure, equally tuned',
  runAblations,
)
  .option('--only <variant...>', 'names of the variants to run, as in the results; all if omitted')
  .addOption(prefer())
  .option('--seeds <n,n>', 'training seeds', numbers, [1, 2, 3])
  .option(...KEEP_TRIALS)

const islands = experimentCommand(
  'islands',
  'evaluates the shipped agents and reward models on all shipped islands',
  runIslands,
)
  .addOption(
    new Option('--only <island...>', 'ids of the islands; all if omitted').choices(
      ISLANDS.map(({ id }) => id),
    ),
  )
  .option('--episodes <n>', 'episodes of each agent on each island', wholeNumber(1, 1e6), 1000)

const sweep = experimentCommand(
  'sweep',
  'reward models by encoder and number of comparisons',
  runSweep,
)
  .option(
    '--comparisons <n,n>',
    'numbers of comparisons, among 50, 100, 500, 1000 and 5000',
    numbers,
  )
  .option(
    '--seeds <n,n>',
    'training seeds; by default 20 for 50 and 100 comparisons, else 5',
    numbers,
  )
  .option(...KEEP_TRIALS)

const methods = experimentCommand(
  'methods',
  'compares the methods that learn from labels, with the settings of the Train page',
  runMethods,
)
  .addOption(
    new Option('--methods <method...>', 'methods to compare')
      .choices(LABEL_METHODS)
      .default(LABEL_METHODS),
  )
  .addOption(prefer())
  .option('--labels <n,n>', 'numbers of answers that prefer a clip', numbers, [25, 50, 100, 1000])
  .addOption(
    new Option('--pairs <rule>', 'rule that picks the pairs that the judge answers')
      .choices(['random', 'telling'])
      .default('random'),
  )
  .option('--seeds <n,n>', 'seeds of clips, pairs and training', numbers, [1, 2, 3])

const variety = experimentCommand(
  'variety',
  'aligns an agent with play on one island, on several or on another, and evaluates it on all',
  runVariety,
)
  .addOption(
    new Option(
      '--played <islands...>',
      'islands that are played; labelled: labels and play are on the island with the neck bent to the west; all by default, with --pretrained the first two',
    ).choices(PLAYED),
  )
  .addOption(
    new Option(
      '--pretrained <islands...>',
      'aligns agents of size nano that are pre-trained on these islands, instead of the fine-tuned agent',
    ).choices(TRAINED_ON),
  )
  .addOption(prefer())
  .option('--seeds <n,n>', 'seeds of clips, pairs and training', numbers, [1, 2, 3])

/** Wishes that are shipped: an easy one, one for a habit that is rare, and one that conflicts with arriving. */
const DEMONSTRATED = ['less shore-distance', 'more swinging', 'less pace']

const wishes = experimentCommand(
  'wishes',
  'aligns agents with wishes about how they arrive',
  (options: Omit<WishesOptions, 'wishes'> & { readonly wishes: readonly string[] }) =>
    runWishes({ ...options, wishes: options.wishes.flatMap((name) => styleWishNamed(name) ?? []) }),
)
  .addOption(
    new Option('--wishes <wish...>', 'measures of style, of which the judge prefers more or less')
      .choices(STYLE_WISHES.map(wishName))
      .default(DEMONSTRATED),
  )
  .addOption(
    new Option('--starts <stage...>', 'shipped agents to start from')
      .choices(['base', 'fine-tuned'])
      .default(['base', 'fine-tuned']),
  )
  .option('--seeds <n,n>', 'seeds of clips, pairs and training', numbers, [1, 2, 3])

/** Commands whose work may be spread over many machines. */
export const SWEEP_COMMANDS = [ablations, islands, methods, sweep, variety, wishes, worker]
