import { type Key, RandomStream, splitKey } from '../island/index.ts'

/** Returns a random permutation of `0 … count − 1` (Fisher–Yates), determined by the key alone. */
export function permutation(key: Key, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index)
  const random = new RandomStream(key)
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const kept = order[last] ?? 0
    order[last] = order[other] ?? 0
    order[other] = kept
  }
  return order
}

/**
 * Endless order in which `count` items are visited, reshuffled every epoch. It depends on the key alone,
 * so the items of step k are the same after a resume. The constructor throws if there are no items.
 */
export class EpochOrder {
  readonly #key: Key
  readonly #count: number
  #epoch = -1
  #order: Uint32Array = new Uint32Array(0)

  constructor(key: Key, count: number) {
    if (count < 1)
      throw new Error('There is nothing to train on: found 0 items, expected at least 1')
    this.#key = key
    this.#count = count
  }

  /** Returns the items at positions `first … first + length − 1` of the endless order. */
  slice(first: number, length: number): number[] {
    return Array.from({ length }, (_, index) => this.#at(first + index))
  }

  #at(position: number): number {
    const epoch = Math.floor(position / this.#count)
    if (epoch !== this.#epoch) {
      this.#order = permutation(splitKey(this.#key, 'epoch', epoch), this.#count)
      this.#epoch = epoch
    }
    return this.#order[position % this.#count] ?? 0
  }
}
