/** Point of a cumulative distribution with the ends of its confidence band. */
export interface CumulativePoint {
  readonly value: number
  /** Share of the sample that is at most `value`, 0…1. */
  readonly share: number
  readonly low: number
  readonly high: number
}

/** Share of samples whose band does not cover the whole distribution. */
const ALPHA = 0.05

/**
 * Returns the cumulative distribution of a sample at ascending values, with the 95 % band of
 * Dvoretzky, Kiefer & Wolfowitz, which covers the whole distribution at once (constant of Massart 1990,
 * Annals of Probability 18:1269). Throws a RangeError for an empty sample.
 */
export function cumulative(sample: readonly number[], at: readonly number[]): CumulativePoint[] {
  const { length } = sample
  if (length === 0) throw new RangeError('Found an empty sample: expected one value at least')
  const sorted = [...sample].sort((a, b) => a - b)
  const half = Math.sqrt(Math.log(2 / ALPHA) / (2 * length))
  let below = 0
  return at.map((value) => {
    while (below < length && (sorted[below] ?? Number.NaN) <= value) below++
    const share = below / length
    return { value, share, low: Math.max(0, share - half), high: Math.min(1, share + half) }
  })
}
