import { describe, expect, it } from 'vitest'
import { RandomStream, rootKey } from '../../island/index.ts'
import { medianInterval } from './median-interval.ts'

const oneTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

describe('medianInterval', () => {
  it('has the ranks that the critical values of the sign test give', () => {
    // Two-sided at 5 %, they are 0, 1, 3 and 5: one less than the rank.
    const ranks: [number, number, number][] = [
      [6, 1, 6],
      [10, 2, 9],
      [15, 4, 12],
      [20, 6, 15],
    ]
    for (const [n, low, high] of ranks) {
      expect(medianInterval(oneTo(n).toReversed())).toEqual({ low, high })
    }
  })

  it('does not exist for fewer than six numbers', () => {
    expect(oneTo(5).map((n) => medianInterval(oneTo(n)))).toEqual(Array(5).fill(undefined))
    expect(medianInterval([])).toBeUndefined()
  })

  it('covers the median of a skewed distribution at least as often as it says', () => {
    const random = new RandomStream(rootKey(1))
    const trials = 2000
    for (const n of [12, 45]) {
      let covered = 0
      for (let trial = 0; trial < trials; trial++) {
        const numbers = Array.from({ length: n }, () => -Math.log(1 - random.uniform()))
        const { low = 0, high = 0 } = medianInterval(numbers) ?? {}
        if (low <= Math.LN2 && Math.LN2 <= high) covered += 1
      }
      // At least 95 %, less three standard deviations.
      expect(covered / trials).toBeGreaterThan(0.935)
      expect(covered / trials).toBeLessThan(0.99)
    }
  })

  it('keeps its ranks for more numbers than ½ to their power can represent', () => {
    const { low = 0, high = 0 } = medianInterval(oneTo(4000)) ?? {}
    // The normal approximation: 2000 ± 1.96 √4000 ÷ 2.
    expect(low).toBeCloseTo(2000 - 0.98 * Math.sqrt(4000), -1)
    expect(high).toBe(4001 - low)
  })
})
