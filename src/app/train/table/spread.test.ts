import { expect, it } from 'vitest'
import { bandOf, FEWEST_FOR_QUARTILES, rangeOf } from './spread.ts'

const curve = (...values: readonly number[]) => values.map((value, step) => ({ step, value }))

it('gives the median and the range of numbers in any order', () => {
  expect(rangeOf([])).toBeUndefined()
  expect(rangeOf([4])).toEqual({ median: 4, low: 4, high: 4 })
  expect(rangeOf([9, 1, 4])).toEqual({ median: 4, low: 1, high: 9 })
  expect(rangeOf([9, 1, 4, 6])).toEqual({ median: 5, low: 1, high: 9 })
})

it('has a band over the whole range, and over the middle half from five runs on', () => {
  const all = [3, 0, 4, 1, 2]
  const four = bandOf(all.slice(0, FEWEST_FOR_QUARTILES - 1).map((value) => curve(value)))
  expect(four).toEqual([{ step: 0, value: 2, low: 0, high: 4 }])
  expect(bandOf(all.map((value) => curve(value)))).toEqual([{ step: 0, value: 2, low: 1, high: 3 }])
})

it('has only the steps that all curves have', () => {
  const short = curve(0, 2)
  const long = curve(1, 4, 100)
  const gap = long.filter(({ step }) => step !== 0)
  expect(bandOf([short, long])).toEqual([
    { step: 0, value: 0.5, low: 0, high: 1 },
    { step: 1, value: 3, low: 2, high: 4 },
  ])
  expect(bandOf([gap, short, long]).map(({ step }) => step)).toEqual([1])
  expect(bandOf([])).toEqual([])
})
