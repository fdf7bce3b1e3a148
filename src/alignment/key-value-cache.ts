import { CONTEXT, cacheNames, headWidth, type NetworkSize } from '../network/index.ts'
import { type Feeds, float32, hostOutput, int32, type Outputs } from '../runtime/index.ts'

/** Unit by which caches grow: with a smaller one, they are rearranged more often. */
const GROWTH = 8

/**
 * Key–value cache of all slots in host memory, for step graphs with `shortCaches`.
 *
 * It is fed whole to every decision, so it holds only as many positions as the longest episode in
 * progress needs: on the WASM backend, copying it takes as long as a third of the decision.
 */
export class KeyValueCache {
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

  /** Returns the feeds of the first slots, one for each of their positions. */
  feeds(positions: Int32Array): Feeds {
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

  /** Writes the new rows of a decision, `[active, heads, headWidth]`, at the slots' positions. */
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

  /** Copies the rows of slot `from` to slot `to`. */
  move(from: number, to: number): void {
    const side = this.#extent * this.#size.width
    for (const { data } of this.#tensors) {
      data.copyWithin(to * side, from * side, (from + 1) * side)
    }
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
