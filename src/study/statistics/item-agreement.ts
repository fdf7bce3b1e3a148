/** Agreement on single items, to find the pairs that a researcher should look at. */
import {
  categoryOf,
  directionOf,
  firstRatings,
  majorityDirection,
  type Rating,
  type RatingScale,
  ratingsByItem,
} from './ratings.ts'

export interface ItemAgreement {
  readonly item: string
  /** Number of raters who rated the item. */
  readonly votes: number
  /** Number of votes for each category of the scale, in the scale's order. */
  readonly counts: readonly number[]
  /** Share of the most frequent direction: first clip, second clip or neither. */
  readonly largestShare: number
  /**
   * Mean absolute difference of two votes, as a share of the scale's width: 0 where all agree. For
   * answers without ties it is the chance that two of the raters differ. 0 for a single vote.
   */
  readonly disagreement: number
  /**
   * Whether no direction has both a strict majority and the required share of the votes; a single
   * vote is never disputed.
   */
  readonly disputed: boolean
}

/** Least share of the votes that settles an item unless the researcher sets another: two thirds. */
const SETTLED_SHARE = 2 / 3

/** Rounding of a share such as 2/3 must not decide whether it reaches a threshold of 2/3. */
const ROUNDING = 1e-9

/**
 * Returns the agreement on each item, worst first: by disagreement, then by fewer votes, then in
 * the order of the ratings. Each rater's first rating of an item counts. Throws an Error when a
 * value is not on the scale.
 */
export function agreementByItem(
  ratings: readonly Rating[],
  scale: RatingScale,
  settledShare: number = SETTLED_SHARE,
): ItemAgreement[] {
  return [...ratingsByItem(firstRatings(ratings))]
    .map(([item, group]) => agreementOn(item, group, scale, settledShare))
    .sort((a, b) => b.disagreement - a.disagreement || a.votes - b.votes)
}

function agreementOn(
  item: string,
  group: readonly Rating[],
  scale: RatingScale,
  settledShare: number,
): ItemAgreement {
  const counts = scale.map(() => 0)
  for (const rating of group) {
    const category = categoryOf(rating, scale)
    counts[category] = (counts[category] ?? 0) + 1
  }
  const values = group.map(({ value }) => value)
  const largestShare = largestDirectionShare(values)
  const settled = majorityDirection(values) !== undefined && largestShare > settledShare - ROUNDING
  return {
    item,
    votes: values.length,
    counts,
    largestShare,
    disagreement: meanDifference(values) / ((scale.at(-1) ?? 1) - (scale[0] ?? 0)),
    disputed: !settled,
  }
}

function largestDirectionShare(values: readonly number[]): number {
  const directions = values.map(directionOf)
  const times = ([1, 0, -1] as const).map(
    (wanted) => directions.filter((direction) => direction === wanted).length,
  )
  return Math.max(...times) / values.length
}

/** Returns the mean absolute difference of two of the values; 0 for fewer than two. */
function meanDifference(values: readonly number[]): number {
  let sum = 0
  for (const [i, a] of values.entries()) {
    for (const b of values.slice(i + 1)) sum += Math.abs(a - b)
  }
  return values.length < 2 ? 0 : sum / ((values.length * (values.length - 1)) / 2)
}
