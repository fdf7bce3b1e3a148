import { describe, expect, it } from 'vitest'
import { mcNemarValues } from '../../evaluation/mcnemar.ts'
import { mcNemarSentence } from './mcnemar-words.ts'

function sentence(onlyFirst: number, onlySecond: number): string {
  return mcNemarSentence('Base (A)', 'Aligned (B)', {
    ...{ onlyFirst, onlySecond },
    ...mcNemarValues(onlyFirst, onlySecond),
  })
}

describe('the sentence about pairs that differ', () => {
  it.each([
    [0, 0, 'They do not differ in any pair, so there is nothing to test.'],
    [1, 0, 'They differ in 1 pair: too few'],
    [2, 0, 'They differ in 2 pairs: too few'],
    [4, 0, 'They differ in 4 pairs: too few'],
    [2, 3, 'They differ in 5 pairs: too few'],
    [3, 3, 'They differ in 6 pairs, as often in one direction as in the other.'],
    [
      5,
      1,
      'They differ in 6 pairs, 5 of them in favour of Base (A): not enough to rule out chance',
    ],
    [
      2,
      7,
      'They differ in 9 pairs, 7 of them in favour of Aligned (B): not enough to rule out chance',
    ],
    [6, 0, 'Base (A) does so more often, by more than chance'],
    [0, 6, 'Aligned (B) does so more often, by more than chance'],
    [60, 100, 'Aligned (B) does so more often, by more than chance'],
    [
      90,
      100,
      'They differ in 190 pairs, 100 of them in favour of Aligned (B): not enough to rule out chance',
    ],
  ])('describes %i versus %i', (onlyFirst, onlySecond, expected) => {
    expect(sentence(onlyFirst, onlySecond)).toContain(expected)
  })
})
