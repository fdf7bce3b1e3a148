import { describe, expect, it } from 'vitest'
import { labelSchema, POSITIONS } from '../../alignment/labels/index.ts'
import { madeUpLabel } from '../../alignment/labels/testing/made-up-labels.ts'
import { ANSWER_SCALES } from '../../study/study.ts'
import { ANSWER_CHOICES, answerOf, judgementOf } from './answers.ts'

describe.each(ANSWER_SCALES)('the %s scale', (scale) => {
  it('reads every answer back from its label, whichever clip was on the left', () => {
    for (const { answer } of ANSWER_CHOICES[scale]) {
      for (const left of POSITIONS) {
        const label = madeUpLabel(1, { left, ...judgementOf(answer, left, scale) })
        expect(labelSchema.parse(label)).toEqual(label)
        expect(answerOf(label)).toBe(answer)
      }
    }
  })

  it('stores strengths where answers are graded and only there', () => {
    const strengths = ANSWER_CHOICES[scale].map(
      ({ answer }) => judgementOf(answer, 'first', scale).strength,
    )
    expect(strengths).toEqual(
      scale === 'graded'
        ? ['much', 'slight', undefined, undefined, 'slight', 'much']
        : [undefined, undefined, undefined, undefined],
    )
  })
})
