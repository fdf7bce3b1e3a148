/**
 * Randomness as a value that is passed: a key of 64 bits is split by names and numbers into keys
 * that have nothing in common, and a stream of numbers is read from a key. There is no global
 * generator, so nothing that happens in one place can shift the numbers of another.
 *
 * The idea is that of counter-based generators (Salmon et al., "Parallel random numbers: as easy as
 * 1, 2, 3", SC11): block n of a stream is a keyed permutation of the number n. The permutation is a
 * Feistel network whose round function is the finaliser of MurmurHash3.
 */

/** 64 bits as two unsigned 32-bit integers. Compare keys by their two fields. */
export interface Key {
  readonly hi: number
  readonly lo: number
}

/** What a permuted block is for; different uses of one key never meet. */
const USE_STREAM = 0x5157e4a1
const USE_LETTER = 0x1e77e4c3
const USE_NAME = 0x4a3e0d65
const USE_NUMBER = 0x2b9f3c47
const USE_SEED = 0x73eed0b9

const UINT32 = 4_294_967_296

/** The finaliser of MurmurHash3: every bit of the argument reaches every bit of the result. */
function mix(word: number): number {
  let h = word
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** The permutation's results: two words, because returning an object each time would be slow. */
let permutedHi = 0
let permutedLo = 0

/** Permutes the 64 bits (left, right) by the key in six Feistel rounds. */
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

/** The key at the root of everything that is drawn from a seed (any safe integer). */
export function rootKey(seed: number): Key {
  return deriveByNumber({ hi: 0x243f6a88, lo: 0x85a308d3 }, seed)
}

/**
 * The key found by following a path of names and whole numbers from a key. Different paths give
 * independent keys, and `splitKey(splitKey(k, 'a'), 'b')` is `splitKey(k, 'a', 'b')`.
 */
export function splitKey(key: Key, ...path: (string | number)[]): Key {
  let derived = key
  for (const step of path) {
    derived = typeof step === 'string' ? deriveByName(derived, step) : deriveByNumber(derived, step)
  }
  return derived
}

/** An unsigned 32-bit number that stands for the key where a seed is asked for. */
export function keySeed(key: Key): number {
  permute(key.hi, key.lo, 0, USE_SEED)
  return permutedHi
}

/** An endless sequence of random numbers that is read from a key. */
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

  /** A whole number in [0, 2³²). */
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

  /** A number in [0, 1), a multiple of 2⁻³². */
  uniform(): number {
    return this.uint32() / UINT32
  }

  /** A number in [lo, hi). */
  range(lo: number, hi: number): number {
    return lo + (hi - lo) * this.uniform()
  }

  /** A whole number in [0, n), every one equally likely; n from 1 to 2³². */
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

  /** Nearly normal, mean 0 and variance 1: twelve uniforms less six (Irwin–Hall), so never over 6. */
  normal(): number {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += this.uniform()
    return sum
  }

  /** One of the list's elements, every one equally likely. */
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('Cannot pick from an empty list.')
    // The index is below the length, so there is an element.
    return list[this.below(list.length)] as T
  }

  /** True with probability p. */
  chance(p: number): boolean {
    return this.uniform() < p
  }

  /** Puts the list in a random order, in place, and returns it (Fisher–Yates). */
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
