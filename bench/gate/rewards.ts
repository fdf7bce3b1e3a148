import {
  decisive,
  drawComparisons,
  finished,
  judgeFor,
  REWARD_FIELDS,
  RewardModel,
  readRecipe,
  rewardAccuracy,
} from '../../src/alignment/index.ts'
import { readModelFile } from '../../src/cli/evaluate.ts'
import { rootKey, splitKey } from '../../src/island/index.ts'
import { importModel } from '../../src/network/index.ts'
import {
  beginningsOf,
  type Encoder,
  memoryStore,
  type NetworkParameters,
  playPolicy,
  runReward,
} from '../../src/procedure/index.ts'
import type { Device } from '../../src/runtime/index.ts'
import { SEEDS } from './agents.ts'
import type { Cells } from './cells.ts'

const ENCODERS: readonly Encoder[] = ['agent', 'random']
const COMPARISONS = [50, 200]
/**
 * Learning rates tried for both encoders; the best is chosen on validation clips for each number of
 * comparisons.
 */
const RATES = [1e-4, 3e-4, 1e-3]
const TUNING_SEED = 100
const STEPS = 200
const CLIPS = { training: 400, validation: 120, test: 400 }
const PAIRS = { validation: 300, test: 1000 }

/** Samples clips of the fine-tuned agent's own episodes for one purpose. */
async function play(device: Device, agent: NetworkParameters, purpose: string, count: number) {
  const key = splitKey(rootKey(1), 'gate', purpose)
  const beginnings = beginningsOf(key, 'spawn', count)
  const episodes = await playPolicy(device, agent, beginnings, splitKey(key, 'act'), {
    keep: 'frames',
  })
  return episodes.map(({ trajectory, frames }) => ({ ...trajectory, frames }))
}

export interface RewardRow {
  readonly encoder: Encoder
  readonly comparisons: number
  /** Accuracy on decisive held-out pairs, 0 to 1, one per seed. */
  readonly accuracies: readonly number[]
  readonly rate: number
  readonly testPairs: number
}

/** Part (b): compares reward models initialised from the agent's trunk with ones initialised at random. */
export async function compareRewards(
  device: Device,
  cells: Cells,
  agentPath: string,
): Promise<RewardRow[]> {
  const agent = importModel(await readModelFile(agentPath))
  const judge = judgeFor('left')
  const training = await play(device, agent, 'training', CLIPS.training)
  const validation = await play(device, agent, 'validation', CLIPS.validation)
  const test = await play(device, agent, 'test', CLIPS.test)
  const key = splitKey(rootKey(1), 'gate', 'pairs')
  const heldOut = (clips: typeof test, count: number, name: string) =>
    decisive(drawComparisons(clips, judge, count, splitKey(key, name)).comparisons)
  const validationPairs = heldOut(validation, PAIRS.validation, 'validation')
  const testPairs = heldOut(test, PAIRS.test, 'test')

  /** Trains one reward model; returns its accuracies after the last update. */
  const run = async (encoder: Encoder, count: number, seed: number, peakRate: number) => {
    const runKey = splitKey(rootKey(seed), 'gate', 'reward')
    const { layout, parameters } = await finished(
      runReward({
        device,
        agent,
        encoder,
        recipe: readRecipe(REWARD_FIELDS, { peakRate, steps: STEPS }),
        key: runKey,
        clips: training,
        comparisons: drawComparisons(training, judge, count, splitKey(runKey, 'pairs')).comparisons,
        reference: validation,
        identity: '',
        store: memoryStore(),
      }),
    )
    const model = await RewardModel.create(device, layout, parameters)
    const found = {
      validation: rewardAccuracy(await model.rewards(validation), validationPairs).accuracy,
      test: rewardAccuracy(await model.rewards(test), testPairs).accuracy,
    }
    await model.release()
    return found
  }

  const rows: RewardRow[] = []
  for (const count of COMPARISONS) {
    for (const encoder of ENCODERS) {
      const trials: { rate: number; accuracy: number }[] = []
      for (const rate of RATES) {
        const name = `reward tune ${encoder} ${count} ${rate}`
        const tried = await cells.cell(name, () => run(encoder, count, TUNING_SEED, rate))
        trials.push({ rate, accuracy: tried.validation })
      }
      const rate = trials.sort((a, b) => b.accuracy - a.accuracy)[0]?.rate ?? Number.NaN
      const accuracies: number[] = []
      for (const seed of SEEDS) {
        const name = `reward ${encoder} ${count} ${seed} at ${rate}`
        accuracies.push((await cells.cell(name, () => run(encoder, count, seed, rate))).test)
      }
      rows.push({ encoder, comparisons: count, accuracies, rate, testPairs: testPairs.length })
    }
  }
  return rows
}
