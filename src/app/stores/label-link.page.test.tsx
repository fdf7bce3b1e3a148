import { describe, expect, it } from 'vitest'
import { madeUpId } from '../../alignment/labels/testing/made-up-labels.ts'
import { type AskedSession, labelAddress, readAskedSession } from './label-link.ts'

const paramsOf = (address: string) => new URLSearchParams(address.split('?')[1])

const SIMILAR: AskedSession = {
  ...{ link: madeUpId(1), goal: 20, reward: 'reward-left', endings: ['left', 'none'] },
  question: 'Which is better, A & B?',
}

describe('a link to a labelling session', () => {
  it.each<AskedSession>([{ link: madeUpId(1), goal: 10, wanted: 'left' }, SIMILAR])(
    'is read as it was written: %o',
    (asked) => {
      expect(readAskedSession(paramsOf(labelAddress(asked, 'fine-tuned')))).toEqual(asked)
      expect(readAskedSession(paramsOf(labelAddress(asked)))).toEqual(asked)
    },
  )

  it.each([
    ['endings', 'left'],
    ['endings', 'left,Up!'],
    ['question', 'two\nlines'],
    ['reward', ''],
    ['session', '7'],
    ['goal', '0'],
  ])('is not one with an invalid %s: %j', (name, value) => {
    const params = paramsOf(labelAddress(SIMILAR))
    params.set(name, value)
    expect(readAskedSession(params)).toBeUndefined()
  })
})
