/** Spread of the same quantity over several runs. */
import { quantile } from '../../../evaluation/quantile.ts'
import type { BandPoint, LinePoint } from '../live/panels.ts'

export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** Minimum number of runs for which a band shows quartiles instead of the whole range. */
export const FEWEST_FOR_QUARTILES = 5

/** Returns the median, the lowest and the highest of some numbers; undefined for an empty list. */
export function rangeOf(numbers: readonly number[]): Spread | undefined {
  return numbers.length > 0 ? spreadOf(numbers, 0) : undefined
}

/**
 * Returns the median of curves with a band from the lowest to the highest or, from five curves on, between the
 * quartiles. It has the steps that all curves have, so it ends with the shortest one: no point mixes fewer runs.
 */
export function bandOf(curves: readonly (readonly LinePoint[])[]): BandPoint[] {
  const [first = [], ...others] = curves
  const values = others.map((points) => new Map(points.map(({ step, value }) => [step, value])))
  const part = curves.length >= FEWEST_FOR_QUARTILES ? 0.25 : 0
  return first.flatMap(({ step, value }) => {
    const all = [value, ...values.flatMap((of) => of.get(step) ?? [])]
    if (all.length < curves.length) return []
    const { median, low, high } = spreadOf(all, part)
    return [{ step, value: median, low, high }]
  })
}

function spreadOf(numbers: readonly number[], part: number): Spread {
  const sorted = numbers.toSorted((a, b) => a - b)
  return {
    median: quantile(sorted, 0.5),
    low: quantile(sorted, part),
    high: quantile(sorted, 1 - part),
  }
}
