/** Ratings by simulated raters of items whose true answers are known. */
import { type Key, RandomStream } from '../../../island/index.ts'
import type { Rating } from '../ratings.ts'

export interface SimulatedStudy {
  readonly ratings: readonly Rating[]
  /** True answer of each item, 0 or 1. */
  readonly truths: ReadonlyMap<string, number>
}

/**
 * Draws two-way ratings. Rater k answers correctly with probability `skills[k]`; each item is rated
 * by `votes` raters drawn at random.
 */
export function simulateRatings(
  items: number,
  votes: number,
  skills: readonly number[],
  key: Key,
): SimulatedStudy {
  const random = new RandomStream(key)
  const truths = new Map<string, number>()
  const ratings = Array.from({ length: items }, (_, n) => {
    const truth = random.below(2)
    truths.set(`${n}`, truth)
    const raters = random.shuffle([...skills.entries()]).slice(0, votes)
    return raters.map(([rater, skill]) => {
      const value = random.chance(skill) ? truth : 1 - truth
      return { rater: `rater ${rater}`, item: `${n}`, value }
    })
  }).flat()
  return { ratings, truths }
}
