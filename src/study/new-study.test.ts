import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { madeUpId } from '../alignment/labels/testing/made-up-labels.ts'
import { clipRangesOf, newStudy, withAnswers } from './new-study.ts'
import { checkedStudy } from './read.ts'
import { MADE_UP_AGENT } from './testing/made-up-study.ts'

const agents = [{ file: 'fine-tuned.onnx', digest: MADE_UP_AGENT }]
const draft = (question: string) =>
  newStudy({ id: madeUpId(1), title: 'A study', question, agents, seed: 0 })

describe('a new study', () => {
  it('is valid, with golden and practice pairs only for a question that names one jumppad', () => {
    const left = checkedStudy(draft('Which goes to the left jumppad?'))
    expect(left.golden?.jumppad).toBe('left')
    expect(left.practice.pairs).toBeGreaterThan(0)
    const neither = checkedStudy(draft('Which walks more calmly?'))
    expect(neither.golden).toBeUndefined()
    expect(neither.practice.pairs).toBe(0)
  })

  it('names the buttons of the scale in its instructions', () => {
    const twoWay = draft('Which?')
    expect(twoWay.instructions).toContain('“Tie”')
    const graded = withAnswers(twoWay, 'graded')
    expect(graded).toMatchObject({ answers: 'graded' })
    expect(graded.instructions).toContain('“Equal”')
    expect(withAnswers(graded, 'two-way')).toEqual(twoWay)
    const edited = { ...twoWay, instructions: 'Choose “Tie” if you must.' }
    expect(withAnswers(edited, 'graded').instructions).toBe(edited.instructions)
  })

  it('has each clip played once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1000 }), (clipsPerAgent) => {
        const { design } = draft('Which?')
        const played = clipRangesOf({ design: { ...design, clipsPerAgent } }).flatMap(
          ({ first, count }) => Array.from({ length: count }, (_, index) => first + index),
        )
        expect(played).toEqual(Array.from({ length: clipsPerAgent }, (_, index) => index))
      }),
    )
  })
})
