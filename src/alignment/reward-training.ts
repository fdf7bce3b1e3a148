import { encodeModel } from '../graph/index.ts'
import { FRAME_HEIGHT, FRAME_WIDTH, type Key, splitKey } from '../island/index.ts'
import type { ParameterLayout } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'
import { type Feeds, hostOutput, type Program } from '../runtime/index.ts'
import type { ClipBatch } from './clips.ts'
import { type Comparison, decisive } from './comparisons.ts'
import type { ClipSource } from './imitation.ts'
import { Learner, type Snapshot } from './learner.ts'
import { ADAM, OPTIMISER_FIELDS } from './optimiser-fields.ts'
import { EpochOrder } from './order.ts'
import { type RecipeOf, whole } from './recipe.ts'
import { rewardGradientGraph, rewardScoreGraph } from './reward-graph.ts'
import { learningRate } from './schedule.ts'

/** Settings of learning a reward model from comparisons. */
export const REWARD_FIELDS = {
  steps: whole(200, { minimum: 1, maximum: 100_000, unit: 'updates', help: 'Updates in all' }),
  pairsPerBatch: whole(5, {
    minimum: 1,
    maximum: 128,
    unit: 'pairs',
    help: 'Comparisons in an update',
  }),
  ...OPTIMISER_FIELDS,
  peakRate: { ...OPTIMISER_FIELDS.peakRate, default: 3e-4 },
  warmup: { ...OPTIMISER_FIELDS.warmup, default: 20 },
  validationEvery: whole(25, {
    minimum: 1,
    maximum: 100_000,
    unit: 'updates',
    help: 'Updates between looks at held-out comparisons',
  }),
} as const

export type RewardRecipe = RecipeOf<typeof REWARD_FIELDS>

export interface RewardScores {
  /** Share of decisive comparisons whose preferred clip has the higher reward. Chance is 0.5. */
  readonly accuracy: number
  /** Decisive comparisons that were counted. */
  readonly comparisons: number
}

export type RewardReport =
  | {
      readonly kind: 'update'
      readonly step: number
      readonly steps: number
      readonly loss: number
    }
  | {
      readonly kind: 'validation'
      readonly step: number
      readonly steps: number
      /** Reward of each held-out clip; see `rewardAccuracy`. */
      readonly rewards: readonly number[]
      readonly snapshot: Snapshot
    }

export interface RewardOptions {
  readonly device: Device
  readonly layout: ParameterLayout
  readonly recipe: RewardRecipe
  readonly key: Key
  readonly clips: ClipSource
  readonly comparisons: readonly Comparison[]
  /** Held-out clips, rendered, in batches of one shape. */
  readonly validation: readonly ClipBatch[]
  readonly length: number
  readonly from: Snapshot
}

/** The part of a batch's feeds that scores clips. */
export function rewardFeeds(batch: ClipBatch): Feeds {
  const rows = batch.clips * batch.length
  const lastFrame = new Float32Array(rows)
  for (const [clip, decisions] of batch.decisions.entries()) {
    lastFrame[clip * batch.length + decisions - 1] = 1
  }
  return {
    frames: { type: 'uint8', shape: [rows, FRAME_HEIGHT, FRAME_WIDTH, 3], data: batch.frames },
    lastFrame: { type: 'float32', shape: [batch.clips, batch.length], data: lastFrame },
  }
}

/** Share of decisive comparisons that `rewards` (one per clip) orders rightly; equal counts half. */
export function rewardAccuracy(
  rewards: ArrayLike<number>,
  comparisons: readonly Comparison[],
): RewardScores {
  const counted = decisive(comparisons)
  const right = counted.reduce((sum, { first, second, verdict }) => {
    const difference = (rewards[first] ?? Number.NaN) - (rewards[second] ?? Number.NaN)
    if (difference === 0) return sum + 0.5
    return sum + (difference > 0 === (verdict === 1) ? 1 : 0)
  }, 0)
  return { accuracy: right / counted.length, comparisons: counted.length }
}

/**
 * Learns rewards from comparisons by the Bradley–Terry loss. Yields a report per update and, every
 * `validationEvery` updates and at the end, the rewards of held-out clips.
 */
export async function* trainReward(options: RewardOptions): AsyncGenerator<RewardReport, Snapshot> {
  const { device, layout, recipe, clips, comparisons, length } = options
  const pairs = recipe.pairsPerBatch
  const learner = await Learner.create(
    device,
    layout,
    encodeModel(rewardGradientGraph(layout, pairs, length)),
    { ...ADAM, ...recipe },
    options.from,
  )
  const scorer = await ClipScorer.create(device, layout, options.validation)
  const order = new EpochOrder(splitKey(options.key, 'order'), comparisons.length)
  const schedule = { peak: recipe.peakRate, ...recipe }
  const { steps } = recipe
  const validation = async (): Promise<RewardReport> => ({
    kind: 'validation',
    step: learner.step,
    steps,
    rewards: await scorer.rewards(learner),
    snapshot: await learner.snapshot(),
  })
  try {
    while (learner.step < steps) {
      const chosen = order.slice(learner.step * pairs, pairs).map((index) => at(comparisons, index))
      const batch = await clips.batch([
        ...chosen.map(({ first }) => first),
        ...chosen.map(({ second }) => second),
      ])
      const metrics = await learner.accumulate({ ...rewardFeeds(batch), ...verdictFeeds(chosen) })
      await learner.apply(learningRate(schedule, learner.step), 1 / pairs)
      const { step } = learner
      yield { kind: 'update', step, steps, loss: (metrics[0] ?? Number.NaN) / pairs }
      if (step % recipe.validationEvery === 0 || step === steps) yield await validation()
    }
    return await learner.snapshot()
  } finally {
    await scorer.release()
    await learner.release()
  }
}

function verdictFeeds(comparisons: readonly Comparison[]): Feeds {
  const pairs = comparisons.length
  return {
    verdict: {
      type: 'float32',
      shape: [pairs],
      data: Float32Array.from(comparisons, ({ verdict }) => verdict),
    },
    pairWeight: { type: 'float32', shape: [pairs], data: new Float32Array(pairs).fill(1) },
  }
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index]
  if (item === undefined)
    throw new Error(`Item ${index} was asked for, but there are ${list.length}`)
  return item
}

/** Scores a fixed set of clips with whatever parameters a learner holds. */
class ClipScorer {
  readonly #program: Program
  readonly #batches: readonly ClipBatch[]

  private constructor(program: Program, batches: readonly ClipBatch[]) {
    this.#program = program
    this.#batches = batches
  }

  static async create(
    device: Device,
    layout: ParameterLayout,
    batches: readonly ClipBatch[],
  ): Promise<ClipScorer> {
    const { clips, length } = at(batches, 0)
    return new ClipScorer(
      await device.load(encodeModel(rewardScoreGraph(layout, { clips, length }))),
      batches,
    )
  }

  async rewards(learner: Learner): Promise<number[]> {
    const all: number[] = []
    for (const batch of this.#batches) {
      const outputs = await this.#program.run({ ...rewardFeeds(batch), theta: learner.theta })
      all.push(...hostOutput(outputs, 'rewards').data)
    }
    return all
  }

  release(): Promise<void> {
    return this.#program.release()
  }
}
