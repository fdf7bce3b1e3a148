/** Training with jax-js: one compiled function from state and batch to state and loss. */
import {
  blockUntilReady,
  defaultDevice,
  init,
  type Array as JaxArray,
  jit,
  numpy as np,
  tree,
  valueAndGrad,
} from '@jax-js/jax'
import type { ClipBatch } from '../../../src/alignment/index.ts'
import { HEAD_SIZES } from '../../../src/island/index.ts'
import {
  HEAD_WIDTHS,
  headWidth,
  PATCH_COLUMNS,
  PATCH_ROWS,
  PATCH_SIDE,
  PATCH_VALUES,
  PATCHES,
} from '../../../src/network/index.ts'
import {
  LAYOUT,
  OPTIMISER,
  RATE,
  ROWS,
  randomBatch,
  SHAPE,
  SIZE,
  startParameters,
  type Trainer,
} from '../workload.ts'
import { GAINS, imitationLoss, type JaxBatch, type Parameters } from './network.ts'

type State = { theta: Parameters; first: Parameters; second: Parameters }

function floats(shape: number[], data: Float32Array<ArrayBuffer>): JaxArray {
  return np.array(data).reshape(shape)
}

interface Slot {
  readonly name: string
  readonly shape: readonly number[]
  readonly offset: number
  readonly count: number
}

/** Where the arrays lie in our vector; the gains are the last of it. */
function slots(): Slot[] {
  const others = LAYOUT.slots.filter(({ name }) => !name.endsWith('gain'))
  const norms = LAYOUT.slots.length - others.length
  const count = norms * SIZE.width
  const gains = { name: GAINS, shape: [norms, SIZE.width], offset: LAYOUT.count - count, count }
  return [...others, gains]
}

function parametersFrom(vector: Float32Array): Parameters {
  return Object.fromEntries(
    slots().map(({ name, shape, offset, count }) => [
      name,
      floats([...shape], vector.slice(offset, offset + count)),
    ]),
  )
}

/** Pixels in the order of the patches, from −1 to 1. */
function patches(frames: Uint8Array): Float32Array<ArrayBuffer> {
  const run = PATCH_SIDE * 3
  const values = new Float32Array(frames.length)
  let to = 0
  for (let row = 0; row < ROWS * PATCH_ROWS; row++) {
    for (let column = 0; column < PATCH_COLUMNS; column++) {
      for (let line = 0; line < PATCH_SIDE; line++) {
        const from = ((row * PATCH_SIDE + line) * PATCH_COLUMNS + column) * run
        for (let index = 0; index < run; index++)
          values[to++] = (frames[from + index] ?? 0) / 127.5 - 1
      }
    }
  }
  return values
}

function oneHot(actions: Int32Array): Float32Array<ArrayBuffer> {
  const width = HEAD_WIDTHS.policy
  const hot = new Float32Array(ROWS * width)
  for (let row = 0; row < ROWS; row++) {
    let column = 0
    for (const [head, size] of HEAD_SIZES.entries()) {
      const action = actions[row * HEAD_SIZES.length + head] ?? -1
      if (action >= 0) hot[row * width + column + action] = 1
      column += size
    }
  }
  return hot
}

function jaxBatch(batch: ClipBatch): JaxBatch {
  const { length } = SHAPE
  const part = headWidth(SIZE)
  const table = (turn: (angle: number, half: number) => number) => {
    const data = Float32Array.from({ length: length * part }, (_, index) => {
      const column = index % part
      const pair = column % (part / 2)
      const angle = Math.floor(index / part) * 10_000 ** ((-2 * pair) / part)
      return turn(angle, column < part / 2 ? 0 : 1)
    })
    return floats([length, 1, 2, part / 2], data)
  }
  const mask = Float32Array.from({ length: length * length }, (_, index) =>
    index % length > Math.floor(index / length) ? -1e4 : 0,
  )
  return {
    pixels: floats([ROWS, PATCHES, PATCH_VALUES], patches(batch.frames)),
    actions: floats([ROWS, HEAD_WIDTHS.policy], oneHot(batch.actions)),
    cos: table(Math.cos),
    signedSin: table((angle, half) => (half === 0 ? -1 : 1) * Math.sin(angle)),
    mask: floats([length, length], mask),
  }
}

type Corrections = { first: JaxArray; second: JaxArray }

function update(
  state: State,
  batch: JaxBatch,
  corrections: Corrections,
): { state: State; loss: JaxArray; norm: JaxArray } {
  const { beta1, beta2, epsilon, weightDecay, maximumNorm } = OPTIMISER
  const [loss, gradient] = valueAndGrad(imitationLoss)(tree.ref(state.theta), batch)
  const norm = np.sqrt(
    Object.values(gradient)
      .map((part) => np.square(part.ref).sum())
      .reduce((a, b) => a.add(b)),
  )
  const shrink = np.minimum(np.trueDivide(maximumNorm, norm.ref.add(1e-6)), 1)
  const next: State = { theta: {}, first: {}, second: {} }
  for (const { name, offset } of slots()) {
    const g = (gradient[name] as JaxArray).mul(shrink.ref)
    const first = (state.first[name] as JaxArray).mul(beta1).add(g.ref.mul(1 - beta1))
    const second = (state.second[name] as JaxArray).mul(beta2).add(np.square(g).mul(1 - beta2))
    const root = np.sqrt(second.ref.mul(corrections.second.ref)).add(epsilon)
    const step = np.trueDivide(first.ref.mul(corrections.first.ref), root).mul(RATE)
    const decay = offset < LAYOUT.decayedCount ? 1 - RATE * weightDecay : 1
    next.theta[name] = (state.theta[name] as JaxArray).mul(decay).sub(step)
    next.first[name] = first
    next.second[name] = second
  }
  shrink.dispose()
  tree.dispose(corrections)
  return { state: next, loss, norm }
}

export async function createJaxTrainer(clock: () => number): Promise<Trainer> {
  await init('wasm')
  defaultDevice('wasm')
  const compiled = jit(update)
  const vector = startParameters()
  const zeros = new Float32Array(vector.length)
  let state: State = {
    theta: parametersFrom(vector),
    first: parametersFrom(zeros),
    second: parametersFrom(zeros),
  }
  const batch = jaxBatch(randomBatch())
  let count = 0
  return async () => {
    const before = clock()
    count++
    const corrections = {
      first: np.array(1 / (1 - OPTIMISER.beta1 ** count)),
      second: np.array(1 / (1 - OPTIMISER.beta2 ** count)),
    }
    const result = compiled(state, tree.ref(batch), corrections)
    state = result.state
    await blockUntilReady(result)
    const [loss] = await result.loss.data()
    const [gradientNorm] = await result.norm.data()
    return { loss: loss ?? NaN, gradientNorm: gradientNorm ?? NaN, milliseconds: clock() - before }
  }
}
