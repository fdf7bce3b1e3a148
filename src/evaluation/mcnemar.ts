/** What two policies did in the same episodes, and whether the difference could be chance. */
export interface McNemarTest {
  readonly both: number
  readonly onlyFirst: number
  readonly onlySecond: number
  readonly neither: number
  /** Two-sided exact p-value; guaranteed, and rather cautious. */
  readonly p: number
  /** Mid-p-value: less cautious, close to its nominal level, not guaranteed. */
  readonly midP: number
}

/**
 * McNemar's exact test on paired outcomes, one pair an episode of the same seed (McNemar 1947). Of
 * the n pairs that differ, as many as chance has it favour the first: binomial, n and ½. The
 * mid-p-value is that of Fagerland, Lydersen & Laake 2013, BMC Medical Research Methodology 13:91.
 * Throws where the lists do not pair up.
 */
export function mcNemarTest(first: readonly boolean[], second: readonly boolean[]): McNemarTest {
  if (first.length !== second.length) {
    throw new Error(
      `Found ${first.length} outcomes beside ${second.length}: expected pairs of the same seeds`,
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

/** The p-values for so many pairs that differ one way and the other; 1 where none does. */
export function mcNemarValues(onlyFirst: number, onlySecond: number): { p: number; midP: number } {
  const n = onlyFirst + onlySecond
  const fewer = Math.min(onlyFirst, onlySecond)
  if (n === 0) return { p: 1, midP: 1 }
  let tail = 0
  let point = 0
  // In logarithms, as ½ to the power of n is too small a number for some thousand pairs.
  let log = -n * Math.LN2
  for (let k = 0; k <= fewer; k++) {
    if (k > 0) log += Math.log((n - k + 1) / k)
    point = Math.exp(log)
    tail += point
  }
  const tie = onlyFirst === onlySecond
  return { p: tie ? 1 : Math.min(1, 2 * tail), midP: tie ? 1 - point / 2 : 2 * tail - point }
}
