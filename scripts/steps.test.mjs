import { describe, expect, it } from 'vitest'
import { SetupError } from './setup.mjs'
import { chooseSteps } from './steps.mjs'

const chosen = (...words) => {
  const { steps, filters } = chooseSteps(words)
  return [steps.map(({ name }) => name), filters]
}

describe('chooseSteps', () => {
  it('takes all steps but the optional ones where none is named', () => {
    expect(chosen()).toEqual([['lint', 'layers', 'types', 'build', 'unit', 'pages', 'e2e'], []])
  })

  it('takes those named, in their own order, and what they need', () => {
    expect(chosen('unit', 'lint')).toEqual([['lint', 'unit'], []])
    expect(chosen('e2e')).toEqual([['build', 'e2e'], []])
    expect(chosen('slow')).toEqual([['build', 'slow'], []])
  })

  it('passes parts of file names on', () => {
    expect(chosen('unit', 'pages', 'heatmap', 'wilson')).toEqual([
      ['unit', 'pages'],
      ['heatmap', 'wilson'],
    ])
  })

  it('refuses a word that is no step where no step takes file names', () => {
    expect(() => chooseSteps(['untis'])).toThrow(SetupError)
    expect(() => chooseSteps(['lint', 'heatmap'])).toThrow(/no step "heatmap": choose from lint, /)
  })
})
