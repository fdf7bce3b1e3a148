import { describe, expect, it } from 'vitest'
import { RandomStream, rootKey } from '../island/index.ts'
import { meanInterval, studentQuantile } from './index.ts'

describe('meanInterval', () => {
  it('agrees with tables of Student’s t', () => {
    // NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.6.7.2, upper 2.5 %.
    const table = [
      [1, 12.706],
      [8, 2.306],
      [9, 2.262],
      [12, 2.179],
      [30, 2.042],
      [100, 1.984],
    ] as const
    for (const [freedom, quantile] of table) {
      expect(studentQuantile(freedom)).toBeCloseTo(quantile, 3)
    }
  })

  it('contains the mean of what the values were drawn from in 95 of 100 samples', () => {
    const random = new RandomStream(rootKey(5))
    for (const size of [2, 5, 12]) {
      const trials = 2000
      let hits = 0
      for (let trial = 0; trial < trials; trial++) {
        const sample = Array.from({ length: size }, () => 3 + 2 * random.normal())
        const { interval } = meanInterval(sample) ?? {}
        if (interval && interval.low <= 3 && interval.high >= 3) hits++
      }
      // Four standard errors of a share of 0.95 in 2,000 trials.
      expect(Math.abs(hits / trials - 0.95)).toBeLessThan(0.02)
    }
  })

  it('has no interval for one value, and nothing for none', () => {
    expect(meanInterval([4])).toEqual({ mean: 4, interval: undefined, count: 1 })
    expect(meanInterval([])).toBeUndefined()
  })
})
