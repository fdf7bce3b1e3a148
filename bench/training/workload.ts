/** Training workload shared by all trainers: network, batch, optimiser and initial parameters. */
import {
  type ClipBatch,
  emptyBatch,
  freshSnapshot,
  imitationFeeds,
  imitationGradientGraph,
  imitationScores,
  Learner,
  type Optimiser,
} from '../../src/alignment/index.ts'
import { encodeModel } from '../../src/graph/index.ts'
import {
  FRAME_BYTES,
  HEAD_SIZES,
  type Key,
  RandomStream,
  rootKey,
  splitKey,
} from '../../src/island/index.ts'
import {
  type ClipShape,
  initialParameters,
  NETWORK_SIZES,
  parameterLayout,
} from '../../src/network/index.ts'
import type { Device } from '../../src/runtime/index.ts'

export const SIZE = NETWORK_SIZES.small
export const LAYOUT = parameterLayout(SIZE, 'policy')
/** Ten full episodes. */
export const SHAPE: ClipShape = { clips: 10, length: 100 }
export const ROWS = SHAPE.clips * SHAPE.length

export const OPTIMISER: Optimiser = {
  beta1: 0.9,
  beta2: 0.95,
  epsilon: 1e-8,
  weightDecay: 0.05,
  maximumNorm: 1,
  optimiser: 'adamw',
}
export const RATE = 1e-3

/**
 * Returns the initial parameters of all trainers, with twice the usual standard deviation so that
 * action probabilities differ clearly.
 */
export function startParameters(): Float32Array {
  return initialParameters(LAYOUT, rootKey(41)).map((value) => 2 * value)
}

/** Returns random frames and actions; all decisions have weight 1. */
export function randomBatch(): ClipBatch {
  const key = rootKey(42)
  const batch = emptyBatch(SHAPE.clips, SHAPE.length)
  batch.frames.set(randomBytes(splitKey(key, 'frames'), ROWS * FRAME_BYTES))
  const random = new RandomStream(splitKey(key, 'actions'))
  for (let row = 0; row < ROWS; row++) {
    for (const [head, size] of HEAD_SIZES.entries()) {
      batch.actions[row * HEAD_SIZES.length + head] = random.below(size)
    }
  }
  batch.weights.fill(1)
  batch.decisions.fill(SHAPE.length)
  return batch
}

function randomBytes(key: Key, count: number): Uint8Array {
  const random = new RandomStream(key)
  return new Uint8Array(Uint32Array.from({ length: count / 4 }, () => random.uint32()).buffer)
}

/** Report of one step: the loss before the update, the gradient norm and the duration. */
export interface StepReport {
  /** Loss in nats per decision. */
  readonly loss: number
  /** Norm of the gradient before clipping. */
  readonly gradientNorm: number
  readonly milliseconds: number
}

/** Function that performs one training step per call. */
export type Trainer = () => Promise<StepReport>

/**
 * Creates our trainer on any device. As in regular training, each step uploads the batch and
 * downloads the loss.
 */
export async function createTrainer(device: Device, clock: () => number): Promise<Trainer> {
  const model = encodeModel(imitationGradientGraph(LAYOUT, SHAPE))
  const start = freshSnapshot(startParameters())
  const learner = await Learner.create(device, LAYOUT, [model], OPTIMISER, start)
  const feeds = imitationFeeds(randomBatch())
  return async () => {
    const before = clock()
    const { loss, decisions } = imitationScores(await learner.accumulate(feeds))
    const gradientNorm = await learner.apply(RATE, 1 / decisions)
    return { loss, gradientNorm, milliseconds: clock() - before }
  }
}

/** Runs a number of steps in sequence. */
export async function train(trainer: Trainer, steps: number): Promise<StepReport[]> {
  const reports: StepReport[] = []
  for (let step = 0; step < steps; step++) reports.push(await trainer())
  return reports
}
