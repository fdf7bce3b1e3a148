import { describe, expect, it } from 'vitest'
import { correct, type Label } from '../alignment/labels/index.ts'
import { madeUpId, madeUpLabel } from '../alignment/labels/testing/made-up-labels.ts'
import { compareLabellers, labelStatistics } from './index.ts'
import { agreementWithGolden, agreementWithSelf } from './label-statistics.ts'

/** Makes labels 0…n − 1 with alternating sides, each overridden by `change` of its number. */
function labels(n: number, change: (n: number) => Partial<Label> = () => ({})): Label[] {
  return Array.from({ length: n }, (_, i) =>
    madeUpLabel(i, { left: i % 2 === 0 ? 'first' : 'second', ...change(i) }),
  )
}

/** Makes label n as a re-show of the pair of `of`, with the given verdict. */
function again(n: number, of: Label, verdict: Label['verdict']): Label {
  return { ...of, id: madeUpId(n), kind: 're-show', left: 'second', verdict }
}

describe('labelStatistics', () => {
  it('measures self-agreement against the current answer', () => {
    const [a, b, c] = labels(3)
    if (a === undefined || b === undefined || c === undefined) throw new Error('three were made')
    const corrected = { id: madeUpId(50), verdict: 'tie', responseMs: 1, replays: 0 } as const
    const log = [
      a,
      b,
      c,
      again(10, a, 'first'),
      again(11, b, 'first'),
      { ...again(12, c, 'second'), first: c.second, second: c.first },
      again(13, madeUpLabel(40), 'first'),
      correct(b, { ...corrected, createdAt: c.createdAt }),
    ]
    const { answered, fresh } = labelStatistics(log, 10)
    const withSelf = agreementWithSelf(log)
    // b was changed to a tie; c came the other way round, which is the same answer.
    expect(withSelf).toMatchObject({ count: 2, of: 3 })
    expect(withSelf.interval.low).toBeCloseTo(0.2077, 3)
    expect([answered, fresh]).toEqual([7, 3])
  })

  it('counts first answers to golden pairs, and updates every ten answers', () => {
    const log = labels(10, (n) => (n % 5 === 0 ? { kind: 'golden', known: 'second' } : {}))
    const [wrong] = log
    if (wrong === undefined) throw new Error('ten were made')
    const late = { id: madeUpId(50), verdict: 'second', responseMs: 1, replays: 0 } as const
    const corrected = correct(wrong, { ...late, createdAt: wrong.createdAt })
    expect(agreementWithGolden([...log, corrected])).toMatchObject({ count: 0, of: 2 })
    const shown = (count: number) => labelStatistics(log.slice(0, count), 50).withGolden.of
    expect([1, 6, 9, 10].map(shown)).toEqual([0, 0, 0, 2])
    const more = [...log, ...labels(16, () => ({ kind: 'golden', known: 'first' })).slice(10)]
    expect(labelStatistics(more, 50).withGolden.of).toBe(2)
    expect(labelStatistics([...log, corrected], 50)).toMatchObject({ answered: 10 })
  })

  it('gives the mix of answers, share of left, pace without breaks, and time to the goal', () => {
    const verdicts = ['first', 'second', 'tie', 'cannot tell'] as const
    const log = labels(8, (n) => ({
      left: 'first',
      verdict: verdicts[n % 4] ?? 'tie',
      responseMs: n === 7 ? 3_600_000 : 6000,
    }))
    const statistics = labelStatistics(log, 28)
    expect(statistics.verdicts).toEqual({ first: 2, second: 2, tie: 2, 'cannot tell': 2 })
    expect(statistics.left).toMatchObject({ count: 2, of: 4, share: 0.5 })
    expect(statistics).toMatchObject({ pace: 10, minutesToGoal: 2, medianResponseMs: 6000 })
    expect(labelStatistics([], 5)).toMatchObject({ pace: undefined, minutesToGoal: undefined })
  })

  it('gives no warning about honest labelling', () => {
    const log = labels(60, (n) => ({
      verdict: n % 3 === 0 ? 'second' : n % 7 === 0 ? 'tie' : 'first',
    }))
    const repeats = log.slice(0, 10).map((label, n) => again(100 + n, label, label.verdict))
    expect(labelStatistics([...log, ...repeats], 50).warnings).toEqual([])
    expect(labelStatistics([], 50).warnings).toEqual([])
  })

  it.each<[string, Label[], string]>([
    [
      'a side',
      labels(30, (n) => ({ left: 'first', verdict: n < 26 ? 'second' : 'first' })),
      'The right clip was preferred 26 of 30 times',
    ],
    [
      'haste',
      labels(30, (n) => ({ responseMs: n % 2 === 0 ? 500 : 5000 })),
      '10 of the last 20 answers took less than 0.7 seconds',
    ],
    ['one answer', labels(15, () => ({ verdict: 'tie' })), 'The last 15 answers were all "tie"'],
    [
      'golden pairs',
      labels(10, (n) => ({ kind: 'golden', known: n < 2 ? 'first' : 'tie' })),
      'Only 2 of 10 pairs with a known answer',
    ],
    [
      'disagreement with oneself',
      labels(6).flatMap((label, n) => [label, again(50 + n, label, n < 2 ? 'first' : 'tie')]),
      'Only 2 of 5 pairs that were shown again',
    ],
  ])('warns of %s', (_, log, sentence) => {
    expect(labelStatistics(log, 50).warnings).toEqual([expect.stringContaining(sentence)])
  })
})

describe('compareLabellers', () => {
  it('compares first answers by clip, not by side', () => {
    const ada = labels(4, (n) => ({ verdict: n < 3 ? 'first' : 'tie' }))
    const ben = ada.map((label, n) => ({
      ...label,
      id: madeUpId(20 + n),
      labeller: 'Ben',
      first: label.second,
      second: label.first,
      verdict: (['second', 'second', 'first', 'tie'] as const)[n] ?? 'tie',
    }))
    const log = [
      ...ada,
      ...ben,
      again(40, madeUpLabel(0), 'tie'),
      madeUpLabel(9, { labeller: 'Cy' }),
    ]
    const { labellers, pairs, shared, alpha } = compareLabellers(log)
    expect(labellers.map(({ labeller, answered }) => [labeller, answered])).toEqual([
      ['Ada', 5],
      ['Ben', 4],
      ['Cy', 1],
    ])
    expect(shared).toBe(4)
    // Three of four agree. By chance: Ada 3 lower, 1 tie; Ben 2 lower, 1 higher, 1 tie: 7 in 16.
    expect(pairs[0]).toMatchObject({ labellers: ['Ada', 'Ben'], shared: 4 })
    expect(pairs[0]?.kappa).toBeCloseTo((3 / 4 - 7 / 16) / (1 - 7 / 16))
    expect(pairs[1]).toMatchObject({ shared: 0, kappa: undefined })
    expect(alpha).toBeCloseTo(0.5882, 3)
  })
})
