/** What is trained in this benchmark, the same everywhere: network, batch, optimiser, start. */
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
/** Ten whole episodes. */
export const SHAPE: ClipShape = { clips: 10, length: 100 }
export const ROWS = SHAPE.clips * SHAPE.length

export const OPTIMISER: Optimiser = {
  beta1: 0.9,
  beta2: 0.95,
  epsilon: 1e-8,
  weightDecay: 0.05,
  maximumNorm: 1,
}
export const RATE = 1e-3

/** Where every training here starts. Twice the usual spread, so that no two actions look alike. */
export function startParameters(): Float32Array {
  return initialParameters(LAYOUT, rootKey(41)).map((value) => 2 * value)
}

/** Random frames and actions; every decision counts. */
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

/** What one step says: the loss before it, and how long it took. */
export interface StepReport {
  /** Nats a decision. */
  readonly loss: number
  /** Of the gradient, before it is clipped. */
  readonly gradientNorm: number
  readonly milliseconds: number
}

/** Something that trains the network, a step at a time. */
export type Trainer = () => Promise<StepReport>

/** Our own step on any device: the batch goes in and the loss comes out each time, as in training. */
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

/** A number of steps, one after another. */
export async function train(trainer: Trainer, steps: number): Promise<StepReport[]> {
  const reports: StepReport[] = []
  for (let step = 0; step < steps; step++) reports.push(await trainer())
  return reports
}
