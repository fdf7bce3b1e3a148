/**
 * Explicit randomness: a 64-bit key is split by names and numbers into independent keys, and a
 * stream of random numbers is drawn from a key. There is no global generator, so drawing numbers in
 * one place never changes those drawn in another.
 *
 * This is a counter-based generator (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3",
 * SC11): block n of a stream is a keyed permutation of the number n. The permutation is a Feistel
 * network whose round function is the finaliser of MurmurHash3.
 */

/** A 64-bit key as two unsigned 32-bit integers. Compare keys field by field. */
export interface Key {
  readonly hi: number
  readonly lo: number
}

/** Domain separators of permuted blocks: different uses of one key never give the same block. */
const USE_STREAM = 0x5157e4a1
const USE_LETTER = 0x1e77e4c3
const USE_NAME = 0x4a3e0d65
const USE_NUMBER = 0x2b9f3c47
const USE_SEED = 0x73eed0b9

const UINT32 = 4_294_967_296

/** Applies the finaliser of MurmurHash3: every input bit affects every output bit. */
function mix(word: number): number {
  let h = word
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** Results of `permute`, in two variables because returning an object each time would be slow. */
let permutedHi = 0
let permutedLo = 0

/** Permutes the 64 bits (left, right) under the key (hi, lo) in six Feistel rounds. */
function permute(hi: number, lo: number, left: number, right: number): void {
  let l = left
  let r = right
  l ^= mix(r ^ hi)
  r ^= mix((l + 0x9e3779b9) ^ lo)
  l ^= mix((r + 0x3c6ef372) ^ hi)
  r ^= mix((l + 0xdaa66d2b) ^ lo)
  l ^= mix((r + 0x78dde6e4) ^ hi)
  r ^= mix((l + 0x1715609d) ^ lo)
  permutedHi = l >>> 0
  permutedLo = r >>> 0
}

function derive(key: Key, word: number, use: number): Key {
  permute(key.hi, key.lo, word, use)
  return { hi: permutedHi, lo: permutedLo }
}

function deriveByNumber(key: Key, value: number): Key {
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(
      `Cannot derive a random key from the number ${value}: expected a safe integer; round it or name it.`,
    )
  }
  const high = Math.floor(value / UINT32)
  return derive(derive(key, value | 0, USE_NUMBER), high | 0, USE_NUMBER)
}

function deriveByName(key: Key, name: string): Key {
  let derived = key
  for (let i = 0; i < name.length; i++) {
    derived = derive(derived, name.charCodeAt(i), USE_LETTER)
  }
  return derive(derived, name.length, USE_NAME)
}

/** Returns the root key of a seed. Throws a RangeError unless the seed is a safe integer. */
export function rootKey(seed: number): Key {
  return deriveByNumber({ hi: 0x243f6a88, lo: 0x85a308d3 }, seed)
}

/**
 * Derives a key from `key` by a path of names and safe integers. Different paths give independent
 * keys, and `splitKey(splitKey(k, 'a'), 'b')` is `splitKey(k, 'a', 'b')`. Throws a RangeError for
 * any other number.
 */
export function splitKey(key: Key, ...path: (string | number)[]): Key {
  let derived = key
  for (const step of path) {
    derived = typeof step === 'string' ? deriveByName(derived, step) : deriveByNumber(derived, step)
  }
  return derived
}

/** Derives an unsigned 32-bit seed from a key. */
export function keySeed(key: Key): number {
  permute(key.hi, key.lo, 0, USE_SEED)
  return permutedHi
}

/** An endless stream of random numbers, determined by a key. */
export class RandomStream {
  readonly #hi: number
  readonly #lo: number
  #block = 0
  #spare = 0
  #hasSpare = false

  constructor(key: Key) {
    this.#hi = key.hi
    this.#lo = key.lo
  }

  /** Draws an integer in [0, 2³²). */
  uint32(): number {
    if (this.#hasSpare) {
      this.#hasSpare = false
      return this.#spare
    }
    permute(this.#hi, this.#lo, this.#block, USE_STREAM)
    this.#block = (this.#block + 1) | 0
    this.#spare = permutedLo
    this.#hasSpare = true
    return permutedHi
  }

  /** Draws a number in [0, 1), a multiple of 2⁻³². */
  uniform(): number {
    return this.uint32() / UINT32
  }

  /** Draws a number in [lo, hi). */
  range(lo: number, hi: number): number {
    return lo + (hi - lo) * this.uniform()
  }

  /** Draws an integer uniformly from [0, n). Throws a RangeError unless n is an integer 1…2³². */
  below(n: number): number {
    if (!(Number.isInteger(n) && n >= 1 && n <= UINT32)) {
      throw new RangeError(
        `Cannot draw a number below ${n}: expected a whole number from 1 to 2^32.`,
      )
    }
    const fair = UINT32 - (UINT32 % n)
    let drawn = this.uint32()
    while (drawn >= fair) drawn = this.uint32()
    return drawn % n
  }

  /** Draws a nearly standard normal number in [−6, 6): twelve uniforms less 6 (Irwin–Hall). */
  normal(): number {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += this.uniform()
    return sum
  }

  /** Draws an element of the list uniformly. Throws a RangeError if the list is empty. */
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('Cannot pick from an empty list.')
    // The index is below the length.
    return list[this.below(list.length)] as T
  }

  /** Returns true with probability p. */
  chance(p: number): boolean {
    return this.uniform() < p
  }

  /** Shuffles the list in place (Fisher–Yates) and returns it. */
  shuffle<T>(list: T[]): T[] {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      // Both indices are below the length.
      const held = list[i] as T
      list[i] = list[j] as T
      list[j] = held
    }
    return list
  }
}
