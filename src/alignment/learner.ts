import { adamWGraph, encodeModel } from '../graph/index.ts'
import { blockMatrices, type ParameterLayout } from '../network/index.ts'
import {
  type Device,
  type DeviceTensor,
  type Feeds,
  hostOutput,
  keptOutput,
  type Program,
  scalar,
} from '../runtime/index.ts'

/** Optimiser settings that stay fixed during training. */
export interface Optimiser {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  /** Decoupled weight decay: each step subtracts it × learning rate × θ from the decayed parameters θ. */
  readonly weightDecay: number
  /** Global gradient norm above which the gradient is scaled down to it. */
  readonly maximumNorm: number
  /** Optimiser of the matrices in the blocks; AdamW trains everything else. */
  readonly optimiser: 'adamw' | 'muon'
}

/** Parameters and moments after `step` optimiser steps: all that an exact resume needs. */
export interface Snapshot {
  readonly step: number
  readonly theta: Float32Array
  readonly firstMoment: Float32Array
  readonly secondMoment: Float32Array
}

/** Returns the state before the first step: moments of zero. */
export function freshSnapshot(theta: Float32Array): Snapshot {
  return {
    step: 0,
    theta,
    firstMoment: new Float32Array(theta.length),
    secondMoment: new Float32Array(theta.length),
  }
}

interface State {
  readonly theta: DeviceTensor
  readonly firstMoment: DeviceTensor
  readonly secondMoment: DeviceTensor
}

/**
 * Parameters under training on one device: accumulates the gradients of batches, then takes an
 * optimiser step. The state leaves the device only through `snapshot`.
 *
 * A gradient graph takes `theta`, `accumulator` and a batch, and outputs `accumulated` (kept on the
 * device) and `metrics`.
 */
export class Learner {
  readonly #device: Device
  readonly #optimiser: Optimiser
  readonly #apply: Program
  readonly #gradients: readonly Program[]
  readonly #zeros: DeviceTensor
  #state: State
  #accumulator: DeviceTensor | undefined
  #step: number

  private constructor(
    device: Device,
    optimiser: Optimiser,
    programs: { gradients: readonly Program[]; apply: Program },
    zeros: DeviceTensor,
    state: State,
    step: number,
  ) {
    this.#device = device
    this.#optimiser = optimiser
    this.#gradients = programs.gradients
    this.#apply = programs.apply
    this.#zeros = zeros
    this.#state = state
    this.#step = step
  }

  /**
   * Loads the graphs and uploads the state. `gradientModels` are encoded gradient graphs, one per
   * batch shape.
   */
  static async create(
    device: Device,
    layout: ParameterLayout,
    gradientModels: readonly Uint8Array[],
    optimiser: Optimiser,
    from: Snapshot,
  ): Promise<Learner> {
    const applyModel = encodeModel(
      adamWGraph({
        count: layout.count,
        decayed: layout.decayedCount,
        beta1: optimiser.beta1,
        beta2: optimiser.beta2,
        epsilon: optimiser.epsilon,
        weightDecay: optimiser.weightDecay,
        maximumNorm: optimiser.maximumNorm,
        orthogonalised: optimiser.optimiser === 'muon' ? blockMatrices(layout) : [],
      }),
    )
    const gradients: Program[] = []
    for (const model of gradientModels) {
      gradients.push(await device.load(model, { keep: ['accumulated'] }))
    }
    const apply = await device.load(applyModel, {
      keep: ['nextTheta', 'nextFirstMoment', 'nextSecondMoment'],
    })
    const upload = (data: Float32Array): Promise<DeviceTensor> =>
      device.upload({ type: 'float32', shape: [layout.count], data })
    const state = {
      theta: await upload(from.theta),
      firstMoment: await upload(from.firstMoment),
      secondMoment: await upload(from.secondMoment),
    }
    const zeros = await upload(new Float32Array(layout.count))
    return new Learner(device, optimiser, { gradients, apply }, zeros, state, from.step)
  }

  /** Number of optimiser steps taken, including those before a resume. */
  get step(): number {
    return this.#step
  }

  get device(): Device {
    return this.#device
  }

  /** Parameters on the device, for feeding to its other graphs; valid until the next `apply`. */
  get theta(): DeviceTensor {
    return this.#state.theta
  }

  /**
   * Accumulates the gradient of one batch with gradient graph number `graph`; resolves to its `metrics`.
   * Rejects if there is no such graph.
   */
  async accumulate(batch: Feeds, graph = 0): Promise<Float32Array> {
    const gradient = this.#gradients[graph]
    if (gradient === undefined) {
      throw new Error(
        `Gradient graph ${graph} was requested, but ${this.#gradients.length} are loaded`,
      )
    }
    const before = this.#accumulator ?? this.#zeros
    const outputs = await gradient.run({
      ...batch,
      theta: this.#state.theta,
      accumulator: before,
    })
    if (before !== this.#zeros) before.dispose()
    this.#accumulator = keptOutput(outputs, 'accumulated')
    return hostOutput(outputs, 'metrics').data
  }

  /**
   * Takes one AdamW step with the accumulated gradient times `gradientScale`; resolves to the scaled
   * gradient's global norm before clipping. Rejects if no gradient has been accumulated.
   */
  async apply(rate: number, gradientScale: number): Promise<number> {
    if (this.#accumulator === undefined) {
      throw new Error('No gradient has been accumulated: call accumulate before apply')
    }
    const { beta1, beta2 } = this.#optimiser
    const next = this.#step + 1
    const outputs = await this.#apply.run({
      theta: this.#state.theta,
      firstMoment: this.#state.firstMoment,
      secondMoment: this.#state.secondMoment,
      gradient: this.#accumulator,
      learningRate: scalar(rate),
      gradientScale: scalar(gradientScale),
      firstCorrection: scalar(1 - beta1 ** next),
      secondCorrection: scalar(1 - beta2 ** next),
    })
    this.#accumulator.dispose()
    this.#accumulator = undefined
    disposeState(this.#state)
    this.#state = {
      theta: keptOutput(outputs, 'nextTheta'),
      firstMoment: keptOutput(outputs, 'nextFirstMoment'),
      secondMoment: keptOutput(outputs, 'nextSecondMoment'),
    }
    this.#step = next
    return hostOutput(outputs, 'gradientNorm').data[0] ?? Number.NaN
  }

  /** Downloads the state to the host. Call it between steps, not between `accumulate` and `apply`. */
  async snapshot(): Promise<Snapshot> {
    return {
      step: this.#step,
      theta: await download(this.#state.theta),
      firstMoment: await download(this.#state.firstMoment),
      secondMoment: await download(this.#state.secondMoment),
    }
  }

  async release(): Promise<void> {
    this.#accumulator?.dispose()
    this.#zeros.dispose()
    disposeState(this.#state)
    for (const gradient of this.#gradients) await gradient.release()
    await this.#apply.release()
  }
}

function disposeState(state: State): void {
  state.theta.dispose()
  state.firstMoment.dispose()
  state.secondMoment.dispose()
}

async function download(tensor: DeviceTensor): Promise<Float32Array> {
  const { data } = await tensor.download()
  if (data instanceof Float32Array) return data
  throw new Error(`A parameter tensor came back as ${tensor.type}, expected float32`)
}
