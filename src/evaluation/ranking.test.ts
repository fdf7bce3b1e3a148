import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RandomStream, rootKey } from '../island/index.ts'
import { rankingOf } from './ranking.ts'

const scores = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 12 })

/** Share of pairs, counted one by one. */
function counted(better: readonly number[], worse: readonly number[]): number {
  const points = better.flatMap((a) => worse.map((b): number => (a > b ? 1 : a === b ? 0.5 : 0)))
  return points.reduce((sum, point) => sum + point, 0) / points.length
}

describe('rankingOf', () => {
  it('counts pairs as counting them one by one does, and mirrors when the two are exchanged', () => {
    fc.assert(
      fc.property(scores, scores, (better, worse) => {
        const { share = Number.NaN, interval } = rankingOf(better, worse) ?? {}
        expect(share).toBeCloseTo(counted(better, worse), 12)
        expect(rankingOf(worse, better)?.share).toBeCloseTo(1 - share, 12)
        expect(interval?.low).toBeLessThanOrEqual(share + 1e-9)
        expect(interval?.high).toBeGreaterThanOrEqual(share - 1e-9)
        expect(interval?.low).toBeGreaterThanOrEqual(0)
        expect(interval?.high).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('is undefined without one of the two, and unsure where few are separated', () => {
    expect(rankingOf([], [1])).toBeUndefined()
    expect(rankingOf([1], [])).toBeUndefined()
    const few = rankingOf([2, 3], [0, 1, 1])
    const many = rankingOf(Array(200).fill(2), Array(300).fill(1))
    expect([few?.share, many?.share]).toEqual([1, 1])
    expect(few?.interval.low).toBeLessThan(0.5)
    expect(many?.interval.low).toBeGreaterThan(0.97)
  })

  it('covers the true probability about as often as it claims', () => {
    const random = new RandomStream(rootKey(7))
    const gaussian = () =>
      Array.from({ length: 12 }, () => random.below(1e6) / 1e6 - 0.5).reduce((a, b) => a + b, 0)
    // Two normal distributions one standard deviation apart: Φ(1 / √2).
    const truth = 0.7602
    const covered = Array.from({ length: 400 }, () => {
      const better = Array.from({ length: 40 }, () => gaussian() + 1)
      const worse = Array.from({ length: 60 }, gaussian)
      const { low = 1, high = 0 } = rankingOf(better, worse)?.interval ?? {}
      return low <= truth && truth <= high
    }).filter(Boolean).length
    expect(covered / 400).toBeGreaterThan(0.92)
    expect(covered / 400).toBeLessThan(0.99)
  })
})
