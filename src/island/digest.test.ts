import { expect, it } from 'vitest'
import { Digest } from './digest.ts'

function ofNumbers(...numbers: number[]): string {
  const digest = new Digest()
  for (const x of numbers) digest.addNumber(x)
  return digest.hex()
}

function ofBytes(...chunks: number[][]): string {
  const digest = new Digest()
  for (const chunk of chunks) digest.addBytes(Uint8Array.from(chunk))
  return digest.hex()
}

it('distinguishes data that differ in one bit, in order or in grouping', () => {
  const digests = [
    ofNumbers(),
    ofNumbers(0),
    ofNumbers(0, 0),
    ofNumbers(1, 2),
    ofNumbers(2, 1),
    ofNumbers(1, 2 + 2 ** -51),
    ofNumbers(Number.POSITIVE_INFINITY),
    ofBytes([]),
    ofBytes([0]),
    ofBytes([0, 0]),
    ofBytes([0], [0]),
    ofBytes([1, 2, 3, 4, 5]),
    ofBytes([1, 2, 3, 4], [5]),
    ofBytes([1, 2, 3, 4, 6]),
  ]
  expect(new Set(digests).size).toBe(digests.length)
  for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{16}$/)
})

it('changes in every digit when one bit of the last number changes', () => {
  const trials = 500
  const flips = new Array<number>(64).fill(0)
  for (let n = 0; n < trials; n++) {
    const difference = BigInt(`0x${ofNumbers(n)}`) ^ BigInt(`0x${ofNumbers(n, 0)}`)
    flips.forEach((count, bit) => {
      flips[bit] = count + Number((difference >> BigInt(bit)) & 1n)
    })
  }
  for (const count of flips) expect(Math.abs(count / trials - 0.5)).toBeLessThan(0.1)
})

it('finds no collisions among many inputs', () => {
  const digests = new Set(Array.from({ length: 20_000 }, (_, i) => ofNumbers(i / 7, i % 13)))
  expect(digests.size).toBe(20_000)
})

it('treats −0 and 0 as equal, and refuses NaN', () => {
  expect(ofNumbers(-0)).toBe(ofNumbers(0))
  expect(() => ofNumbers(Number.NaN)).toThrow('Cannot digest NaN')
})

it('can continue after its digest is read', () => {
  const digest = new Digest()
  digest.addNumber(1)
  digest.hex()
  digest.addNumber(2)
  expect(digest.hex()).toBe(ofNumbers(1, 2))
})
