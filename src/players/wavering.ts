/** Noise that changes slowly, as that of people does. */
import type { RandomStream } from '../island/index.ts'

/** A first-order autoregression of mean 0 and variance 1, which starts at 0. */
export class Wavering {
  readonly #memory: number
  readonly #fresh: number
  readonly #random: RandomStream
  #value = 0

  /** memory, in [0, 1), is the share of a value that is left in the next one. */
  constructor(memory: number, random: RandomStream) {
    this.#memory = memory
    // A uniform number of variance 1 is spread over 2√3; summed up by the memory it is bell-shaped.
    this.#fresh = Math.sqrt(3 * (1 - memory * memory))
    this.#random = random
  }

  next(): number {
    this.#value = this.#memory * this.#value + this.#random.range(-this.#fresh, this.#fresh)
    return this.#value
  }
}
