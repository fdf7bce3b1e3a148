import { describe, expect, it } from 'vitest'
import { SetupError } from './setup.mjs'
import { chooseSteps } from './steps.mjs'

const chosen = (...words) => {
  const { steps, filters } = chooseSteps(words)
  return [steps.map(({ name }) => name), filters]
}

describe('chooseSteps', () => {
  it('chooses all steps except the optional ones by default', () => {
    expect(chosen()).toEqual([['lint', 'layers', 'types', 'build', 'unit', 'pages', 'e2e'], []])
  })

  it('chooses the named steps, in their defined order, with the steps they need', () => {
    expect(chosen('unit', 'lint')).toEqual([['lint', 'unit'], []])
    expect(chosen('e2e')).toEqual([['build', 'e2e'], []])
    expect(chosen('slow')).toEqual([['build', 'slow'], []])
  })

  it('passes on parts of file names', () => {
    expect(chosen('unit', 'pages', 'heatmap', 'wilson')).toEqual([
      ['unit', 'pages'],
      ['heatmap', 'wilson'],
    ])
  })

  it('refuses a word that is not a step unless some step takes file names', () => {
    expect(() => chooseSteps(['untis'])).toThrow(SetupError)
    expect(() => chooseSteps(['lint', 'heatmap'])).toThrow(/no step "heatmap": choose from lint, /)
  })
})
