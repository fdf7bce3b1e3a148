import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { CONTRASTIVE_FIELDS, REINFORCEMENT_FIELDS, REWARD_FIELDS } from '../alignment/index.ts'
import { HOME_OUTCOMES, type Outcome } from '../island/index.ts'
import { SIZE_NAMES } from '../network/index.ts'
import {
  BEST_OF_PLAY_FIELDS,
  MAIN_LINE,
  PREFERENCE_FIELDS,
  readResults,
} from '../procedure/index.ts'
import type { Device } from '../runtime/index.ts'
import { createNativeDevice } from '../runtime-node/index.ts'
import { makeBestOfPlay } from './align/best-of-play.ts'
import { makeContrastive } from './align/contrastive.ts'
import { judge } from './align/judge.ts'
import { AgentPools } from './align/pools.ts'
import { makePreference } from './align/prefer.ts'
import { makeAligned } from './align/reinforce.ts'
import { makeReward } from './align/reward.ts'
import { policyCommand, realNumber, SEED, trainingCommand, wholeNumber } from './options.ts'
import { pipeline } from './pipeline/pipeline.ts'
import { writeReport } from './report/write-report.ts'

const FINE_TUNED = 'models/fine-tuned.onnx'
const prefer = () =>
  new Option('--prefer <jumppad>', 'the preferred jumppad').choices(HOME_OUTCOMES).default('left')

async function withDevice(work: (device: Device) => Promise<unknown>): Promise<void> {
  const device = await createNativeDevice()
  try {
    await work(device)
  } finally {
    await device.close()
  }
}

const named = (output: string | undefined, stage: string, wanted: Outcome): string =>
  output ?? `models/${stage}-${wanted}.onnx`

/** Gives a command the options of those that learn from a judge's comparisons of an agent's play. */
const judged = (command: Command) =>
  command
    .argument('[agent]', 'the policy whose play is compared', FINE_TUNED)
    .addOption(prefer())
    .option(
      '--comparisons <n>',
      'number of pairs shown to the judge',
      wholeNumber(1, 1_000_000),
      1000,
    )
    .option(
      '--clips <n>',
      'number of clips that pairs are drawn from',
      wholeNumber(2, 100_000),
      1000,
    )
    .option('--noise <share>', 'share of verdicts that are wrong', realNumber(0, 1), 0)
    .option('--cant-tell <share>', 'share of pairs that the judge can’t tell', realNumber(0, 1), 0)

const reward = judged(
  trainingCommand('reward', 'a reward model from comparisons of an agent’s play', '', {
    fields: REWARD_FIELDS,
    note: 'If omitted, steps is 0.6 times the number of comparisons, from 150 to 1000.',
  }),
)
  .addOption(
    new Option('--encoder <kind>', 'where the trunk starts from')
      .choices(['agent', 'random'])
      .default('agent'),
  )
  .action((agent: string, { prefer: wanted, set, output, ...options }) =>
    withDevice(async (device) => {
      const pools = await new AgentPools(device).of(agent)
      const settings = {
        ...options,
        wanted,
        recipe: set,
        test: { clips: 400, comparisons: 2000 },
      }
      const file = named(output || undefined, 'reward', wanted)
      await makeReward(device, pools, agent, file, settings, `runs/reward-${wanted}`)
    }),
  )

const preference = policyCommand('preference', 'imitation of an agent’s own best episodes', '', {
  fields: PREFERENCE_FIELDS,
})
  .argument('[agent]', 'the policy to start from', FINE_TUNED)
  .addOption(prefer())
  .option('--reward <file>', 'the reward model; models/reward-….onnx if omitted')
  .action((agent: string, { prefer: wanted, set, output, reward: scorer, ...options }) =>
    withDevice((device) =>
      makePreference(
        device,
        agent,
        named(scorer, 'reward', wanted),
        named(output || undefined, 'preference', wanted),
        { ...options, wanted, recipe: set },
      ),
    ),
  )

const bestOfPlay = policyCommand(
  'best-of-play',
  'imitation of an agent’s own best episodes in several rounds of play',
  '',
  { fields: BEST_OF_PLAY_FIELDS },
)
  .argument('[agent]', 'the policy to start from', FINE_TUNED)
  .addOption(prefer())
  .option('--reward <file>', 'the reward model; models/reward-….onnx if omitted')
  .action((agent: string, { prefer: wanted, set, output, reward: scorer, ...options }) =>
    withDevice((device) =>
      makeBestOfPlay(
        device,
        agent,
        named(scorer, 'reward', wanted),
        named(output || undefined, 'best-of-play', wanted),
        { ...options, wanted, recipe: set },
        `runs/best-of-play-${wanted}`,
      ),
    ),
  )

const contrastive = judged(
  policyCommand(
    'contrastive',
    'contrastive preference learning: an agent from comparisons of its play, without a reward model',
    '',
    { fields: CONTRASTIVE_FIELDS },
  ),
).action((agent: string, { prefer: wanted, set, output, ...options }) =>
  withDevice((device) =>
    makeContrastive(
      device,
      agent,
      named(output || undefined, 'contrastive', wanted),
      { ...options, wanted, recipe: set },
      `runs/contrastive-${wanted}`,
    ),
  ),
)

const reinforce = policyCommand('reinforce', 'reinforcement learning on a learned reward', '', {
  fields: REINFORCEMENT_FIELDS,
})
  .argument('[agent]', 'the policy to start from; models/preference-….onnx if omitted')
  .addOption(prefer())
  .option('--reward <file>', 'the reward model; models/reward-….onnx if omitted')
  .action(
    (agent: string | undefined, { prefer: wanted, set, output, reward: scorer, ...options }) =>
      withDevice((device) =>
        makeAligned(
          device,
          named(agent, 'preference', wanted),
          named(scorer, 'reward', wanted),
          named(output || undefined, 'aligned', wanted),
          { ...options, wanted, recipe: set, variant: MAIN_LINE },
          `runs/aligned-${wanted}`,
        ),
      ),
  )

const judging = new Command('judge')
  .description('evaluates a reward model on new comparisons')
  .argument('<reward>', 'a reward model’s ONNX file')
  .addOption(prefer())
  .option('--comparisons <n>', 'number of pairs to compare', wholeNumber(1, 70_000), 500)
  .option(
    '--seed <n>',
    'seed; every value gives comparisons unseen in training',
    wholeNumber(0, SEED),
    1,
  )
  .option('--agent <file>', 'the policy whose play is compared', FINE_TUNED)
  .option('--json', 'write one JSON object to standard output and nothing else', false)
  .action(judge)

const wholeLine = new Command('pipeline')
  .description('every stage in sequence; results of unchanged inputs are reused')
  .addOption(
    new Option('--size <name>', 'size of the networks; nano runs everything at small scale')
      .choices(SIZE_NAMES)
      .default('small'),
  )
  .option(
    '--output <folder>',
    'where to write models and results; default: models, or runs/nano for nano',
  )
  .option('--work <folder>', 'where to cache results; runs/pipeline-… if omitted')
  .action(({ size, output, work }) =>
    pipeline({
      size,
      output: output ?? (size === 'small' ? 'models' : `runs/${size}`),
      work: work ?? `runs/pipeline-${size}`,
    }),
  )

const report = new Command('report')
  .description('writes docs/results.md and its pictures from results')
  .argument('[results]', 'a results file', 'models/results.json')
  .option('--output <folder>', 'where to write the report', 'docs')
  .action(async (path: string, { output }: { output: string }) => {
    await writeReport(readResults(JSON.parse(await readFile(path, 'utf8'))), join(output))
  })

/** Commands from reward model training to the results report. */
export const ALIGNMENT_COMMANDS = [
  reward,
  preference,
  reinforce,
  bestOfPlay,
  contrastive,
  judging,
  wholeLine,
  report,
]
