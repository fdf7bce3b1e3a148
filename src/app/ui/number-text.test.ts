import { describe, expect, it } from 'vitest'
import { type NumberRange, readNumber } from './number-text.ts'

const WHOLE: NumberRange = { minimum: 0, maximum: 100_000, integer: true }
const REAL: NumberRange = { minimum: -10, maximum: 10_000, integer: false }

describe('a whole number', () => {
  it.each([
    ['7', 7],
    [' 12 ', 12],
    ['+3', 3],
    ['1,234', 1234],
    ['1.234', 1234],
    ['12’345', 12345],
    ['1 234', 1234],
    ['1\u202f234', 1234],
    ['1e3', 1000],
    ['5.0', 5],
  ])('%s is read as %d', (text, value) => {
    expect(readNumber(text, WHOLE)).toEqual({ value })
  })

  it.each([
    ['', /^expected a whole number from 0 to 100,000$/],
    ['5000000', /^found 5000000, expected a whole number/],
    ['−5', /^found -5, expected/],
    ['0,001', /^found 0.001, expected a whole number/],
    ['1e-3', /^found 0.001, expected/],
    ['12,34', /^found 12.34, expected/],
    ['ten', /^“ten” is not a number/],
    ['1,23,456', /is not a number/],
    ['0x10', /is not a number/],
    ['Infinity', /is not a number/],
    ['1 2', /is not a number/],
  ])('%s is refused', (text, problem) => {
    expect(readNumber(text, WHOLE).problem).toMatch(problem)
  })
})

describe('a number', () => {
  it.each([
    ['1e-3', 0.001],
    ['1E-3', 0.001],
    ['0,001', 0.001],
    ['.5', 0.5],
    ['−5', -5],
    ['1.234', 1.234],
    ['1,5', 1.5],
    ['1,234.5', 1234.5],
    ['1.234,5', 1234.5],
    ['3 000,25', 3000.25],
  ])('%s is read as %d', (text, value) => {
    expect(readNumber(text, REAL)).toEqual({ value })
  })

  it('is queried when two notations read it differently', () => {
    expect(readNumber('1,234', REAL).problem).toBe(
      '“1,234” could mean 1234 or 1.234: enter one of these',
    )
  })

  it.each(['1,2,3', '1.2.3', '1,234,5.6', '--1', '1e', 'NaN'])('%s is refused', (text) => {
    expect(readNumber(text, REAL).value).toBeUndefined()
  })
})
