import { encodeModel } from '../graph/index.ts'
import { FRAME_BYTES, FRAME_HEIGHT, FRAME_WIDTH } from '../island/index.ts'
import {
  CONTEXT,
  cacheNames,
  headWidth,
  type NetworkSize,
  type ParameterLayout,
  stepGraph,
  weightsFromInput,
  weightsOfPart,
} from '../network/index.ts'
import {
  type Device,
  type DeviceTensor,
  type Feeds,
  type HostTensor,
  hostOutput,
  type Program,
} from '../runtime/index.ts'

/** Key–value cache of one layer for all slots: float32 `[capacity, heads, 100, headWidth]` each. */
interface LayerCache {
  readonly keys: Float32Array
  readonly values: Float32Array
}

/**
 * Runs a policy's step graph on up to `capacity` islands at once.
 *
 * Each slot holds one episode in progress, with its own position and cache. Active slots are always the
 * first ones, so that a batch is a prefix of every buffer and runs without copying.
 */
export class PolicyRunner {
  readonly capacity: number
  /** Frames for the next decision, uint8 `[capacity, 32, 64, 3]`: fill before `act`. */
  readonly frames: Uint8Array
  /** Parameters under training, for a step graph that takes them as an input. */
  theta: DeviceTensor | undefined
  /** Residual stream from the last `act`, `[active, width]`; empty if the graph does not output it. */
  stream: Float32Array = new Float32Array(0)
  readonly #program: Program
  readonly #size: NetworkSize
  readonly #position: Int32Array
  readonly #cache: readonly LayerCache[]

  private constructor(program: Program, size: NetworkSize, capacity: number) {
    this.#program = program
    this.#size = size
    this.capacity = capacity
    this.frames = new Uint8Array(capacity * FRAME_BYTES)
    this.#position = new Int32Array(capacity)
    const count = capacity * CONTEXT * size.width
    this.#cache = Array.from({ length: size.layers }, () => ({
      keys: new Float32Array(count),
      values: new Float32Array(count),
    }))
  }

  /** Loads `model`, an encoded step graph of a network of `size`. */
  static async create(
    device: Device,
    model: Uint8Array,
    size: NetworkSize,
    capacity: number,
  ): Promise<PolicyRunner> {
    return new PolicyRunner(await device.load(model), size, capacity)
  }

  /** Creates a runner whose parameters are an input of the graph: set `theta` before `act`. */
  static forParameters(
    device: Device,
    layout: ParameterLayout,
    capacity: number,
  ): Promise<PolicyRunner> {
    const graph = stepGraph(layout.size, (builder) => weightsFromInput(builder, layout))
    return PolicyRunner.create(device, encodeModel(graph), layout.size, capacity)
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
    const graph = stepGraph(
      whole.size,
      (builder) => {
        const theta = builder.input('theta', 'float32', [part.count])
        return weightsOfPart(builder, part, whole, parameters, theta)
      },
      part.firstLayer,
    )
    return PolicyRunner.create(device, encodeModel(graph), whole.size, capacity)
  }

  /** Number of features per decision. */
  get width(): number {
    return this.#size.width
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
   * to logits `[active, 48]` (`[active, 1]` for a `rewardStepGraph`). Rejects if a slot's episode has
   * already had 100 decisions.
   */
  async act(active: number): Promise<Float32Array> {
    const feeds = this.#feeds(active)
    const outputs = await this.#program.run(this.theta ? { ...feeds, theta: this.theta } : feeds)
    if ('stream' in outputs) this.stream = hostOutput(outputs, 'stream').data
    const part = headWidth(this.#size)
    for (const [layer, cache] of this.#cache.entries()) {
      const names = cacheNames(layer)
      this.#remember(cache.keys, hostOutput(outputs, names.newKeys).data, active, part)
      this.#remember(cache.values, hostOutput(outputs, names.newValues).data, active, part)
    }
    for (let slot = 0; slot < active; slot++) {
      this.#position[slot] = (this.#position[slot] ?? 0) + 1
    }
    return hostOutput(outputs, 'logits').data
  }

  /** Moves the episode in slot `from` to slot `to`, so that the active slots stay the first ones. */
  move(from: number, to: number): void {
    if (from === to) return
    const { layers, width } = this.#size
    const side = CONTEXT * width
    for (let layer = 0; layer < layers; layer++) {
      const cache = this.#cache[layer]
      cache?.keys.copyWithin(to * side, from * side, (from + 1) * side)
      cache?.values.copyWithin(to * side, from * side, (from + 1) * side)
    }
    this.#position[to] = this.#position[from] ?? 0
  }

  release(): Promise<void> {
    return this.#program.release()
  }

  #feeds(active: number): Feeds {
    const { heads, width } = this.#size
    const feeds: Record<string, HostTensor> = {
      frames: {
        type: 'uint8',
        shape: [active, FRAME_HEIGHT, FRAME_WIDTH, 3],
        data: this.frames.subarray(0, active * FRAME_BYTES),
      },
      position: { type: 'int32', shape: [active], data: this.#position.subarray(0, active) },
    }
    const shape = [active, heads, CONTEXT, headWidth(this.#size)]
    const count = active * CONTEXT * width
    for (const [layer, cache] of this.#cache.entries()) {
      const names = cacheNames(layer)
      feeds[names.keys] = { type: 'float32', shape, data: cache.keys.subarray(0, count) }
      feeds[names.values] = { type: 'float32', shape, data: cache.values.subarray(0, count) }
    }
    return feeds
  }

  /** Writes new cache rows `[active, heads, headWidth]` at each slot's position. Throws if a slot is full. */
  #remember(cache: Float32Array, rows: Float32Array, active: number, part: number): void {
    const { heads } = this.#size
    for (let slot = 0; slot < active; slot++) {
      const position = this.#position[slot] ?? 0
      if (position >= CONTEXT) {
        throw new Error(
          `Slot ${slot} has made ${position} decisions, the context's limit: reset it`,
        )
      }
      for (let head = 0; head < heads; head++) {
        const index = slot * heads + head
        const from = index * part
        cache.set(rows.subarray(from, from + part), (index * CONTEXT + position) * part)
      }
    }
  }
}
