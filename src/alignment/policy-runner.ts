import { encodeModel } from '../graph/index.ts'
import { FRAME_BYTES, FRAME_HEIGHT, FRAME_WIDTH } from '../island/index.ts'
import {
  type CachePlace,
  CONTEXT,
  type DecisionOptions,
  decisionGraph,
  type Network,
  type ParameterLayout,
} from '../network/index.ts'
import {
  type Device,
  type DeviceTensor,
  hostOutput,
  int32,
  type Program,
  uint8,
} from '../runtime/index.ts'
import { KeptCache, keptOutputs } from './kept-cache.ts'
import { HostCache, type KeyValueCache } from './key-value-cache.ts'
import { PreparedParameters } from './prepared-parameters.ts'

/** Parts of a runner. */
interface RunnerParts {
  readonly program: Program
  readonly cache: KeyValueCache
  /** Prepared weights of the trained parameters, if there are any. */
  readonly prepared: PreparedParameters | undefined
}

/**
 * Runs a policy's decision graph on up to `capacity` islands at once.
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
  /** Residual stream from the last `act`, `[active, width]`; empty if the graph does not output it. */
  stream: Float32Array = new Float32Array(0)
  readonly #parts: RunnerParts
  readonly #position: Int32Array

  private constructor(parts: RunnerParts, width: number, capacity: number) {
    this.#parts = parts
    this.capacity = capacity
    this.width = width
    this.frames = new Uint8Array(capacity * FRAME_BYTES)
    this.#position = new Int32Array(capacity)
  }

  /**
   * Creates a runner with fixed parameters. With the layout of a reward model, `act` resolves to running
   * rewards instead of logits.
   */
  static create(
    device: Device,
    network: Network,
    capacity: number,
    cache = placeOn(device),
  ): Promise<PolicyRunner> {
    return PolicyRunner.#load(device, { cache, fixed: network }, capacity)
  }

  /** Creates a runner without parameters: call `setParameters` before `act`. */
  static forParameters(
    device: Device,
    layout: ParameterLayout,
    capacity: number,
    cache = placeOn(device),
  ): Promise<PolicyRunner> {
    return PolicyRunner.#load(device, { cache, trained: layout }, capacity)
  }

  /**
   * Creates a runner with a trainable upper part, whose parameters `setParameters` sets. Those below it are
   * fixed to `parameters`, and each `act` sets `stream` to the residual stream between them.
   */
  static forPart(
    device: Device,
    part: ParameterLayout,
    whole: ParameterLayout,
    parameters: Float32Array,
    capacity: number,
    cache = placeOn(device),
  ): Promise<PolicyRunner> {
    const fixed = { layout: whole, parameters }
    return PolicyRunner.#load(device, { cache, fixed, trained: part }, capacity)
  }

  static async #load(
    device: Device,
    options: DecisionOptions,
    capacity: number,
  ): Promise<PolicyRunner> {
    const { cache: place, fixed, trained } = options
    const size = (fixed?.layout ?? trained)?.size
    if (size === undefined) throw new Error('Found no network to run: expected its layout')
    const keep = place === 'kept' ? keptOutputs(size) : []
    const program = await device.load(encodeModel(decisionGraph(options)), { keep })
    const cache =
      place === 'kept' ? await KeptCache.create(device, size) : new HostCache(size, capacity)
    const prepared = trained && (await PreparedParameters.create(device, trained, place))
    return new PolicyRunner({ program, cache, prepared }, size.width, capacity)
  }

  /**
   * Sets the trained parameters `theta`, which are prepared here and not used afterwards. Rejects if the
   * runner's parameters are fixed.
   */
  async setParameters(theta: DeviceTensor): Promise<void> {
    const { prepared } = this.#parts
    if (prepared === undefined) throw new Error('The parameters of this runner are fixed')
    await prepared.set(theta)
  }

  /**
   * Starts a new episode in a slot, or rewinds its episode to just after its first `decisions` decisions.
   * Cache rows from the position on are never read.
   */
  reset(slot: number, decisions = 0): void {
    this.#position[slot] = decisions
  }

  /**
   * Runs the next decision of the first `active` slots on `frames`. Resolves to logits `[active, 48]`
   * (`[active, 1]` for a reward model). Rejects if a slot's episode has already had 100 decisions. The
   * other slots' episodes are forgotten: reset such a slot before it plays again.
   */
  async act(active: number): Promise<Float32Array> {
    const { program, cache, prepared } = this.#parts
    const positions = this.#position.subarray(0, active)
    checkPositions(positions)
    const outputs = await program.run({
      ...(await cache.feeds(positions)),
      ...prepared?.feeds,
      frames: uint8(
        [active, FRAME_HEIGHT, FRAME_WIDTH, 3],
        this.frames.subarray(0, active * FRAME_BYTES),
      ),
      position: int32([active], positions),
    })
    if ('stream' in outputs) this.stream = hostOutput(outputs, 'stream').data
    cache.remember(outputs, positions)
    for (const [slot, position] of positions.entries()) positions[slot] = position + 1
    return hostOutput(outputs, 'logits').data
  }

  /** Moves the episode in slot `from` to slot `to`, so that the active slots stay the first ones. */
  move(from: number, to: number): void {
    if (from === to) return
    this.#parts.cache.move(from, to)
    this.#position[to] = this.#position[from] ?? 0
  }

  async release(): Promise<void> {
    const { program, cache, prepared } = this.#parts
    await prepared?.release()
    await cache.release()
    await program.release()
  }
}

/** Returns where the key–value cache is on a device: uploading it takes a GPU longer than a decision. */
function placeOn({ kind }: Device): CachePlace {
  return kind === 'webgpu' ? 'kept' : 'host'
}

/** Throws if a slot is full. */
function checkPositions(positions: Int32Array): void {
  for (const [slot, position] of positions.entries()) {
    if (position < CONTEXT) continue
    throw new Error(`Slot ${slot} has made ${position} decisions, the context's limit: reset it`)
  }
}
