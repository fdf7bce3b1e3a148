import {
  cachedClips,
  decisive,
  drawComparisons,
  freshSnapshot,
  judgeFor,
  PolicyRunner,
  REWARD_FIELDS,
  readRecipe,
  renderClips,
  rewardAccuracy,
  rollout,
  type Trajectory,
  trainReward,
} from '../../src/alignment/index.ts'
import { readModelFile } from '../../src/cli/evaluate.ts'
import { EPISODE_DECISIONS, keySeed, Renderer, rootKey, splitKey } from '../../src/island/index.ts'
import {
  importModel,
  initialParameters,
  parameterLayout,
  withTrunkOf,
} from '../../src/network/index.ts'
import { renderBatches } from '../../src/procedure/index.ts'
import type { Device } from '../../src/runtime/index.ts'
import { SEEDS } from './agents.ts'
import type { Cells } from './cells.ts'

const ENCODERS = ['agent', 'random'] as const
type Encoder = (typeof ENCODERS)[number]
const COMPARISONS = [50, 200]
/** The same three rates for both encoders, chosen on validation clips at each number of comparisons. */
const RATES = [1e-4, 3e-4, 1e-3]
const TUNING_SEED = 100
const CLIPS = { training: 400, validation: 120, test: 400 }
const PAIRS = { validation: 300, test: 1000 }
const SCORE_BATCH = 10

/** Clips of the fine-tuned agent's own play, sampled for one purpose. */
async function play(
  device: Device,
  agentPath: string,
  purpose: string,
  count: number,
): Promise<Trajectory[]> {
  const model = await readModelFile(agentPath)
  const { layout } = importModel(model)
  const runner = await PolicyRunner.create(device, model, layout.size, 64)
  const key = splitKey(rootKey(1), 'gate', purpose)
  const beginnings = Array.from({ length: count }, (_, index) => ({
    start: 'spawn' as const,
    seed: keySeed(splitKey(key, 'episode', index)),
  }))
  const trajectories: Trajectory[] = []
  const playing = rollout({ runner, renderer: new Renderer(), beginnings, temperature: 1, key })
  for await (const { index, trajectory } of playing) trajectories[index] = trajectory
  await runner.release()
  return trajectories
}

export interface RewardRow {
  readonly encoder: Encoder
  readonly comparisons: number
  /** Accuracy on decisive held-out pairs, one per seed. */
  readonly accuracies: readonly number[]
  readonly rate: number
  readonly testPairs: number
}

/** Part (b): reward models from the agent's trunk and from random parameters. */
export async function compareRewards(
  device: Device,
  cells: Cells,
  agentPath: string,
): Promise<RewardRow[]> {
  const judge = judgeFor('left')
  const training = await play(device, agentPath, 'training', CLIPS.training)
  const validation = await play(device, agentPath, 'validation', CLIPS.validation)
  const test = await play(device, agentPath, 'test', CLIPS.test)
  const key = splitKey(rootKey(1), 'gate', 'pairs')
  const validationPairs = decisive(
    drawComparisons(validation, judge, PAIRS.validation, splitKey(key, 'validation')),
  )
  const testPairs = decisive(drawComparisons(test, judge, PAIRS.test, splitKey(key, 'test')))
  const clips = cachedClips(renderClips(training, EPISODE_DECISIONS, new Renderer()))
  const batches = renderBatches([...validation, ...test], SCORE_BATCH)
  const shifted = testPairs.map((pair) => ({
    ...pair,
    first: pair.first + CLIPS.validation,
    second: pair.second + CLIPS.validation,
  }))
  const agent = importModel(await readModelFile(agentPath))
  const layout = parameterLayout(agent.layout.size, 'reward')

  /** Trains one reward model; the update with the best validation accuracy is the one that is tested. */
  const run = async (encoder: Encoder, count: number, seed: number, peakRate: number) => {
    const runKey = splitKey(rootKey(seed), 'gate', 'reward')
    const comparisons = drawComparisons(training, judge, count, splitKey(runKey, 'pairs'))
    const theta =
      encoder === 'agent' ? withTrunkOf(layout, agent, runKey) : initialParameters(layout, runKey)
    const found = { validation: 0, test: 0, step: 0 }
    for await (const report of trainReward({
      device,
      layout,
      recipe: readRecipe(REWARD_FIELDS, { peakRate, steps: 200, validationEvery: 50 }),
      key: runKey,
      clips,
      comparisons,
      validation: batches,
      length: EPISODE_DECISIONS,
      from: freshSnapshot(theta),
    })) {
      if (report.kind !== 'validation') continue
      const { accuracy } = rewardAccuracy(report.rewards, validationPairs)
      if (accuracy <= found.validation) continue
      found.validation = accuracy
      found.test = rewardAccuracy(report.rewards, shifted).accuracy
      found.step = report.step
    }
    return found
  }

  const rows: RewardRow[] = []
  for (const count of COMPARISONS) {
    for (const encoder of ENCODERS) {
      const trials: { rate: number; accuracy: number }[] = []
      for (const rate of RATES) {
        const name = `reward tune ${encoder} ${count} ${rate}`
        const { validation: accuracy } = await cells.cell(name, () =>
          run(encoder, count, TUNING_SEED, rate),
        )
        trials.push({ rate, accuracy })
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
