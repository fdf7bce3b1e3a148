/** Ranking of episodes by scores, compared with what was preferred. */
import { type Interval, wilsonInterval } from './wilson.ts'

export interface Ranking {
  /** Probability that a better one scores higher than a worse one, ties counted half: 0…1. */
  readonly share: number
  /** 95 % interval of `share`. */
  readonly interval: Interval
}

/**
 * Returns how often the scores of `better` exceed those of `worse` (the area under the ROC curve, Mann &
 * Whitney's U as a share of all pairs); undefined if either is empty. The interval is Wilson's for a number
 * of independent pairs, as pairs share episodes.
 */
export function rankingOf(
  better: readonly number[],
  worse: readonly number[],
): Ranking | undefined {
  if (better.length === 0 || worse.length === 0) return undefined
  const above = sharesBelow(better, worse)
  const below = sharesBelow(worse, better).map((each) => 1 - each)
  const share = meanOf(above)
  const independent = independentPairs(share, above, below)
  return { share, interval: wilsonInterval(share * independent, independent) }
}

/**
 * Returns the number of independent pairs that would tell as much as all pairs do. `above` and `below` have,
 * for each better and each worse one, the share of the others that it is on the right side of. Their spread
 * gives the variance (DeLong et al. 1988, Biometrics 44:837–845). Few of them may all agree by chance, so each
 * list counts with one more on the right side of all and one on that of none. It is never more uncertain than
 * as many pairs as the smaller list has, whatever the scores (Bamber 1975, J. Math. Psychol. 12:387–415).
 */
function independentPairs(
  share: number,
  above: readonly number[],
  below: readonly number[],
): number {
  const fewest = Math.min(above.length, below.length)
  const cautious = (fewest * share + 1) / (fewest + 2)
  const variance = [above, below].reduce(
    (sum, shares) => sum + varianceOf([...shares, 0, 1]) / shares.length,
    0,
  )
  return Math.max(fewest, (cautious * (1 - cautious)) / variance)
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return meanOf(values.map((value) => (value - mean) ** 2))
}

/** Returns for each score the share of `others` that are lower, ties counted half. */
function sharesBelow(scores: readonly number[], others: readonly number[]): number[] {
  const sorted = others.toSorted((a, b) => a - b)
  const countBelow = (score: number, orEqual: boolean): number => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const at = sorted[middle] ?? Number.POSITIVE_INFINITY
      if (at < score || (orEqual && at === score)) low = middle + 1
      else high = middle
    }
    return low
  }
  return scores.map(
    (score) => (countBelow(score, false) + countBelow(score, true)) / (2 * sorted.length),
  )
}
