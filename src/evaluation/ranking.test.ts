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

  it('is hardly surer of a share near 1 where one of all pairs is misranked than where none is', () => {
    const better = Array.from({ length: 396 }, (_, index) => index)
    const none = rankingOf(better, [-1, -2, -3, -4])?.interval
    const one = rankingOf(better, [-1, -2, -3, 0.5])?.interval
    expect(none?.low).toBeCloseTo(0.51, 2)
    expect(one?.low).toBeCloseTo(0.51, 2)
  })

  /** Returns how often the interval of 400 samples holds the true probability. */
  function coverage(truth: number, sample: () => readonly [number[], number[]]): number {
    const covered = Array.from({ length: 400 }, () => {
      const { low = 1, high = 0 } = rankingOf(...sample())?.interval ?? {}
      return low <= truth && truth <= high
    })
    return covered.filter(Boolean).length / covered.length
  }

  const random = new RandomStream(rootKey(7))
  const uniform = () => random.below(1e6) / 1e6
  const gaussian = () => Array.from({ length: 12 }, uniform).reduce((sum, each) => sum + each, -6)
  const many = (length: number, draw: () => number) => Array.from({ length }, draw)

  it('covers the true probability about as often as it claims', () => {
    // Two normal distributions one standard deviation apart: Φ(1 / √2).
    const covered = coverage(0.7602, () => [many(40, () => gaussian() + 1), many(60, gaussian)])
    expect(covered).toBeGreaterThan(0.92)
    expect(covered).toBeLessThan(0.99)
  })

  it.each([4, 8, 40])(
    'covers it, too, where few are worse (%i), and some of them score best',
    (few) => {
      // One of 200 better ones scores below all worse ones, and one of five worse ones above all better ones.
      const betterScore = () => (random.chance(0.005) ? -1 : 1 + uniform())
      const worseScore = () => (random.chance(0.2) ? 3 : uniform())
      const truth = 0.995 * 0.8
      expect(
        coverage(truth, () => [many(200, betterScore), many(few, worseScore)]),
      ).toBeGreaterThan(0.92)
    },
  )

  it.each([4, 40])('covers it, too, where few are worse (%i), and all score alike', (few) => {
    // Normal distributions two standard deviations apart: Φ(√2).
    const covered = coverage(0.9214, () => [many(200, () => gaussian() + 2), many(few, gaussian)])
    expect(covered).toBeGreaterThan(0.92)
  })
})
