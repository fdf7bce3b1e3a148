import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ALPHA_METRICS,
  type AlphaMetric,
  addCoincidences,
  alphaFromCoincidences,
  coincidenceTable,
} from './index.ts'

function alphaOf(units: readonly (readonly number[])[], metric: AlphaMetric) {
  const values = [...new Set(units.flat())].sort((a, b) => a - b)
  const table = coincidenceTable(values.length)
  for (const unit of units) {
    addCoincidences(
      table,
      unit.map((value) => values.indexOf(value)),
    )
  }
  return alphaFromCoincidences(table, values, metric)
}

/**
 * Returns alpha as 1 − D_o ÷ D_e, where both are mean squared differences: of two answers to one
 * unit, and of two answers to any units.
 */
function slowAlpha(units: readonly (readonly number[])[], metric: AlphaMetric): number {
  const paired = units.filter(({ length }) => length > 1)
  const all = paired.flat()
  const between = (a: number, b: number): number => {
    if (metric === 'nominal') return a === b ? 0 : 1
    if (metric === 'interval') return (a - b) ** 2
    const [low, high] = [Math.min(a, b), Math.max(a, b)]
    const ranked = all.map((x) => (x < low || x > high ? 0 : x === a || x === b ? 0.5 : 1))
    return a === b ? 0 : ranked.reduce<number>((sum, x) => sum + x, 0) ** 2
  }
  const meanOver = (answers: readonly number[]) => {
    let sum = 0
    for (const [i, a] of answers.entries()) {
      for (const [j, b] of answers.entries()) sum += i === j ? 0 : between(a, b)
    }
    return sum / (answers.length * (answers.length - 1))
  }
  const observed = paired.reduce((sum, unit) => sum + unit.length * meanOver(unit), 0) / all.length
  return 1 - observed / meanOver(all)
}

describe('alphaFromCoincidences', () => {
  it.each<[AlphaMetric, number]>([
    ['nominal', 0.743],
    ['ordinal', 0.815],
    ['interval', 0.849],
  ])('agrees with the %s example of Krippendorff 2011', (metric, published) => {
    // "Computing Krippendorff's Alpha-Reliability", sections C and D: four observers, twelve units.
    const units = [
      [1, 1, 1],
      [2, 2, 3, 2],
      [3, 3, 3, 3],
      [3, 3, 3, 3],
      [2, 2, 2, 2],
      [1, 2, 3, 4],
      [4, 4, 4, 4],
      [1, 1, 2, 1],
      [2, 2, 2, 2],
      [5, 5, 5],
      [1, 1],
      [3],
    ]
    expect(alphaOf(units, metric).alpha).toBeCloseTo(published, 3)
  })

  it('agrees with the ratio of mean squared differences', () => {
    const someUnits = fc.array(fc.array(fc.constantFrom(0, 0.2, 0.5, 0.8, 1), { maxLength: 5 }), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(someUnits, fc.constantFrom(...ALPHA_METRICS), (units, metric) => {
        const { alpha } = alphaOf(units, metric)
        fc.pre(alpha !== undefined)
        expect(alpha).toBeCloseTo(slowAlpha(units, metric), 9)
      }),
    )
  })

  it('says why alpha is not defined', () => {
    expect(alphaOf([], 'nominal')).toEqual({ undefinedFor: 'nothing to pair' })
    expect(alphaOf([[1], [0]], 'ordinal')).toEqual({ undefinedFor: 'nothing to pair' })
    // Three answers of a unit weigh ½ in each of their pairs, which must not hide that they pair.
    expect(alphaOf([[1, 1, 1], [0]], 'interval')).toEqual({ undefinedFor: 'no variation' })
  })
})
