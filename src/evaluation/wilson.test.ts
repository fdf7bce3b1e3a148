import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outcomeTable, wilsonInterval } from './index.ts'

describe('wilsonInterval', () => {
  it('agrees with published values', () => {
    // Newcombe 1998, Statistics in Medicine 17, table I, method 3: 81/263, 15/148, 0/20, 1/29.
    const published: [number, number, number, number][] = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ]
    for (const [successes, trials, low, high] of published) {
      const interval = wilsonInterval(successes, trials)
      expect(interval.low).toBeCloseTo(low, 4)
      expect(interval.high).toBeCloseTo(high, 4)
    }
  })

  it('contains the share, and mirrors when success and failure are swapped', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1000 }), fc.nat({ max: 1000 }), (a, b) => {
        const trials = a + b
        const interval = wilsonInterval(a, trials)
        const swapped = wilsonInterval(b, trials)
        expect(interval.low).toBeCloseTo(1 - swapped.high, 12)
        if (trials === 0) return
        expect(interval.low).toBeLessThanOrEqual(a / trials)
        expect(interval.high).toBeGreaterThanOrEqual(a / trials)
      }),
    )
  })
})

describe('outcomeTable', () => {
  it('counts each ending once', () => {
    const episode = (ending: 'none' | 'left' | 'right', decisions: number) => ({
      ending,
      actions: { length: decisions },
    })
    const table = outcomeTable([episode('left', 58), episode('none', 100), episode('left', 62)])
    expect(table.outcomes).toEqual({ none: 1, left: 2, middle: 0, right: 0 })
    expect(table.episodes).toBe(3)
    expect(table.meanDecisions).toBeCloseTo(220 / 3)
  })
})
