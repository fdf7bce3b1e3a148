import { describe, expect, it } from 'vitest'
import { madeUpId } from '../../alignment/labels/testing/made-up-labels.ts'
import { type AskedSession, labelAddress, readAskedSession, readSessionLink } from './label-link.ts'

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
    ['endings', 'left', 'two endings'],
    ['endings', 'left,Up!', 'two endings'],
    ['question', 'two\nlines', 'one line'],
    ['reward', '', 'the name of a reward model'],
    ['session', '7', 'a UUID'],
    ['goal', '0', 'a whole number from 1 to 1,000'],
    ['goal', '5000', 'a whole number from 1 to 1,000'],
  ])('is not one with an invalid %s, and says so: %j', (name, value, expected) => {
    const params = paramsOf(labelAddress(SIMILAR))
    params.set(name, value)
    expect(readAskedSession(params)).toBeUndefined()
    const { problem } = readSessionLink(params)
    expect(problem).toContain(`cannot be opened: “${name}” is “${value}”, expected ${expected}`)
  })

  it('that was cut off says what is missing', () => {
    const params = paramsOf(labelAddress({ link: madeUpId(1), goal: 10, wanted: 'left' }))
    params.delete('goal')
    expect(readSessionLink(params).problem).toContain('“goal” is missing, expected a whole number')
    params.set('wanted', 'up')
    expect(readSessionLink(params).problem).toMatch(/“goal” is missing.*“wanted” is “up”/)
  })

  it('is absent, not invalid, where an address says nothing about a session', () => {
    for (const address of ['', 'model=nano', 'model=nano&island=fourth']) {
      const nothing = { asked: undefined, problem: undefined }
      expect(readSessionLink(new URLSearchParams(address))).toEqual(nothing)
    }
  })
})
