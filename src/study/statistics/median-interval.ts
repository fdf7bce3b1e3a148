import type { Interval } from '../../evaluation/index.ts'

/** Chance with which the interval may miss the population's median on each side. */
const TAIL = 0.025

/**
 * Returns a 95 % interval of the population's median between two of the sorted numbers, for any
 * continuous distribution (Thompson 1936, Annals of Mathematical Statistics 7:122–128): the k-th
 * smallest and the k-th largest, with the largest k for which a binomial(n, ½) count is below k with
 * a probability of at most 2.5 %. Undefined for fewer than six numbers, which have no such k.
 */
export function medianInterval(numbers: readonly number[]): Interval | undefined {
  const n = numbers.length
  let below = 0
  let rank = 0
  // In logarithms, because ½ⁿ underflows at a thousand numbers.
  for (let count = 0, log = -n * Math.LN2; count < n / 2; count++) {
    below += Math.exp(log)
    if (below > TAIL) break
    rank = count + 1
    log += Math.log((n - count) / (count + 1))
  }
  const sorted = numbers.toSorted((a, b) => a - b)
  const [low, high] = [sorted[rank - 1], sorted[n - rank]]
  return low === undefined || high === undefined ? undefined : { low, high }
}
