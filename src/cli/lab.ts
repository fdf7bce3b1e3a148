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
import { realNumber, SEED, trainingCommand, wholeNumber } from './options.ts'
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

/** Returns the option that says on which islands the players of the training data are. */
const islandsOption = () =>
  new Option('--islands <which>', 'islands of the training data: the first, or several in turn')
    .choices(TRAINED_ON)
    .default('first')

function createProgram(): Command {
  const program = new Command('lab')
    .description('Trains and evaluates the agents of Jumppad')
    .exitOverride()
    .configureOutput({ outputError: () => {} })

  program.addCommand(
    trainingCommand('pretrain', 'imitation of the whole population', 'models/base.onnx', {
      fields: IMITATION_FIELDS,
      defaults: IMITATION_STAGES.base,
    })
      .addOption(
        new Option('--size <name>', 'size of the network').choices(SIZE_NAMES).default('small'),
      )
      .option(
        '--episodes <n>',
        'number of episodes in the data set',
        wholeNumber(1),
        PRETRAINING_EPISODES,
      )
      .addOption(islandsOption())
      .action(async ({ set, ...options }) => {
        await pretrain({ ...options, recipe: set })
      }),
  )

  program.addCommand(
    trainingCommand('finetune', 'imitation of the curated clips', 'models/fine-tuned.onnx', {
      fields: IMITATION_FIELDS,
      defaults: IMITATION_STAGES['fine-tuned'],
    })
      .argument('[model]', 'the policy to start from', 'models/base.onnx')
      .option(
        '--clips <n>',
        'number of curated clips, a multiple of three',
        wholeNumber(3),
        CURATED_CLIPS,
      )
      .addOption(islandsOption())
      .action(async (model: string, { set, ...options }) => {
        await finetune(model, { ...options, recipe: set })
      }),
  )

  program.addCommand(
    trainingCommand('scratch', 'imitation of the curated clips alone', 'models/scratch.onnx', {
      fields: IMITATION_FIELDS,
      defaults: IMITATION_STAGES.scratch,
    })
      .addOption(
        new Option('--size <name>', 'size of the network').choices(SIZE_NAMES).default('small'),
      )
      .option(
        '--clips <n>',
        'number of curated clips, a multiple of three',
        wholeNumber(3),
        CURATED_CLIPS,
      )
      .addOption(islandsOption())
      .action(async ({ set, ...options }) => {
        await scratch({ ...options, recipe: set })
      }),
  )

  for (const command of [...ALIGNMENT_COMMANDS, ...SWEEP_COMMANDS, tooFewCommand])
    program.addCommand(command)

  program.addCommand(
    new Command('evaluate')
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
      .option('--temperature <t>', 'sampling temperature', realNumber(0, 10), 1)
      .option('--islands <n>', 'number of islands played in lockstep', wholeNumber(1, 1024), 64)
      .option('--json', 'write one JSON object to standard output and nothing else', false)
      .action(evaluate),
  )

  program.addCommand(studyCommand(program))

  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program)
  return program
}
