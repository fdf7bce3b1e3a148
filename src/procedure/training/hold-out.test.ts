import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Comparison } from '../../alignment/index.ts'
import { type Ending, rootKey } from '../../island/index.ts'
import { holdOut } from './hold-out.ts'
import { problemsOf } from './problems.ts'

const clipsOf = (comparisons: readonly Comparison[]): Set<number> =>
  new Set(comparisons.flatMap(({ first, second }) => [first, second]))

/** Arbitrary comparisons of a pool of clips, dense or sparse. */
const labelled = fc.integer({ min: 4, max: 60 }).chain((clips) =>
  fc.array(
    fc
      .record({
        first: fc.nat(clips - 1),
        second: fc.nat(clips - 1),
        verdict: fc.oneof(fc.constantFrom(0, 0.5, 1), fc.constantFrom(0.2, 0.95, 2 / 3)),
      })
      .filter(({ first, second }) => first !== second),
    { maxLength: 200 },
  ),
)

describe('holdOut', () => {
  it('shares no clip between the two sides, and discards no more than it holds out', () => {
    fc.assert(
      fc.property(labelled, fc.nat(), (comparisons, seed) => {
        const { training, heldOut } = holdOut(comparisons, rootKey(seed))
        const [learnt, measured] = [clipsOf(training), clipsOf(heldOut)]
        expect([...measured].filter((clip) => learnt.has(clip))).toEqual([])
        expect(comparisons).toEqual(expect.arrayContaining([...training, ...heldOut]))
        const decided = comparisons.filter(({ verdict }) => verdict !== 0.5).length
        expect(heldOut.every(({ verdict }) => verdict !== 0.5)).toBe(true)
        if (decided < 60) expect(training).toEqual(comparisons)
        // Held out and lost together: twice the target share, plus the comparison that reached it.
        expect(comparisons.length - training.length).toBeLessThanOrEqual(0.15 * 2 * decided + 3)
      }),
    )
  })

  it('holds out about a seventh of pairs that share no clip', () => {
    const apart = Array.from({ length: 100 }, (_, pair): Comparison => {
      return { first: 2 * pair, second: 2 * pair + 1, verdict: pair % 2 === 0 ? 1 : 0 }
    })
    const { training, heldOut } = holdOut(apart, rootKey(1))
    expect([training.length, heldOut.length]).toEqual([85, 15])
    expect(holdOut(apart, rootKey(1)).heldOut).toEqual(heldOut)
    expect(holdOut(apart, rootKey(2)).heldOut).not.toEqual(heldOut)
  })
})

describe('problemsOf', () => {
  const made = (
    verdicts: readonly Comparison['verdict'][],
    endings: readonly Ending[],
    ...by: [kind?: 'people' | 'judge', isStyle?: boolean]
  ) =>
    problemsOf(
      {
        clips: verdicts.flatMap((_, pair) =>
          [0, 1].map((side) => ({ ending: endings[(pair + side) % endings.length] ?? 'none' })),
        ),
        comparisons: verdicts.map((verdict, pair) => ({
          first: 2 * pair,
          second: 2 * pair + 1,
          verdict,
        })),
      },
      ...by,
    )
  const list = (count: number, of: readonly Comparison['verdict'][]) =>
    Array.from({ length: count }, (_, index) => of[index % of.length] ?? 0)

  it('accepts preferences for both sides', () => {
    expect(made(list(10, [0, 1]), ['left', 'none'])).toEqual([])
  })
  it.each([
    ['too few', list(9, [0, 1]), /Found 9 .* label 1 more/],
    ['none at all', [], /Found 0 .* label 10 more/],
    ['only ties', list(30, [0.5]), /All 30 comparisons are ties/],
    ['one side', list(12, [1]), /All 12 preferences are for the first clip/],
    ['one side, softly', list(12, [0.2, 0, 0.4]), /All 12 preferences are for the second clip/],
  ] as const)('reports that there are %s', (_, verdicts, sentence) => {
    expect(made(verdicts, ['left', 'none'])).toEqual([expect.stringMatching(sentence)])
  })
  it('accepts clips that all arrive at one jumppad where labels are about a style', () => {
    expect(made(list(12, [0, 1]), ['left'])).toHaveLength(1)
    expect(made(list(12, [0, 1]), ['left'], 'judge', true)).toEqual([])
    expect(made(list(12, [0, 1]), ['none'], 'judge', true)).toHaveLength(1)
    const [few] = made(list(4, [0, 1]), ['left'], 'judge', true)
    expect(few).toMatch(/Found 4 .* arrives more often and in more ways/)
  })
  it('reports that all clips end alike', () => {
    expect(made(list(12, [0, 1]), ['none'])).toEqual([
      expect.stringMatching(/All 24 compared clips end at no jumppad/),
    ])
  })
})
