import { describe, expect, it } from 'vitest'
import { rootKey, splitKey } from '../../island/index.ts'
import { bootstrapAlpha, krippendorffAlpha, moreLabelsToHalve } from './alpha.ts'
import type { Rating } from './ratings.ts'
import { simulateRatings } from './testing/simulated-raters.ts'

const SKILLS = [0.9, 0.85, 0.8, 0.75, 0.7, 0.65]
const settings = { samples: 300, level: 0.95 }

const study = (items: number, seed: number) =>
  simulateRatings(items, 3, SKILLS, splitKey(rootKey(seed), 'study')).ratings

const bootstrap = (ratings: readonly Rating[], seed: number) =>
  bootstrapAlpha(ratings, 'nominal', splitKey(rootKey(seed), 'bootstrap'), settings)

describe('krippendorffAlpha', () => {
  it('ignores what a rater answers to an item the second time', () => {
    const ratings = study(20, 1)
    const again = ratings.map((rating) => ({ ...rating, value: 0.5 }))
    expect(krippendorffAlpha([...ratings, ...again], 'ordinal')).toEqual(
      krippendorffAlpha(ratings, 'ordinal'),
    )
  })

  it('is about 0 for raters who guess, and 1 for raters who agree', () => {
    const guessed = simulateRatings(2000, 3, [0.5, 0.5, 0.5, 0.5], rootKey(2)).ratings
    expect(Math.abs(krippendorffAlpha(guessed, 'nominal').alpha ?? 1)).toBeLessThan(0.05)
    const known = simulateRatings(20, 3, [1, 1, 1], rootKey(2)).ratings
    expect(krippendorffAlpha(known, 'interval').alpha).toBe(1)
  })
})

describe('bootstrapAlpha', () => {
  it('covers the alpha of all items about as often as it says', () => {
    const truth = krippendorffAlpha(study(20_000, 0), 'nominal').alpha ?? Number.NaN
    const covered = Array.from({ length: 200 }, (_, n) => {
      const { interval } = bootstrap(study(60, n + 1), n)
      return interval !== undefined && interval.low <= truth && truth <= interval.high
    }).filter(Boolean).length
    // 95 % of 200 are 190, ± 9 at three standard deviations; percentile intervals cover a little less.
    expect(covered).toBeGreaterThanOrEqual(176)
    expect(covered).toBeLessThan(200)
  })

  it('gives the same interval for the same key, and another for another', () => {
    const ratings = study(30, 1)
    expect(bootstrap(ratings, 4)).toEqual(bootstrap(ratings, 4))
    expect(bootstrap(ratings, 4).interval).not.toEqual(bootstrap(ratings, 5).interval)
  })

  it('gives no interval where alpha is undefined, or is in many resamples', () => {
    const pair = (item: string, a: number, b: number): Rating[] => [
      { rater: 'Ada', item, value: a },
      { rater: 'Ben', item, value: b },
    ]
    expect(bootstrap([], 1)).toEqual({
      estimate: { undefinedFor: 'nothing to pair' },
      interval: undefined,
      items: 0,
      defined: 0,
    })
    expect(bootstrap(pair('a', 1, 1), 1).estimate).toEqual({ undefinedFor: 'no variation' })
    // One item in 20 that differs is in 64 % of the resamples, five are in all but 0.3 %.
    const odd = (count: number) =>
      Array.from({ length: 20 }, (_, n) => pair(`${n}`, n < count ? 1 : 0, 0)).flat()
    expect(bootstrap(odd(1), 1)).toMatchObject({ interval: undefined, items: 20 })
    expect(bootstrap(odd(1), 1).defined).toBeGreaterThan(160)
    expect(bootstrap(odd(5), 1).interval).toBeDefined()
  })
})

describe('moreLabelsToHalve', () => {
  it('predicts how many labels halve the interval of simulated raters', () => {
    const meanWidth = (items: number) => {
      const widths = Array.from({ length: 20 }, (_, n) => {
        const { low, high } = bootstrap(study(items, n), n).interval ?? { low: 0, high: 0 }
        return high - low
      })
      return widths.reduce((sum, width) => sum + width, 0) / widths.length
    }
    const items = 100
    const more = moreLabelsToHalve({ low: 0.2, high: 0.4 }, 3 * items)
    const ratio = meanWidth(items + more / 3) / meanWidth(items)
    expect(ratio).toBeGreaterThan(0.45)
    expect(ratio).toBeLessThan(0.55)
  })

  it('asks for nothing more where the interval has no width, and refuses no labels', () => {
    expect(moreLabelsToHalve({ low: 1, high: 1 }, 30)).toBe(0)
    expect(() => moreLabelsToHalve({ low: 0, high: 1 }, 0)).toThrow('from 0 labels')
  })
})
