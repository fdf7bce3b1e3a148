import { encodeModel } from '../graph/index.ts'
import { FRAME_HEIGHT, FRAME_WIDTH, HEAD_NAMES, type Key, splitKey } from '../island/index.ts'
import type { ClipShape, ParameterLayout } from '../network/index.ts'
import { type Device, type Feeds, float32, hostOutput } from '../runtime/index.ts'
import type { ClipBatch } from './clips.ts'
import { IMITATION_METRICS, imitationGradientGraph, imitationLossGraph } from './imitation-graph.ts'
import { Learner, type Snapshot } from './learner.ts'
import { divergenceAt, type Ended, type LoopControl } from './loop-control.ts'
import { ADAM, OPTIMISER_FIELDS } from './optimiser-fields.ts'
import { EpochOrder } from './order.ts'
import { choice, type RecipeOf, whole } from './recipe.ts'
import { learningRate } from './schedule.ts'

/** Recipe fields for imitation learning: pre-training, fine-tuning, and training from scratch. */
export const IMITATION_FIELDS = {
  steps: whole(3000, {
    minimum: 1,
    maximum: 1_000_000,
    unit: 'updates',
    help: 'Total number of updates',
  }),
  clipsPerBatch: whole(8, {
    minimum: 1,
    maximum: 256,
    unit: 'clips',
    help: 'Clips per run of the gradient graph',
  }),
  batchesPerUpdate: whole(1, {
    minimum: 1,
    maximum: 256,
    unit: 'batches',
    help: 'Batches whose gradients are summed before each update',
  }),
  ...OPTIMISER_FIELDS,
  keep: choice(
    'last',
    ['last', 'best'],
    'Parameters to keep: those after the last update, or those with the lowest loss on held-out clips',
  ),
  validationEvery: whole(250, {
    minimum: 1,
    maximum: 1_000_000,
    unit: 'updates',
    help: 'Updates between evaluations on held-out clips',
  }),
} as const

export type ImitationRecipe = RecipeOf<typeof IMITATION_FIELDS>

/** Imitation metrics averaged over a number of decisions. */
export interface ImitationScores {
  /** Negative log-likelihood per decision, nats, summed over its six heads. */
  readonly loss: number
  /** Negative log-likelihood of each head, nats, in the order of `HEAD_NAMES`. */
  readonly headLoss: readonly number[]
  /** Share of decisions whose most likely choice is the one made, per head. */
  readonly headAccuracy: readonly number[]
  readonly decisions: number
}

export type ImitationReport =
  | {
      readonly kind: 'update'
      /** Number of updates made, including this one. */
      readonly step: number
      readonly steps: number
      readonly scores: ImitationScores
      readonly rate: number
      /** Global norm of the gradient per decision, before clipping. */
      readonly gradientNorm: number
    }
  | {
      readonly kind: 'validation'
      readonly step: number
      readonly steps: number
      readonly scores: ImitationScores
      /** State that the scores were measured on. */
      readonly snapshot: Snapshot
    }

/** Source of rendered clips, read in batches by index. */
export interface ClipSource {
  readonly count: number
  /** Resolves to the rendered clips at `indices`. May start preparing `next`, the expected next batch. */
  batch(indices: readonly number[], next?: readonly number[]): Promise<ClipBatch>
}

export interface ImitationOptions {
  readonly device: Device
  readonly layout: ParameterLayout
  readonly recipe: ImitationRecipe
  readonly key: Key
  readonly training: ClipSource
  /** Held-out clips, already rendered: at least one batch, all of one shape. */
  readonly validation: readonly ClipBatch[]
  /** Number of decisions that clips of `training` are padded to. */
  readonly length: number
  /** Initial state: fresh parameters, or a snapshot of an earlier run with the same options. */
  readonly from: Snapshot
  /** Number of updates to stop after, for a part of a longer training; the recipe's `steps` if omitted. */
  readonly until?: number
  readonly control?: Pick<LoopControl, 'stop'> | undefined
}

export interface Imitated extends Ended {
  readonly snapshot: Snapshot
}

/** Returns the feed of a network's `trunkInput` for a batch: its stream if it has one, else its frames. */
export function trunkFeed({ clips, length, frames, stream }: ClipBatch): Feeds {
  const rows = clips * length
  return stream === undefined
    ? { frames: { type: 'uint8', shape: [rows, FRAME_HEIGHT, FRAME_WIDTH, 3], data: frames } }
    : { stream: float32([rows, stream.length / rows], stream) }
}

/** Returns a batch as feeds of the imitation graphs. */
export function imitationFeeds(batch: ClipBatch): Feeds {
  const rows = batch.clips * batch.length
  const heads = HEAD_NAMES.length
  return {
    ...trunkFeed(batch),
    actions: { type: 'int32', shape: [rows, heads], data: batch.actions },
    weights: { type: 'float32', shape: [rows], data: batch.weights },
  }
}

/** Converts summed `metrics` (see `IMITATION_METRICS`) to averages per decision. */
export function imitationScores(metrics: ArrayLike<number>): ImitationScores {
  const decisions = metrics[0] ?? 0
  const average = (first: number): number[] =>
    HEAD_NAMES.map((_, head) => (metrics[first + head] ?? Number.NaN) / decisions)
  const headLoss = average(1)
  return {
    loss: headLoss.reduce((sum, value) => sum + value, 0),
    headLoss,
    headAccuracy: average(1 + HEAD_NAMES.length),
    decisions,
  }
}

function addTo(sums: Float64Array, metrics: ArrayLike<number>): void {
  for (let index = 0; index < sums.length; index++)
    sums[index] = (sums[index] ?? 0) + (metrics[index] ?? 0)
}

/**
 * Trains a policy to imitate the clips in `training`: behaviour cloning with whole episodes as context.
 *
 * Yields one report per update, and scores on held-out clips with a snapshot every `validationEvery`
 * updates, at the end, and before the first update of a fresh run. An update's clips and learning rate
 * depend only on the key, the recipe and the update's number, so a run resumed from a snapshot
 * continues bit for bit on the same device. A requested stop ends it with a validation. Returns the
 * last snapshot, or that of the last validation where a loss or gradient norm was not finite.
 */
export async function* trainImitation(
  options: ImitationOptions,
): AsyncGenerator<ImitationReport, Imitated> {
  const { device, layout, recipe, training, length } = options
  const shape: ClipShape = { clips: recipe.clipsPerBatch, length }
  const learner = await Learner.create(
    device,
    layout,
    [encodeModel(imitationGradientGraph(layout, shape))],
    { ...ADAM, ...recipe },
    options.from,
  )
  const validate = await validator(learner, layout, options.validation)
  const plan = batchPlan(recipe, options.key, training.count)
  const schedule = { peak: recipe.peakRate, ...recipe }
  const until = options.until ?? recipe.steps
  let good = options.from
  const validation = async (): Promise<ImitationReport> => {
    const scores = await validate.scores()
    good = await learner.snapshot()
    return { kind: 'validation', step: learner.step, steps: recipe.steps, scores, snapshot: good }
  }
  try {
    if (learner.step === 0) yield await validation()
    let over = learner.step >= until
    while (!over) {
      const sums = new Float64Array(IMITATION_METRICS)
      const first = learner.step * recipe.batchesPerUpdate
      for (let index = first; index < first + recipe.batchesPerUpdate; index++) {
        const batch = await training.batch(plan(index), plan(index + 1))
        addTo(sums, await learner.accumulate(imitationFeeds(batch)))
      }
      const rate = learningRate(schedule, learner.step)
      const scores = imitationScores(sums)
      const gradientNorm = await learner.apply(rate, 1 / scores.decisions)
      const { step } = learner
      const problem = divergenceAt(step, scores.loss, gradientNorm)
      if (problem !== undefined) return { snapshot: good, stopped: 'diverged', problem }
      yield { kind: 'update', step, steps: recipe.steps, scores, rate, gradientNorm }
      over = step >= until || options.control?.stop?.() === true
      if (step % recipe.validationEvery === 0 || over) yield await validation()
    }
    const stopped = learner.step < until ? 'by hand' : 'last update'
    return { snapshot: good, stopped }
  } finally {
    await validate.release()
    await learner.release()
  }
}

/** Returns a function that maps a batch number, counted over the whole training, to its clip indices. */
function batchPlan(
  recipe: ImitationRecipe,
  key: Key,
  count: number,
): (index: number) => readonly number[] {
  const order = new EpochOrder(splitKey(key, 'order'), count)
  return (index) => order.slice(index * recipe.clipsPerBatch, recipe.clipsPerBatch)
}

interface Validator {
  scores(): Promise<ImitationScores>
  release(): Promise<void>
}

async function validator(
  learner: Learner,
  layout: ParameterLayout,
  batches: readonly ClipBatch[],
): Promise<Validator> {
  const [first] = batches
  if (first === undefined) throw new Error('Found no held-out clips: expected at least one batch')
  const graph = imitationLossGraph(layout, { clips: first.clips, length: first.length })
  const program = await learner.device.load(encodeModel(graph))
  return {
    async scores() {
      const sums = new Float64Array(IMITATION_METRICS)
      for (const batch of batches) {
        const outputs = await program.run({ ...imitationFeeds(batch), theta: learner.theta })
        addTo(sums, hostOutput(outputs, 'metrics').data)
      }
      return imitationScores(sums)
    },
    release: () => program.release(),
  }
}
