import type { Interval } from './wilson.ts'

/** Two-sided 95 % quantiles of Student's t distribution with 1, 2, … degrees of freedom. */
const STUDENT = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306] as const

/** Mean of a sample with its 95 % interval. */
export interface MeanWithInterval {
  readonly mean: number
  /** Undefined for a single value. */
  readonly interval: Interval | undefined
  readonly count: number
}

/** Returns the mean with Student's 95 % interval (Student 1908); undefined for an empty sample. */
export function meanInterval(values: readonly number[]): MeanWithInterval | undefined {
  const count = values.length
  if (count === 0) return undefined
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  if (count === 1) return { mean, interval: undefined, count }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const half = studentQuantile(count - 1) * Math.sqrt(squares / (count - 1) / count)
  return { mean, interval: { low: mean - half, high: mean + half }, count }
}

/** Returns the quantile, from nine degrees of freedom on by its expansion (Abramowitz & Stegun 26.7.5). */
export function studentQuantile(freedom: number): number {
  const listed = STUDENT[freedom - 1]
  if (listed !== undefined) return listed
  const z = 1.959963984540054
  const first = (z ** 3 + z) / 4
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3
}
