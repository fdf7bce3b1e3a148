/** Command line of the lab, independent of the process in which it runs. */
import { Command, CommanderError, Option } from 'commander'
import { IMITATION_FIELDS } from '../alignment/index.ts'
import { START_KINDS, TRAINED_ON } from '../island/index.ts'
import { SIZE_NAMES } from '../network/index.ts'
import { CURATED_CLIPS, PRETRAINING_EPISODES } from '../players/index.ts'
import { IMITATION_STAGES } from '../procedure/index.ts'
import { ALIGNMENT_COMMANDS } from './alignment-commands.ts'
import { InterruptedError, oneSentence } from './errors.ts'
import { evaluate } from './evaluate.ts'
import { policyCommand, realNumber, SEED, wholeNumber } from './options.ts'
import { finetune, pretrain, scratch } from './stages.ts'
import { studyCommand } from './study/commands.ts'
import { SWEEP_COMMANDS } from './sweep-commands.ts'
import { tooFewCommand } from './too-few/command.ts'

/** Exit code for errors that the user can fix. */
const USAGE_EXIT = 2

/** Exit code after Ctrl+C, as shells expect it. */
const INTERRUPTED_EXIT = 130

/**
 * Runs one command and returns its exit code; an error is reported as one sentence on standard
 * error. `words` are the arguments after the script name.
 */
export async function lab(words: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(words, { from: 'user' })
    return 0
  } catch (error) {
    // Commander also throws after printing help or the version, with exit code 0.
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    // A command that only groups others has printed its help, which says more than an error.
    if (error instanceof CommanderError && error.code === 'commander.help') return USAGE_EXIT
    process.stderr.write(`${oneSentence(error).replace(/^error: /, '')}\n`)
    return error instanceof InterruptedError ? INTERRUPTED_EXIT : USAGE_EXIT
  }
}

const size = () =>
  new Option('--size <name>', 'size of the network').choices(SIZE_NAMES).default('small')

const clips = () =>
  new Option('--clips <n>', 'number of curated clips, a multiple of three')
    .argParser(wholeNumber(3))
    .default(CURATED_CLIPS)

const islands = () =>
  new Option('--islands <which>', 'islands of the training data: the first, or several in turn')
    .choices(TRAINED_ON)
    .default('first')

function pretrainCommand(): Command {
  return policyCommand('pretrain', 'imitation of the whole population', 'models/base.onnx', {
    fields: IMITATION_FIELDS,
    defaults: IMITATION_STAGES.base,
  })
    .addOption(size())
    .option(
      '--episodes <n>',
      'number of episodes in the data set',
      wholeNumber(1),
      PRETRAINING_EPISODES,
    )
    .addOption(islands())
    .action(async ({ set, ...options }) => {
      await pretrain({ ...options, recipe: set })
    })
}

function finetuneCommand(): Command {
  return policyCommand('finetune', 'imitation of the curated clips', 'models/fine-tuned.onnx', {
    fields: IMITATION_FIELDS,
    defaults: IMITATION_STAGES['fine-tuned'],
  })
    .argument('[model]', 'the policy to start from', 'models/base.onnx')
    .addOption(clips())
    .addOption(islands())
    .action(async (model: string, { set, ...options }) => {
      await finetune(model, { ...options, recipe: set })
    })
}

function scratchCommand(): Command {
  return policyCommand('scratch', 'imitation of the curated clips alone', 'models/scratch.onnx', {
    fields: IMITATION_FIELDS,
    defaults: IMITATION_STAGES.scratch,
  })
    .addOption(size())
    .addOption(clips())
    .addOption(islands())
    .action(async ({ set, ...options }) => {
      await scratch({ ...options, recipe: set })
    })
}

function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('plays new episodes with a policy and counts how they end')
    .argument('<model>', 'a policy’s ONNX file')
    .option('--episodes <n>', 'number of episodes', wholeNumber(1, 1_000_000), 1000)
    .option(
      '--seed <n>',
      'seed; every value gives episodes unseen in training',
      wholeNumber(0, SEED),
      1,
    )
    .addOption(
      new Option('--start <kind>', 'where the episodes start')
        .choices(START_KINDS)
        .default('spawn'),
    )
    .option('--island <name>', 'a shipped island, or an island file; the first island if omitted')
    .option('--temperature <t>', 'sampling temperature', realNumber(0, 10), 1)
    .option('--islands <n>', 'number of episodes played in lockstep', wholeNumber(1, 1024), 64)
    .option('--json', 'write one JSON object to standard output and nothing else', false)
    .action(evaluate)
}

function createProgram(): Command {
  const program = new Command('lab')
    .description('Trains and evaluates the agents of Jumppad')
    .exitOverride()
    .configureOutput({ outputError: () => {} })
  const commands = [
    pretrainCommand(),
    finetuneCommand(),
    scratchCommand(),
    ...ALIGNMENT_COMMANDS,
    ...SWEEP_COMMANDS,
    tooFewCommand,
    evaluateCommand(),
    studyCommand(program),
  ]
  for (const command of commands) program.addCommand(command)
  for (const command of commands) command.exitOverride().copyInheritedSettings(program)
  return program
}
