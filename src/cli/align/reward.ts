import {
  decisive,
  expectConverged,
  finished,
  ofEqualLength,
  REWARD_FIELDS,
  RewardModel,
  type RewardRecipe,
  readRecipe,
  rewardAccuracy,
} from '../../alignment/index.ts'
import { calibration, histogram } from '../../evaluation/index.ts'
import { type Ending, type Outcome, rootKey, splitKey } from '../../island/index.ts'
import { importModel, type ModelCard } from '../../network/index.ts'
import {
  type Encoder,
  type LabelsResult,
  type LearntReward,
  type ManifestEntry,
  type NetworkParameters,
  REWARD_CHECKPOINT,
  type RewardModelResult,
  rewardSteps,
  runReward,
} from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { Checkpoints } from '../checkpoints.ts'
import { withProgress } from '../progress.ts'
import { readModel } from '../read-model.ts'
import { machine, tryOutput, writeModel } from '../write-model.ts'
import { decisiveLabels, type HeldOut, label, type PoolClip, type Pools } from './pools.ts'

/** Settings for training a reward model. */
export interface RewardSettings {
  readonly wanted: Outcome
  readonly seed: number
  /** Number of pairs labelled by the judge. */
  readonly comparisons: number
  /** Number of clips from which the pairs are drawn. */
  readonly clips: number
  readonly noise: number
  readonly cantTell: number
  readonly encoder: Encoder
  readonly recipe: Readonly<Record<string, unknown>>
  /** Number of held-out clips, and of pairs of them, for the test accuracy. */
  readonly test: { readonly clips: number; readonly comparisons: number }
}

export interface RewardStage {
  readonly entry: ManifestEntry
  readonly labels: LabelsResult
  readonly measured: RewardModelResult
}

/** Maximum length difference, in decisions, of a pair that counts as of equal length. */
const EQUAL_LENGTH = 3

/** Seed of the comparisons on which reward models are tested. */
const TEST_SEED = 20260

export function rewardRecipe(
  comparisons: number,
  values: Readonly<Record<string, unknown>>,
): RewardRecipe {
  return readRecipe(REWARD_FIELDS, { steps: rewardSteps(comparisons), ...values })
}

/**
 * Trains a reward model on comparisons of the agent's episodes, then writes and tests its file. Throws a
 * `UsageError` before the training if no comparison of the test prefers a clip.
 */
export async function makeReward(
  device: Device,
  pools: Pools,
  agentPath: string,
  output: string,
  settings: RewardSettings,
  folder: string,
): Promise<RewardStage> {
  const { wanted, seed, comparisons: trainingComparisons } = settings
  const agent = await readModel(agentPath, 'policy')
  await tryOutput(output, agent.layout)
  const recipe = rewardRecipe(trainingComparisons, settings.recipe)
  const heldOut = await testSet(pools, wanted, settings.test)
  const checkpoints = new Checkpoints(folder, inputsOf(agent.digest, settings, recipe))
  await checkpoints.resume(REWARD_CHECKPOINT)
  const { learnt, labels } = await learn({ device, pools, agent, settings, recipe, checkpoints })
  const { trainingSeconds } = checkpoints
  const card = cardOf(settings, recipe, learnt)
  let measured: Measured | undefined
  const entry = await writeModel(output, learnt.layout, learnt.parameters, card, async (bytes) => {
    measured = await measureReward(device, { ...learnt, ...importModel(bytes) }, heldOut)
    return { step: learnt.step, trainingSeconds, machine: machine(device), test: measured.test }
  })
  await checkpoints.clear()
  if (measured === undefined) throw new Error('The reward model was not measured')
  const origin = { wanted, seed, trainingComparisons, recipe: card.recipe, trainingSeconds }
  return { entry, labels, measured: { ...origin, ...measured } }
}

/** Returns all inputs that determine the result of a training run. The test is not among them. */
function inputsOf(
  agent: string,
  { wanted, seed, comparisons, clips, noise, cantTell, encoder }: RewardSettings,
  recipe: RewardRecipe,
): unknown[] {
  const labels = { comparisons, clips, noise, cantTell }
  return ['reward', agent, wanted, seed, labels, encoder, recipe]
}

interface Learning {
  readonly device: Device
  readonly pools: Pools
  readonly agent: NetworkParameters
  readonly settings: RewardSettings
  readonly recipe: RewardRecipe
  readonly checkpoints: Checkpoints
}

/** Plays and labels clips, and trains a reward model on them. Throws if the training diverges. */
async function learn({
  device,
  pools,
  agent,
  settings,
  recipe,
  checkpoints,
}: Learning): Promise<{ readonly learnt: LearntReward; readonly labels: LabelsResult }> {
  const { wanted, seed, encoder, noise, cantTell } = settings
  const key = splitKey(rootKey(seed), 'training', 'reward', wanted)
  const clips = await pools.clips('labels', seed, settings.clips)
  const slips = { noise, cantTell }
  const { comparisons, ...counts } = label(clips, wanted, settings.comparisons, key, slips)
  const job = runReward({
    ...{ device, agent, encoder, recipe, key, clips, comparisons, store: checkpoints },
    reference: clips.slice(0, 200),
    identity: checkpoints.identity,
  })
  const learnt = await withProgress(`Reward model, ${wanted}`, recipe.steps, (progress) =>
    finished(job, (report) => {
      if (report.kind === 'update') progress.update(report.step, `loss ${report.loss.toFixed(3)}`)
    }),
  )
  expectConverged(learnt)
  return { learnt, labels: { wanted, clips: clips.length, ...counts } }
}

/** Returns what the file of a reward model says of its origin. */
function cardOf(
  { wanted, seed, comparisons, clips, noise, cantTell, encoder }: RewardSettings,
  recipe: RewardRecipe,
  { deviation }: LearntReward,
): ModelCard {
  return {
    stage: `reward-${wanted}`,
    recipe: { ...recipe, encoder, comparisons, clips, noise, cantTell, deviation },
    key: `${seed}/training/reward/${wanted}`,
  }
}

/** Labels comparisons of held-out clips with the judge. Throws as `decisiveLabels` does. */
export async function testSet(
  pools: Pools,
  wanted: Outcome,
  { clips: count, comparisons }: { readonly clips: number; readonly comparisons: number },
  seed = TEST_SEED,
): Promise<HeldOut> {
  const clips = await pools.clips('test', seed, count)
  const key = splitKey(rootKey(seed), 'reporting', 'pairs', wanted)
  return { clips, comparisons: decisiveLabels(clips, wanted, comparisons, key).comparisons }
}

type Measured = Pick<RewardModelResult, 'test' | 'equalLength' | 'calibration' | 'histogram'>

/**
 * Measures a reward model on held-out clips: pair accuracy, calibration and a reward histogram per
 * outcome.
 */
export async function measureReward(
  device: Device,
  { layout, parameters, deviation }: Omit<LearntReward, 'step'>,
  { clips, comparisons }: HeldOut,
): Promise<Measured> {
  const model = await RewardModel.create(device, layout, parameters)
  const rewards = await model.rewards(clips)
  await model.release()
  const predictions = decisive(comparisons).map(({ first, second, verdict }) => {
    const difference = (rewards[first] ?? Number.NaN) - (rewards[second] ?? Number.NaN)
    return { probability: 1 / (1 + Math.exp(-difference * deviation)), agreed: verdict }
  })
  return {
    test: rewardAccuracy(rewards, comparisons),
    equalLength: rewardAccuracy(rewards, ofEqualLength(comparisons, clips, EQUAL_LENGTH)),
    calibration: calibration(predictions),
    histogram: rewardHistogram(rewards, clips),
  }
}

/** Bin edges of the histogram, in standard deviations of the reference clips' rewards. */
const EDGES = Array.from({ length: 25 }, (_, index) => -3 + index / 4)

function rewardHistogram(rewards: Float32Array, clips: readonly PoolClip[]) {
  const of = (ending: Ending): number[] =>
    histogram(
      rewards.filter((_, index) => clips[index]?.ending === ending),
      EDGES,
    )
  return {
    edges: EDGES,
    none: of('none'),
    left: of('left'),
    middle: of('middle'),
    right: of('right'),
  }
}
