import { rm } from 'node:fs/promises'
import { type HomeOutcome, WORLD_VERSION } from '../../island/index.ts'
import { exportModel } from '../../network/index.ts'
import {
  labelCounts,
  readTooFewLabels,
  shownRun,
  TOO_FEW_VERSION,
  type TooFewLabels,
  type TooFewRun,
} from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { Pools } from '../align/pools.ts'
import { testSet } from '../align/reward.ts'
import { UsageError } from '../errors.ts'
import { replaceFile } from '../folder-store.ts'
import { readModel } from '../read-model.ts'
import { fileNameOf, StageCache } from '../stage-cache.ts'
import { cannotWrite, machine } from '../write-model.ts'
import { AnsweredPairs, type ComparedAgent } from './answers.ts'
import { answersOf, pairsOf } from './labelled.ts'
import { measuredPolicy, measuredReward } from './measuring.ts'
import { type TrainingSettings, train } from './training.ts'

interface TooFewOptions {
  readonly prefer: HomeOutcome
  /** Numbers of answers that prefer a side. */
  readonly labels: readonly number[]
  readonly seeds: readonly number[]
  /** Path of the policy to start from. */
  readonly agent: string
  /** Number of fresh episodes on which each agent is measured. */
  readonly episodes: number
  /** Number of fresh clips on which reward models are tested. */
  readonly testClips: number
  readonly output: string
  /** Folder of checkpoints and of finished trainings. */
  readonly work: string
  readonly set: Readonly<Record<string, string>>
}

/** Number of pairs that are drawn from the fresh clips for each of them. */
const PAIRS_PER_CLIP = 5

/**
 * Aligns an agent on few labels and on more, with several seeds each, and writes what the lab's page
 * about it shows. A command that was interrupted resumes from the last checkpoint.
 */
export async function tooFew(options: TooFewOptions): Promise<void> {
  const device = await createNativeDevice()
  try {
    const data = await new Experiment(device, options, await readAgent(options.agent)).run()
    await writeFile(options.output, data)
  } finally {
    await device.close()
  }
}

interface StartingAgent extends ComparedAgent {
  readonly bytes: Uint8Array
  readonly stage: string
}

async function readAgent(path: string): Promise<StartingAgent> {
  const { bytes, digest, layout, parameters, card } = await readModel(path, 'policy')
  return { bytes, layout, parameters, stage: card.stage, sha256: digest }
}

/** All trainings of one command, which share the starting agent's clips. */
class Experiment {
  readonly #device: Device
  readonly #options: TooFewOptions
  readonly #agent: StartingAgent
  readonly #cache: StageCache
  readonly #pools: Pools
  readonly #answers = new Map<number, AnsweredPairs>()

  constructor(device: Device, options: TooFewOptions, agent: StartingAgent) {
    this.#device = device
    this.#options = options
    this.#agent = agent
    this.#cache = StageCache.in(options.work)
    this.#pools = new Pools(device, agent)
  }

  async run(): Promise<TooFewLabels> {
    const { prefer, labels, seeds, agent, episodes } = this.#options
    const { value: start } = await this.#cache.made({
      name: 'starting agent',
      settings: { episodes },
      reads: [agent],
      make: () => measuredPolicy(this.#device, this.#agent.bytes, episodes),
    })
    const runs: TooFewRun[] = []
    for (const seed of seeds) {
      for (const count of labels) runs.push(await this.#trained(count, seed))
    }
    const { stage, sha256: digest } = this.#agent
    return onlyShownPairs({
      version: TOO_FEW_VERSION,
      worldVersion: WORLD_VERSION,
      prefer,
      machine: machine(this.#device),
      agent: { stage, sha256: digest, ...start },
      test: this.#test,
      runs,
    })
  }

  async #trained(labels: number, seed: number): Promise<TooFewRun> {
    const { prefer, agent, episodes, set } = this.#options
    const settings: TrainingSettings = { prefer, labels, seed, set }
    const name = `${labels} labels ${prefer} seed ${seed}`
    const folder = this.#cache.path(`checkpoints/${fileNameOf(name)}`)
    const { value } = await this.#cache.made({
      name,
      settings: { ...settings, episodes, test: this.#test },
      reads: [agent],
      make: () => this.#train(settings, folder),
    })
    await rm(folder, { recursive: true, force: true })
    return value
  }

  async #train(settings: TrainingSettings, folder: string): Promise<TooFewRun> {
    const { labels, seed, prefer } = settings
    const data = await this.#answersOf(seed).first(labels)
    const trained = await train(this.#device, this.#agent, data, settings, folder)
    const { result, recipes, updates, trainingSeconds } = trained
    const { policy, reward, stopped } = result
    if (policy === undefined || reward === undefined) {
      throw new UsageError(
        `The training on ${labels} labels with seed ${seed} gave no agent: ${result.problem ?? 'it made no update'}`,
      )
    }
    const card = { stage: `aligned-${prefer}`, recipe: recipes.reinforcement, key: `${seed}` }
    const model = exportModel(policy.layout, policy.parameters, card)
    const heldOut = await testSet(this.#pools, prefer, this.#test)
    return {
      ...{ labels, seed, recipes, answers: answersOf(data), updates, stopped, trainingSeconds },
      reward: await measuredReward(this.#device, reward, heldOut),
      ...(await measuredPolicy(this.#device, model, this.#options.episodes)),
      pairs: pairsOf(data),
    }
  }

  get #test(): TooFewLabels['test'] {
    const clips = this.#options.testClips
    return { clips, comparisons: PAIRS_PER_CLIP * clips }
  }

  #answersOf(seed: number): AnsweredPairs {
    const { prefer } = this.#options
    const answers =
      this.#answers.get(seed) ?? new AnsweredPairs(this.#device, this.#agent, prefer, seed)
    this.#answers.set(seed, answers)
    return answers
  }
}

/** Returns the data with the pairs of the shown run with the fewest labels alone. */
function onlyShownPairs(data: TooFewLabels): TooFewLabels {
  const [fewest = 0] = labelCounts(data)
  const shown = shownRun(data, fewest)
  const runs = data.runs.map(({ pairs, ...run }) =>
    pairs !== undefined && run.labels === shown?.labels && run.seed === shown.seed
      ? { ...run, pairs }
      : run,
  )
  return { ...data, runs }
}

async function writeFile(output: string, data: TooFewLabels): Promise<void> {
  const text = JSON.stringify(data)
  // What this command writes, the page must be able to read.
  readTooFewLabels(JSON.parse(text))
  await replaceFile(output, `${text}\n`).catch((error: unknown) => {
    throw cannotWrite(
      output,
      error,
      '; the trainings are kept, so run the command again afterwards',
    )
  })
  process.stderr.write(`${output}: ${data.runs.length} trainings, ${text.length} bytes\n`)
}
