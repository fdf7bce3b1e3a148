/** Paired outcomes of two policies in the same episodes, and a test of their difference. */
export interface McNemarTest {
  readonly both: number
  readonly onlyFirst: number
  readonly onlySecond: number
  readonly neither: number
  /** Two-sided exact p-value: guaranteed to keep its nominal level, and rather conservative. */
  readonly p: number
  /** Mid-p-value: less conservative, close to its nominal level, but not guaranteed to keep it. */
  readonly midP: number
}

/**
 * Runs McNemar's exact test on paired outcomes, one pair per episode of the same seed (McNemar
 * 1947). Under the null hypothesis, the number of the n discordant pairs that favour the first is
 * binomial with probability ½. The mid-p-value is that of Fagerland, Lydersen & Laake 2013, BMC
 * Medical Research Methodology 13:91. Throws an Error when the lists differ in length.
 */
export function mcNemarTest(first: readonly boolean[], second: readonly boolean[]): McNemarTest {
  if (first.length !== second.length) {
    throw new Error(
      `Found ${first.length} outcomes and ${second.length}: expected pairs of the same seeds`,
    )
  }
  const count = (a: boolean, b: boolean) =>
    first.filter((outcome, i) => outcome === a && second[i] === b).length
  const onlyFirst = count(true, false)
  const onlySecond = count(false, true)
  return {
    both: count(true, true),
    onlyFirst,
    onlySecond,
    neither: count(false, false),
    ...mcNemarValues(onlyFirst, onlySecond),
  }
}

/**
 * Returns the p-values for the counts of discordant pairs in each direction; both 1 without any.
 */
export function mcNemarValues(onlyFirst: number, onlySecond: number): { p: number; midP: number } {
  const n = onlyFirst + onlySecond
  const fewer = Math.min(onlyFirst, onlySecond)
  if (n === 0) return { p: 1, midP: 1 }
  let tail = 0
  let point = 0
  // In logarithms, because ½ⁿ underflows at a few thousand pairs.
  let log = -n * Math.LN2
  for (let k = 0; k <= fewer; k++) {
    if (k > 0) log += Math.log((n - k + 1) / k)
    point = Math.exp(log)
    tail += point
  }
  const tie = onlyFirst === onlySecond
  return { p: tie ? 1 : Math.min(1, 2 * tail), midP: tie ? 1 - point / 2 : 2 * tail - point }
}
