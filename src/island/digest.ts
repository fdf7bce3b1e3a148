/**
 * A 64-bit digest of numbers and bytes, to tell whether two replays are identical bit for bit. Two
 * cross-coupled lanes of MurmurHash3's mixing; not cryptographically secure.
 */
export class Digest {
  #a = 0x243f6a88
  #b = 0x85a308d3
  #length = 0
  readonly #bits = new DataView(new ArrayBuffer(8))

  /**
   * Adds the 64 bits of a number; −0 counts as +0. Throws a RangeError on NaN, as no state has one.
   */
  addNumber(x: number): void {
    if (Number.isNaN(x)) throw new RangeError('Cannot digest NaN: expected a number.')
    this.#bits.setFloat64(0, x + 0, true)
    this.#addWord(this.#bits.getInt32(0, true))
    this.#addWord(this.#bits.getInt32(4, true))
  }

  /** Adds bytes in order. Splitting them into different chunks gives a different digest. */
  addBytes(bytes: Uint8Array): void {
    const whole = bytes.length - (bytes.length % 4)
    // Every index is below the length.
    for (let i = 0; i < whole; i += 4) {
      const low = (bytes[i] as number) | ((bytes[i + 1] as number) << 8)
      this.#addWord(low | ((bytes[i + 2] as number) << 16) | ((bytes[i + 3] as number) << 24))
    }
    for (let i = whole; i < bytes.length; i++) this.#addWord(bytes[i] as number)
    this.#addWord(bytes.length)
  }

  /** Returns the digest of everything added so far, as 16 hexadecimal digits. */
  hex(): string {
    let a = this.#a ^ this.#length
    let b = this.#b + a
    a = finalise(a + b)
    b = finalise(b + a)
    a = finalise(a + b)
    return hex32(a) + hex32(b)
  }

  #addWord(word: number): void {
    this.#length = (this.#length + 1) | 0
    let k = Math.imul(word, 0xcc9e2d51)
    k = Math.imul((k << 15) | (k >>> 17), 0x1b873593)
    const a = this.#a ^ k
    this.#a = (Math.imul(((a << 13) | (a >>> 19)) + this.#b, 5) + 0xe6546b64) | 0
    const b = this.#b ^ Math.imul(word, 0x9e3779b1)
    this.#b = (Math.imul(((b << 17) | (b >>> 15)) + this.#a, 5) + 0x38495ab5) | 0
  }
}

function finalise(word: number): number {
  let h = word | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function hex32(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0')
}
