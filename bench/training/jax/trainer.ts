/** Training with jax-js: one compiled function that maps state and batch to the next state and the loss. */
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
import {
  LAYOUT,
  OPTIMISER,
  RATE,
  randomBatch,
  SIZE,
  startParameters,
  type Trainer,
} from '../workload.ts'
import { feedBatch, floats, hostBatch, makeTables } from './batch.ts'
import { GAINS, imitationLoss, type JaxBatch, type Parameters, type Tables } from './network.ts'

type State = { theta: Parameters; first: Parameters; second: Parameters }
/** Bias corrections of Adam: 1 / (1 − β₁ᵗ) and 1 / (1 − β₂ᵗ). */
type Corrections = { first: JaxArray; second: JaxArray }

interface Slot {
  readonly name: string
  readonly shape: readonly number[]
  readonly offset: number
  readonly count: number
}

/** Returns the slots of the arrays in our parameter vector; the gains come last, as one array. */
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
      floats(shape, vector.slice(offset, offset + count)),
    ]),
  )
}

/** Performs one AdamW step on a gradient clipped by its global norm, as in src/graph/adamw.ts. */
function update(
  state: State,
  batch: JaxBatch,
  tables: Tables,
  corrections: Corrections,
): { state: State; loss: JaxArray; norm: JaxArray } {
  const { beta1, beta2, epsilon, weightDecay, maximumNorm } = OPTIMISER
  const [loss, gradient] = valueAndGrad(imitationLoss)(tree.ref(state.theta), batch, tables)
  const norm = globalNorm(gradient)
  const shrink = np.minimum(np.trueDivide(maximumNorm, norm.ref.add(1e-6)), 1)
  const next: State = { theta: {}, first: {}, second: {} }
  for (const { name, offset } of slots()) {
    const clipped = pick(gradient, name).mul(shrink.ref)
    const first = mix(beta1, pick(state.first, name), clipped.ref)
    const second = mix(beta2, pick(state.second, name), np.square(clipped))
    const root = np.sqrt(second.ref.mul(corrections.second.ref)).add(epsilon)
    const step = np.trueDivide(first.ref.mul(corrections.first.ref), root).mul(RATE)
    const decay = offset < LAYOUT.decayedCount ? 1 - RATE * weightDecay : 1
    next.theta[name] = pick(state.theta, name).mul(decay).sub(step)
    next.first[name] = first
    next.second[name] = second
  }
  shrink.dispose()
  tree.dispose(corrections)
  return { state: next, loss, norm }
}

/** Returns the global norm of all gradients without consuming them. */
function globalNorm(gradient: Parameters): JaxArray {
  const squares = Object.values(gradient).map((part) => np.square(part.ref).sum())
  return np.sqrt(squares.reduce((a, b) => a.add(b)))
}

function pick(arrays: Parameters, name: string): JaxArray {
  const array = arrays[name]
  if (array === undefined) throw new Error(`There is no array "${name}"`)
  return array
}

/** Returns β · old + (1 − β) · fresh. */
function mix(beta: number, old: JaxArray, fresh: JaxArray): JaxArray {
  return old.mul(beta).add(fresh.mul(1 - beta))
}

/**
 * Creates the jax-js trainer on WebAssembly. As in our trainer, the batch is uploaded from the host
 * in each step; its earlier conversion to floats in patch order is not timed.
 */
export async function createJaxTrainer(clock: () => number): Promise<Trainer> {
  await init('wasm')
  defaultDevice('wasm')
  const compiled = jit(update)
  const start = startParameters()
  const zeros = new Float32Array(start.length)
  let state: State = {
    theta: parametersFrom(start),
    first: parametersFrom(zeros),
    second: parametersFrom(zeros),
  }
  const batch = hostBatch(randomBatch())
  const tables = makeTables()
  let count = 0
  return async () => {
    const before = clock()
    count++
    const corrections = {
      first: np.array(1 / (1 - OPTIMISER.beta1 ** count)),
      second: np.array(1 / (1 - OPTIMISER.beta2 ** count)),
    }
    const result = compiled(state, feedBatch(batch), tree.ref(tables), corrections)
    state = result.state
    await blockUntilReady(result)
    const [loss = Number.NaN] = await result.loss.data()
    const [gradientNorm = Number.NaN] = await result.norm.data()
    return { loss, gradientNorm, milliseconds: clock() - before }
  }
}
