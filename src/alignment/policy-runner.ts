import { encodeModel, type GraphBuilder } from '../graph/index.ts'
import { FRAME_BYTES, FRAME_HEIGHT, FRAME_WIDTH } from '../island/index.ts'
import {
  CONTEXT,
  type Network,
  type ParameterLayout,
  rewardStepGraph,
  type StepOptions,
  stepGraph,
  type Weights,
  weightsFixed,
  weightsFromInput,
  weightsOfPart,
} from '../network/index.ts'
import {
  type Device,
  type DeviceTensor,
  hostOutput,
  int32,
  type Program,
  uint8,
} from '../runtime/index.ts'
import { KeyValueCache } from './key-value-cache.ts'

/**
 * Runs a policy's step graph on up to `capacity` islands at once.
 *
 * Each slot holds one episode in progress, with its own position and cache. Active slots are always the
 * first ones, so that a batch is a prefix of every buffer and runs without copying.
 */
export class PolicyRunner {
  readonly capacity: number
  /** Number of features per decision. */
  readonly width: number
  /** Frames for the next decision, uint8 `[capacity, 32, 64, 3]`: fill before `act`. */
  readonly frames: Uint8Array
  /** Parameters under training, for a step graph that takes them as an input. */
  theta: DeviceTensor | undefined
  /** Residual stream from the last `act`, `[active, width]`; empty if the graph does not output it. */
  stream: Float32Array = new Float32Array(0)
  readonly #program: Program
  readonly #position: Int32Array
  readonly #cache: KeyValueCache

  private constructor(program: Program, { size }: ParameterLayout, capacity: number) {
    this.#program = program
    this.capacity = capacity
    this.width = size.width
    this.frames = new Uint8Array(capacity * FRAME_BYTES)
    this.#position = new Int32Array(capacity)
    this.#cache = new KeyValueCache(size, capacity)
  }

  /**
   * Creates a runner with fixed parameters. With the layout of a reward model, `act` resolves to running
   * rewards instead of logits.
   */
  static create(
    device: Device,
    { layout, parameters }: Network,
    capacity: number,
  ): Promise<PolicyRunner> {
    const weights = (builder: GraphBuilder) => weightsFixed(builder, layout, parameters)
    return PolicyRunner.#load(device, layout, weights, capacity)
  }

  /** Creates a runner whose parameters are an input of the graph: set `theta` before `act`. */
  static forParameters(
    device: Device,
    layout: ParameterLayout,
    capacity: number,
  ): Promise<PolicyRunner> {
    const weights = (builder: GraphBuilder) => weightsFromInput(builder, layout)
    return PolicyRunner.#load(device, layout, weights, capacity)
  }

  /**
   * Creates a runner with a trainable upper part: `theta` holds the part's parameters, those below it
   * are fixed to `parameters`, and each `act` sets `stream` to the residual stream between them.
   */
  static forPart(
    device: Device,
    part: ParameterLayout,
    whole: ParameterLayout,
    parameters: Float32Array,
    capacity: number,
  ): Promise<PolicyRunner> {
    const weights = (builder: GraphBuilder) => {
      const theta = builder.input('theta', 'float32', [part.count])
      return weightsOfPart(builder, part, whole, parameters, theta)
    }
    return PolicyRunner.#load(device, whole, weights, capacity, { streamBefore: part.firstLayer })
  }

  static async #load(
    device: Device,
    layout: ParameterLayout,
    weights: (builder: GraphBuilder) => Weights,
    capacity: number,
    options: StepOptions = {},
  ): Promise<PolicyRunner> {
    const build = layout.head === 'policy' ? stepGraph : rewardStepGraph
    const graph = build(layout.size, weights, { ...options, shortCaches: true })
    return new PolicyRunner(await device.load(encodeModel(graph)), layout, capacity)
  }

  /**
   * Starts a new episode in a slot, or rewinds its episode to just after its first `decisions` decisions.
   * Cache rows from the position on are never read.
   */
  reset(slot: number, decisions = 0): void {
    this.#position[slot] = decisions
  }

  /**
   * Runs the next decision of the first `active` slots on `frames`, and on `theta` if it is set. Resolves
   * to logits `[active, 48]` (`[active, 1]` for a reward model). Rejects if a slot's episode has already
   * had 100 decisions. The other slots' episodes are forgotten: reset such a slot before it plays again.
   */
  async act(active: number): Promise<Float32Array> {
    const positions = this.#position.subarray(0, active)
    checkPositions(positions)
    const outputs = await this.#program.run({
      ...this.#cache.feeds(positions),
      frames: uint8(
        [active, FRAME_HEIGHT, FRAME_WIDTH, 3],
        this.frames.subarray(0, active * FRAME_BYTES),
      ),
      position: int32([active], positions),
      ...(this.theta && { theta: this.theta }),
    })
    if ('stream' in outputs) this.stream = hostOutput(outputs, 'stream').data
    this.#cache.remember(outputs, positions)
    for (const [slot, position] of positions.entries()) positions[slot] = position + 1
    return hostOutput(outputs, 'logits').data
  }

  /** Moves the episode in slot `from` to slot `to`, so that the active slots stay the first ones. */
  move(from: number, to: number): void {
    if (from === to) return
    this.#cache.move(from, to)
    this.#position[to] = this.#position[from] ?? 0
  }

  release(): Promise<void> {
    return this.#program.release()
  }
}

/** Throws if a slot is full. */
function checkPositions(positions: Int32Array): void {
  for (const [slot, position] of positions.entries()) {
    if (position < CONTEXT) continue
    throw new Error(`Slot ${slot} has made ${position} decisions, the context's limit: reset it`)
  }
}
