import { describe, expect, it } from 'vitest'
import { correct, type Label } from '../../alignment/labels/index.ts'
import { madeUpId, madeUpLabel } from '../../alignment/labels/testing/made-up-labels.ts'
import { agreementWithOthers, raterQualities } from './rater-quality.ts'
import type { Rating } from './ratings.ts'

/** Makes labels of pairs 0…n − 1 by a rater, each overridden by `change` of its number. */
function log(n: number, change: (n: number) => Partial<Label> = () => ({})): Label[] {
  return Array.from({ length: n }, (_, i) => madeUpLabel(i, change(i)))
}

const qualityOf = (labels: readonly Label[]) => raterQualities(new Map([['Ada', labels]]))[0]

describe('raterQualities', () => {
  it('counts answers in haste, and the preferred side with its p-value', () => {
    const quality = qualityOf(
      log(12, (n) => ({
        responseMs: n < 3 ? 699 : 700 + 100 * n,
        left: n < 9 ? 'first' : 'second',
        verdict: n === 11 ? 'tie' : 'first',
      })),
    )
    expect(quality).toMatchObject({
      answered: 12,
      rushed: { count: 3, of: 12 },
      left: { count: 9, of: 11 },
      withGolden: { of: 0 },
      withSelf: { of: 0 },
      withOthers: { of: 0 },
    })
    // Two-sided: 2 (C(11,0) + C(11,1) + C(11,2)) ÷ 2¹¹.
    expect(quality?.sideBiasP).toBeCloseTo((2 * (1 + 11 + 55)) / 2048)
  })

  it('measures the time of first answers, without breaks in the pace', () => {
    const labels = log(7, (n) => ({ responseMs: n === 6 ? 3_600_000 : 1000 * (n + 1) }))
    const [first] = labels
    if (first === undefined) throw new Error('seven were made')
    const late = { id: madeUpId(90), verdict: 'tie', responseMs: 50_000, replays: 0 } as const
    const quality = qualityOf([...labels, correct(first, { ...late, createdAt: first.createdAt })])
    expect(quality).toMatchObject({
      answered: 7,
      medianSeconds: 4,
      medianSecondsInterval: { low: 1, high: 3600 },
    })
    expect(quality?.pace).toBeCloseTo(60 / 3.5)
  })

  it('scores golden pairs and re-shows', () => {
    const fresh = log(2)
    const again = fresh.map((label, n) => ({
      ...label,
      id: madeUpId(50 + n),
      kind: 're-show' as const,
      verdict: n === 0 ? ('first' as const) : ('second' as const),
    }))
    const golden = [10, 11, 12].map((n) =>
      madeUpLabel(n, { kind: 'golden', known: n === 10 ? 'second' : 'first' }),
    )
    expect(qualityOf([...fresh, ...again, ...golden])).toMatchObject({
      withSelf: { count: 1, of: 2 },
      withGolden: { count: 2, of: 3 },
    })
  })

  it('handles a rater who answered nothing', () => {
    expect(qualityOf([])).toMatchObject({ answered: 0, sideBiasP: 1, medianSeconds: undefined })
  })

  it('compares raters by clip, with the rater left out', () => {
    const logs = new Map([
      ['Ada', log(3)],
      ['Ben', log(3, () => ({ verdict: 'first' }))],
      // Cy was shown the clips the other way round.
      [
        'Cy',
        log(3).map((l) => ({ ...l, first: l.second, second: l.first, verdict: 'first' as const })),
      ],
    ])
    const shares = raterQualities(logs).map(({ rater, withOthers }) => [
      rater,
      withOthers.count,
      withOthers.of,
    ])
    // Beside Ada and Ben the others disagree, so that only Cy faces a majority.
    expect(shares).toEqual([
      ['Ada', 0, 0],
      ['Ben', 0, 0],
      ['Cy', 0, 3],
    ])
  })
})

describe('agreementWithOthers', () => {
  it('takes a strict majority of the others, by direction', () => {
    const votes = (item: string, values: Record<string, number>): Rating[] =>
      Object.entries(values).map(([rater, value]) => ({ rater, item, value }))
    const found = agreementWithOthers([
      ...votes('a', { Ada: 1, Ben: 0.75, Cy: 1, Di: 0 }),
      ...votes('b', { Ada: 0.5, Ben: 0.5 }),
      ...votes('c', { Ada: 1 }),
    ])
    const counts = [...found].map(([rater, { count, of }]) => [rater, count, of])
    expect(counts).toEqual([
      ['Ada', 2, 2],
      ['Ben', 2, 2],
      ['Cy', 1, 1],
      ['Di', 0, 1],
    ])
  })
})
