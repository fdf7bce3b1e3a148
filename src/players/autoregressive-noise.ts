/** Autocorrelated noise for human-like errors. */
import type { RandomStream } from '../island/index.ts'

/**
 * A first-order autoregressive process that starts at 0; its stationary mean is 0 and variance 1.
 */
export class AutoregressiveNoise {
  readonly #memory: number
  readonly #fresh: number
  readonly #random: RandomStream
  #value = 0

  /** Takes the autoregressive coefficient `memory`, in [0, 1). */
  constructor(memory: number, random: RandomStream) {
    this.#memory = memory
    // Uniform noise on ±√3 has variance 1; this scale gives the process variance 1 at any memory.
    this.#fresh = Math.sqrt(3 * (1 - memory * memory))
    this.#random = random
  }

  next(): number {
    this.#value = this.#memory * this.#value + this.#random.range(-this.#fresh, this.#fresh)
    return this.#value
  }
}
