import { describe, expect, it } from 'vitest'
import { correct, type Label } from '../../alignment/labels/index.ts'
import { madeUpId, madeUpLabel } from '../../alignment/labels/testing/made-up-labels.ts'
import { ratingsFrom } from './ratings.ts'

describe('ratingsFrom', () => {
  const label = madeUpLabel(1, { verdict: 'first' })
  const ratingsOf = (...log: Label[]) => ratingsFrom(new Map([['Ada', log]]))

  it('means the same clip, whichever came first', () => {
    const swapped: Label = {
      ...label,
      first: label.second,
      second: label.first,
      verdict: 'second',
    }
    const [rating] = ratingsOf(label)
    expect(rating).toMatchObject({ rater: 'Ada', value: 1 })
    expect(ratingsOf(swapped)).toEqual([rating])
    expect(ratingsOf({ ...swapped, verdict: 'tie' })).toEqual([{ ...rating, value: 0.5 }])
    expect(ratingsOf({ ...label, question: 'Another one?' })[0]?.item).not.toBe(rating?.item)
  })

  it('takes current answers to fresh pairs only', () => {
    const correction = correct(label, {
      id: madeUpId(9),
      verdict: 'second',
      responseMs: 1,
      replays: 0,
      createdAt: label.createdAt,
    })
    expect(ratingsOf(label, correction).map(({ value }) => value)).toEqual([0])
    expect(
      ratingsOf(
        madeUpLabel(2, { verdict: 'cannot tell' }),
        madeUpLabel(3, { kind: 're-show' }),
        madeUpLabel(4, { kind: 'golden', known: 'first' }),
      ),
    ).toEqual([])
  })
})
