import { describe, expect, it } from 'vitest'
import { agreementByItem } from './item-agreement.ts'
import { type Rating, TWO_WAY_SCALE } from './ratings.ts'

const votes = (item: string, ...values: number[]): Rating[] =>
  values.map((value, n) => ({ rater: `rater ${n}`, item, value }))

describe('agreementByItem', () => {
  it('puts the worst item first, and says which are disputed', () => {
    const ratings = [
      ...votes('agreed', 1, 1, 1),
      ...votes('two of three', 1, 1, 0),
      ...votes('three of five', 0, 0, 0, 1, 1),
      ...votes('split', 1, 0),
      ...votes('tie against a side', 0.5, 1),
      ...votes('alone', 1),
    ]
    const found = agreementByItem(ratings, TWO_WAY_SCALE)
    expect(found.map(({ item, disputed }) => [item, disputed])).toEqual([
      ['split', true],
      ['two of three', false],
      // Three of five are a majority, and below the two thirds that settle an item.
      ['three of five', true],
      ['tie against a side', true],
      ['alone', false],
      ['agreed', false],
    ])
    expect(found[1]).toMatchObject({ votes: 3, counts: [1, 0, 2], largestShare: 2 / 3 })
    expect(found.map(({ disagreement }) => disagreement)).toEqual([1, 2 / 3, 0.6, 0.5, 0, 0])
    const lenient = agreementByItem(ratings, TWO_WAY_SCALE, 0)
    expect(lenient.filter(({ disputed }) => disputed).map(({ item }) => item)).toEqual([
      'split',
      'tie against a side',
    ])
  })

  it('counts grades of one direction together, and their distance as disagreement', () => {
    const scale = [0, 0.25, 0.5, 0.75, 1]
    const [found] = agreementByItem(votes('graded', 1, 0.75, 0.75, 1), scale)
    expect(found).toMatchObject({ counts: [0, 0, 0, 2, 2], largestShare: 1, disputed: false })
    expect(found?.disagreement).toBeCloseTo(1 / 6)
  })

  it('refuses a value that is not on the scale', () => {
    expect(() => agreementByItem(votes('odd', 0.3), TWO_WAY_SCALE)).toThrow(
      'Found the answer 0.3 of rater "rater 0" to item "odd", expected one of 0, 0.5, 1',
    )
  })
})
