import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Ending, rootKey } from '../island/index.ts'
import {
  decisive,
  drawComparisons,
  fallible,
  type JudgedClip,
  judgeFor,
  ofEqualLength,
  preferredClip,
} from './comparisons.ts'
import { rewardAccuracy } from './reward-scores.ts'

const clip = (ending: Ending, length: number): JudgedClip => ({ ending, actions: { length } })
const anyClip = fc
  .record({
    ending: fc.constantFrom<Ending>('left', 'middle', 'right', 'none'),
    length: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ ending, length }) => clip(ending, length))
const anyClips = fc.array(anyClip, { minLength: 2, maxLength: 9 })
const judge = judgeFor('left')

describe('a judge', () => {
  it('prefers the jumppad first and then fewer decisions', () => {
    expect(judge(clip('left', 90), clip('right', 10))).toBe(1)
    expect(judge(clip('none', 100), clip('left', 90))).toBe(0)
    expect(judge(clip('left', 50), clip('left', 60))).toBe(1)
    expect(judge(clip('left', 50), clip('left', 50))).toBe(0.5)
    expect(judge(clip('middle', 50), clip('none', 100))).toBe(0.5)
  })

  it('gives the same verdict on two clips in either order', () => {
    fc.assert(
      fc.property(anyClip, anyClip, (a, b) => {
        expect(judge(a, b) + judge(b, a)).toBe(1)
      }),
    )
  })

  it('errs and abstains at the requested rates, and never gives a preference for a tie', () => {
    const asked = 4000
    const noisy = fallible(judge, { noise: 0.2, cantTell: 0.1 }, rootKey(61))
    const said = (a: JudgedClip, b: JudgedClip) =>
      Array.from({ length: asked }, () => noisy(a, b) ?? 'none')
    const share = (list: readonly unknown[], wanted: unknown): number =>
      list.filter((one) => one === wanted).length / list.length
    const clear = said(clip('left', 1), clip('none', 1))
    // Five standard deviations of 4,000 draws are about 0.03.
    expect(Math.abs(share(clear, 'none') - 0.1)).toBeLessThan(0.03)
    expect(Math.abs(share(clear, 0) - 0.9 * 0.2)).toBeLessThan(0.03)
    expect(Math.abs(share(clear, 1) - 0.9 * 0.8)).toBeLessThan(0.03)
    expect(new Set(said(clip('none', 1), clip('none', 1)))).toEqual(new Set([0.5, 'none']))
    const sure = fallible(judge, { noise: 0, cantTell: 0 }, rootKey(61))
    fc.assert(
      fc.property(anyClip, anyClip, (a, b) => {
        expect(sure(a, b)).toBe(judge(a, b))
      }),
    )
  })
})

describe('drawn comparisons', () => {
  it('compare different clips, repeat no pair, and have counts that add up', () => {
    fc.assert(
      fc.property(anyClips, fc.nat(), fc.nat(), (clips, wanted, seed) => {
        const pairs = (clips.length * (clips.length - 1)) / 2
        const count = wanted % (pairs + 1)
        const unsure = fallible(judge, { noise: 0, cantTell: 0.3 }, rootKey(seed))
        const labels = drawComparisons(clips, unsure, count, rootKey(seed))
        const { comparisons } = labels
        const names = comparisons.map(({ first, second }) => [first, second].sort().join())
        expect(new Set(names).size).toBe(comparisons.length)
        for (const { first, second, verdict } of comparisons) {
          const [a, b] = [clips[first], clips[second]]
          if (a === undefined || b === undefined || a === b) throw new Error('no such pair')
          expect(verdict).toBe(judge(a, b))
        }
        expect(labels.asked).toBe(count)
        expect(labels.decisive + labels.ties).toBe(comparisons.length)
        expect(comparisons.length + labels.cantTell).toBe(count)
        expect(labels.decisive).toBe(decisive(comparisons).length)
        expect(drawComparisons(clips, judge, count, rootKey(seed))).toEqual(
          drawComparisons(clips, judge, count, rootKey(seed)),
        )
      }),
    )
  })

  it('use every clip once before any is used again', () => {
    const clips = Array.from({ length: 10 }, (_, length) => clip('none', length + 1))
    const { comparisons } = drawComparisons(clips, judge, 10, rootKey(64))
    const shown = comparisons.flatMap(({ first, second }) => [first, second])
    expect(new Set(shown.slice(0, 10)).size).toBe(10)
    expect(shown.filter((index) => index === 0).length).toBeLessThan(4)
  })

  it('are refused for too few clips', () => {
    const clips = [clip('left', 1), clip('none', 1), clip('none', 2)]
    expect(drawComparisons(clips, judge, 3, rootKey(62)).comparisons).toHaveLength(3)
    expect(() => drawComparisons(clips, judge, 4, rootKey(62))).toThrow(/only 3 pairs/)
    expect(() => drawComparisons([], judge, 1, rootKey(62))).toThrow(/only 0 pairs/)
  })

  it('can be restricted to clips of similar length', () => {
    const clips = [clip('left', 50), clip('none', 52), clip('none', 53)]
    const { comparisons } = drawComparisons(clips, judge, 3, rootKey(63))
    const names = ofEqualLength(comparisons, clips, 2).map(({ first, second }) => first + second)
    expect(names.sort()).toEqual([0 + 1, 1 + 2])
  })
})

describe('rewardAccuracy', () => {
  const comparisons = [
    { first: 0, second: 1, verdict: 1 },
    { first: 2, second: 0, verdict: 0 },
    { first: 1, second: 2, verdict: 0.5 },
  ] as const

  it('counts decisive comparisons that the rewards order in the same way', () => {
    expect(rewardAccuracy([3, 1, 2], comparisons)).toEqual({ accuracy: 1, comparisons: 2 })
    expect(rewardAccuracy([0, 1, 2], comparisons).accuracy).toBe(0)
    expect(rewardAccuracy([2, 1, 2], comparisons).accuracy).toBe(0.75)
  })

  it('depends on which side a soft label prefers, not on how much', () => {
    const soft = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(soft, { minLength: 1 }), (verdicts) => {
        const softly = verdicts.map((verdict, first) => ({ first, second: first + 1, verdict }))
        const firmly = softly.map((each) => {
          const preferred = preferredClip(each)
          return { ...each, verdict: preferred === undefined ? 0.5 : Number(preferred === 'first') }
        })
        const rewards = [...verdicts.keys(), verdicts.length].map((n) => (7 * n) % 5)
        expect(rewardAccuracy(rewards, softly)).toEqual(rewardAccuracy(rewards, firmly))
        const mirrored = softly.map((each) => ({ ...each, verdict: 1 - each.verdict }))
        const { accuracy, comparisons: counted } = rewardAccuracy(rewards, mirrored)
        expect(counted).toBe(decisive(softly).length)
        if (counted > 0)
          expect(accuracy).toBeCloseTo(1 - rewardAccuracy(rewards, softly).accuracy, 9)
      }),
    )
    // 0.7 − 0.2 is not a half in floating point.
    expect(decisive([{ first: 0, second: 1, verdict: 0.7 - 0.2 }])).toEqual([])
  })

  it('is NaN for rewards that are not numbers', () => {
    expect(rewardAccuracy([Number.NaN, 1, 2], comparisons).accuracy).toBeNaN()
  })
})
