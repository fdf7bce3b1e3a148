import { describe, expect, it } from 'vitest'
import { calibration, histogram } from './index.ts'

describe('calibration', () => {
  it('gives the mean probability of each bin and the share that agreed', () => {
    const bins = calibration(
      [
        { probability: 0.5, agreed: 0 },
        { probability: 0.7, agreed: 1 },
        { probability: 1, agreed: 1 },
        { probability: 0.1, agreed: 0 },
      ],
      4,
    )
    expect(bins).toEqual([
      { predicted: 0.1, observed: 0, comparisons: 1 },
      { predicted: 0.6, observed: 0.5, comparisons: 2 },
      { predicted: 1, observed: 1, comparisons: 1 },
    ])
    for (const probability of [-0.1, 1.1, Number.NaN]) {
      expect(() => calibration([{ probability, agreed: 1 }])).toThrow('expected 0 to 1')
    }
  })
})

describe('histogram', () => {
  it('counts every value once, with values beyond the edges in the outer bins', () => {
    expect(histogram([-5, 0, 0.9, 1, 2, 2.5, 99], [0, 1, 2, 3])).toEqual([3, 1, 3])
    expect(histogram([], [0, 1])).toEqual([0])
    expect(() => histogram([1], [0, 0])).toThrow('two or more that ascend')
    expect(() => histogram([Number.NaN], [0, 1])).toThrow('Found NaN')
  })
})
