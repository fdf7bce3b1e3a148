import { encodeModel } from '../graph/index.ts'
import {
  keptCacheNames,
  keptCacheShape,
  type NetworkSize,
  rearrangementGraph,
} from '../network/index.ts'
import {
  type Device,
  type DeviceTensor,
  type Feeds,
  float32,
  int32,
  keptOutput,
  type Outputs,
  type Program,
} from '../runtime/index.ts'
import type { KeyValueCache } from './key-value-cache.ts'

/**
 * Cache that stays on the device: each decision returns the next caches, and only the frames and a
 * position per island are uploaded. Rows that a new or rewound episode has not written yet are masked, so
 * they are never cleared.
 */
export class KeptCache implements KeyValueCache {
  readonly #rearrange: Program
  readonly #names: readonly { readonly cache: string; readonly nextCache: string }[]
  /** Caches by layer. */
  #tensors: readonly DeviceTensor[]
  /** Row of the caches that holds each slot's episode. */
  #rows: number[] = [0]

  private constructor(rearrange: Program, size: NetworkSize, tensors: readonly DeviceTensor[]) {
    this.#rearrange = rearrange
    this.#names = Array.from({ length: size.layers }, (_, layer) => keptCacheNames(layer))
    this.#tensors = tensors
  }

  /** Creates a cache with a single row of zeros, from which those of new slots are copied. */
  static async create(device: Device, size: NetworkSize): Promise<KeptCache> {
    const keep = keptOutputs(size)
    const rearrange = await device.load(encodeModel(rearrangementGraph(size)), { keep })
    const tensors: DeviceTensor[] = []
    for (let layer = 0; layer < size.layers; layer++) {
      tensors.push(await device.upload(float32(keptCacheShape(size, 1))))
    }
    return new KeptCache(rearrange, size, tensors)
  }

  async feeds(positions: Int32Array): Promise<Feeds> {
    const rows = Array.from(positions, (_, slot) => this.#rows[slot] ?? 0)
    const held = this.#tensors[0]?.shape[0]
    if (held !== rows.length || rows.some((row, slot) => row !== slot)) {
      const order = int32([rows.length], Int32Array.from(rows))
      this.#replace(await this.#rearrange.run({ ...this.#fed(), rows: order }))
      this.#rows = rows.map((_, slot) => slot)
    }
    return this.#fed()
  }

  remember(outputs: Outputs): void {
    this.#replace(outputs)
  }

  move(from: number, to: number): void {
    this.#rows[to] = this.#rows[from] ?? 0
  }

  async release(): Promise<void> {
    for (const tensor of this.#tensors) tensor.dispose()
    await this.#rearrange.release()
  }

  #fed(): Feeds {
    return Object.fromEntries(
      this.#tensors.map((tensor, layer) => [keptCacheNames(layer).cache, tensor]),
    )
  }

  #replace(outputs: Outputs): void {
    const before = this.#tensors
    this.#tensors = this.#names.map(({ nextCache }) => keptOutput(outputs, nextCache))
    for (const tensor of before) tensor.dispose()
  }
}

/** Returns the names of the outputs of a graph with kept caches that stay on the device. */
export function keptOutputs(size: NetworkSize): string[] {
  return Array.from({ length: size.layers }, (_, layer) => keptCacheNames(layer).nextCache)
}
