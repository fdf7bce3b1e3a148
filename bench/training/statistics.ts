/** Median and range of a list of measurements. */
export interface Spread {
  readonly median: number
  readonly lowest: number
  readonly highest: number
}

/** Measurements grouped by round; each round measures all candidates in turn. */
export type Rounds = readonly (readonly number[])[]

/**
 * Returns how many times as long one candidate takes as another: the median, over the rounds, of
 * each round's ratio of medians. A temporary slowdown of the machine affects both.
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
