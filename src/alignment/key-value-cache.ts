import { CONTEXT, cacheNames, headWidth, type NetworkSize } from '../network/index.ts'
import { type Feeds, float32, hostOutput, int32, type Outputs } from '../runtime/index.ts'

/** Key–value cache of a runner's slots, in the place that suits its device. */
export interface KeyValueCache {
  /** Returns the feeds of a decision of the first slots, given the position of each. */
  feeds(positions: Int32Array): Promise<Feeds>
  /** Takes over what a decision added; `positions` are those before it. */
  remember(outputs: Outputs, positions: Int32Array): void
  /** Copies the episode in slot `from` to slot `to`. */
  move(from: number, to: number): void
  release(): Promise<void>
}

/** Unit by which caches grow: with a smaller one, they are rearranged more often. */
const GROWTH = 8

/**
 * Cache in host memory.
 *
 * It is fed whole to every decision, so it holds only as many positions as the longest episode in
 * progress needs: on the WASM backend, copying it takes as long as a third of the decision.
 */
export class HostCache implements KeyValueCache {
  readonly #size: NetworkSize
  /** Keys and values by layer, each float32 `[capacity, heads, extent, headWidth]` from the start on. */
  readonly #tensors: readonly { readonly name: string; newName: string; data: Float32Array }[]
  /** Number of positions that every slot has room for. */
  #extent = GROWTH

  constructor(size: NetworkSize, capacity: number) {
    this.#size = size
    const count = capacity * CONTEXT * size.width
    this.#tensors = Array.from({ length: size.layers }, (_, layer) => cacheNames(layer)).flatMap(
      ({ keys, values, newKeys, newValues }) => [
        { name: keys, newName: newKeys, data: new Float32Array(count) },
        { name: values, newName: newValues, data: new Float32Array(count) },
      ],
    )
  }

  async feeds(positions: Int32Array): Promise<Feeds> {
    const { heads, width } = this.#size
    const active = positions.length
    this.#fit(active, Math.max(...positions) + 1)
    const extent = this.#extent
    const feeds: Record<string, Feeds[string]> = {
      held: int32(
        [extent],
        Int32Array.from({ length: extent }, (_, index) => index),
      ),
    }
    for (const { name, data } of this.#tensors) {
      const shape = [active, heads, extent, headWidth(this.#size)]
      feeds[name] = float32(shape, data.subarray(0, active * extent * width))
    }
    return feeds
  }

  remember(outputs: Outputs, positions: Int32Array): void {
    const { heads } = this.#size
    const part = headWidth(this.#size)
    for (const { newName, data } of this.#tensors) {
      const rows = hostOutput(outputs, newName).data
      for (const [slot, position] of positions.entries()) {
        for (let head = 0; head < heads; head++) {
          const block = slot * heads + head
          const from = block * part
          data.set(rows.subarray(from, from + part), (block * this.#extent + position) * part)
        }
      }
    }
  }

  move(from: number, to: number): void {
    const side = this.#extent * this.#size.width
    for (const { data } of this.#tensors) {
      data.copyWithin(to * side, from * side, (from + 1) * side)
    }
  }

  async release(): Promise<void> {
    // Host memory is freed with the cache.
  }

  /** Rearranges the first `active` slots so that there is room for `needed` positions, but not more. */
  #fit(active: number, needed: number): void {
    const extent = Math.min(CONTEXT, Math.ceil(needed / GROWTH) * GROWTH)
    if (extent === this.#extent) return
    const blocks = active * this.#size.heads
    const before = this.#extent * headWidth(this.#size)
    const after = extent * headWidth(this.#size)
    const kept = Math.min(before, after)
    for (const { data } of this.#tensors) {
      for (let index = 1; index < blocks; index++) {
        // Growing blocks move from the last on, so that none is overwritten before it has moved.
        const block = after > before ? blocks - index : index
        data.copyWithin(block * after, block * before, block * before + kept)
      }
    }
    this.#extent = extent
  }
}
