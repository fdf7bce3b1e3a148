import { describe, expect, it } from 'vitest'
import { RandomStream, rootKey, splitKey } from '../island/index.ts'
import { cumulative } from './cumulative.ts'

describe('cumulative', () => {
  it('counts the values up to each point', () => {
    const random = new RandomStream(rootKey(4))
    const sample = Array.from({ length: 90 }, () => Math.floor(20 * random.uniform()))
    const at = [-1, 0, 3.5, 7, 7, 19, 30]
    const points = cumulative(sample, at)
    expect(points.map(({ share }) => share)).toEqual(
      at.map((value) => sample.filter((each) => each <= value).length / sample.length),
    )
    for (const { share, low, high } of points) {
      expect(low).toBeLessThanOrEqual(share)
      expect(high).toBeGreaterThanOrEqual(share)
    }
    expect(() => cumulative([], at)).toThrow(RangeError)
  })

  it('has a band that covers the whole distribution in 95 % of samples', () => {
    const at = Array.from({ length: 200 }, (_, index) => index / 200)
    const covered = Array.from({ length: 400 }, (_, sample) => {
      const random = new RandomStream(splitKey(rootKey(5), sample))
      const values = Array.from({ length: 40 }, () => random.uniform())
      return cumulative(values, at).every(({ value, low, high }) => low <= value && value <= high)
    })
    // The band is slightly too wide for small samples, never too narrow: 95 % ± 3 standard errors.
    const share = covered.filter(Boolean).length / covered.length
    expect(share).toBeGreaterThan(0.917)
    expect(share).toBeLessThan(1)
  })
})
