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
 * Whitney's U as a share of all pairs); undefined if either is empty. The interval is Wilson's for as many
 * independent pairs as the variance of Hanley & McNeil (1982, Radiology 143:29–36) stands for, since pairs
 * share episodes.
 */
export function rankingOf(
  better: readonly number[],
  worse: readonly number[],
): Ranking | undefined {
  const pairs = better.length * worse.length
  if (pairs === 0) return undefined
  const share = exceeding(better, worse) / pairs
  const square = share * share
  const variance =
    (share * (1 - share) +
      (better.length - 1) * (share / (2 - share) - square) +
      (worse.length - 1) * ((2 * square) / (1 + share) - square)) /
    pairs
  // Scores that separate the two have no variance, but are no surer than the fewer ones allow.
  const independent =
    variance > 0 ? (share * (1 - share)) / variance : Math.min(better.length, worse.length)
  return { share, interval: wilsonInterval(share * independent, independent) }
}

/** Returns the number of pairs in which the better one scores higher, ties counted half. */
function exceeding(better: readonly number[], worse: readonly number[]): number {
  const sorted = worse.toSorted((a, b) => a - b)
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
  return better.reduce(
    (sum, score) => sum + (countBelow(score, false) + countBelow(score, true)) / 2,
    0,
  )
}
