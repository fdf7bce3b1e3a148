/** Training on comparisons of clips, whichever network and loss learn from them. */
import type { Key } from '../island/index.ts'
import type { Comparison } from './comparisons.ts'
import type { Learner, Snapshot } from './learner.ts'
import { divergenceAt, type Ended, type LoopControl } from './loop-control.ts'
import { LAYERS_FIELD, OPTIMISER_FIELDS } from './optimiser-fields.ts'
import { EpochOrder } from './order.ts'
import { type RecipeOf, whole } from './recipe.ts'
import { learningRate } from './schedule.ts'
import { CLIP_LENGTHS, type SeenClip } from './seen-clips.ts'

/** Recipe fields that every training on comparisons has. */
export const COMPARISON_FIELDS = {
  steps: whole(300, {
    minimum: 1,
    maximum: 100_000,
    unit: 'updates',
    help: 'Total number of updates',
  }),
  pairsPerBatch: whole(5, {
    minimum: 1,
    maximum: 128,
    unit: 'pairs',
    help: 'Comparisons per update',
  }),
  ...LAYERS_FIELD,
  ...OPTIMISER_FIELDS,
  peakRate: { ...OPTIMISER_FIELDS.peakRate, default: 1e-3 },
  warmup: { ...OPTIMISER_FIELDS.warmup, default: 20 },
  checkpointEvery: whole(100, {
    minimum: 1,
    maximum: 100_000,
    unit: 'updates',
    help: 'Updates between checkpoints',
  }),
} as const

/** Gradient of a loss over comparisons, on the device. */
export interface PairGradient {
  readonly learner: Learner
  /** Accumulates the gradient of these comparisons; resolves to the graph's metrics, the summed loss first. */
  accumulate(chosen: readonly Comparison[]): Promise<Float32Array>
  release(): Promise<void>
}

export type PairReport =
  | {
      readonly kind: 'update'
      readonly step: number
      readonly steps: number
      /** Metrics of the gradient graph, per comparison of the update. */
      readonly metrics: Float32Array
    }
  | { readonly kind: 'checkpoint'; readonly step: number; readonly snapshot: Snapshot }

export interface PairTraining {
  readonly recipe: RecipeOf<typeof COMPARISON_FIELDS>
  /** Key of the order in which comparisons are drawn. */
  readonly order: Key
  readonly comparisons: readonly Comparison[]
  readonly control?: LoopControl | undefined
}

/**
 * Trains on comparisons, drawn in epochs, and releases the gradient. Returns the state after the last
 * update, after the latest one when a stop is requested, or at the last checkpoint where a loss or
 * gradient norm was not finite. An update depends only on the key, the recipe and its number, so a
 * training resumed from a snapshot continues bit for bit on the same device.
 */
export async function* trainOnComparisons(
  gradient: PairGradient,
  { recipe, order: key, comparisons, control }: PairTraining,
): AsyncGenerator<PairReport, Ended & { readonly snapshot: Snapshot }> {
  const { learner } = gradient
  const { steps, pairsPerBatch: pairs } = recipe
  try {
    const order = new EpochOrder(key, comparisons.length)
    const schedule = { peak: recipe.peakRate, ...recipe }
    let good = await learner.snapshot()
    while (learner.step < steps && !control?.stop?.()) {
      const chosen = order.slice(learner.step * pairs, pairs).map((index) => at(comparisons, index))
      const sums = await gradient.accumulate(chosen)
      const norm = await learner.apply(learningRate(schedule, learner.step), 1 / pairs)
      const { step } = learner
      const problem = divergenceAt(step, sums[0] ?? Number.NaN, norm)
      if (problem !== undefined) return { snapshot: good, stopped: 'diverged', problem }
      yield { kind: 'update', step, steps, metrics: sums.map((sum) => sum / pairs) }
      const due = step % recipe.checkpointEvery === 0 || control?.checkpoint?.(step) === true
      if (due && step < steps) {
        good = await learner.snapshot()
        yield { kind: 'checkpoint', step, snapshot: good }
      }
    }
    const stopped = learner.step < steps ? 'by hand' : 'last update'
    return { snapshot: await learner.snapshot(), stopped }
  } finally {
    await gradient.release()
  }
}

/** Returns the clips' indices: all first clips, then all second ones. */
export function inPairs(comparisons: readonly Comparison[]): number[] {
  return [...comparisons.map(({ first }) => first), ...comparisons.map(({ second }) => second)]
}

/**
 * Returns the index into `CLIP_LENGTHS` of the shortest length that holds all these clips; `lengths` are
 * other lengths to choose from.
 */
export function lengthFor(
  clips: readonly SeenClip[],
  lengths: readonly number[] = CLIP_LENGTHS,
): number {
  const longest = Math.max(...clips.map(({ actions }) => actions.length))
  return lengths.findIndex((length) => length >= longest)
}

/** Returns an item of a list. Throws if there is none at this index. */
export function at<T>(list: readonly T[], index: number): T {
  const item = list[index]
  if (item === undefined)
    throw new Error(`Item ${index} was requested, but there are ${list.length}`)
  return item
}
