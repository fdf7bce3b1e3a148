/** The middle of a list of measurements, and how far they spread. */
export interface Spread {
  readonly median: number
  readonly lowest: number
  readonly highest: number
}

/** Measurements by rounds, in which everything that is compared had its turn. */
export type Rounds = readonly (readonly number[])[]

/**
 * How many times as long one thing takes as another: the median over the rounds of each round's ratio
 * of medians. A machine that is slow for a while is slow for both.
 */
export function ratio(slow: Rounds, fast: Rounds): number {
  return spread(slow.map((round, index) => spread(round).median / spread(fast[index] ?? []).median))
    .median
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (index: number): number => sorted[index] ?? Number.NaN
  const middle = (sorted.length - 1) / 2
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    lowest: at(0),
    highest: at(sorted.length - 1),
  }
}
