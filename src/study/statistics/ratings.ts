/** Ratings: the neutral form of answers from which agreement is measured and labels are combined. */
import { currentLabels, type Label, pairKey, verdictValue } from '../../alignment/labels/index.ts'

/**
 * Answer of a rater to an item, a pair of clips. `value` is the preference for the item's first
 * clip: 1, 0.5 or 0 for two-way answers, with steps between for graded ones. Where a rater can't
 * tell, there is no rating.
 */
export interface Rating {
  readonly rater: string
  readonly item: string
  readonly value: number
}

/** Values that a rating may have, in ascending order. */
export type RatingScale = readonly number[]

export const TWO_WAY_SCALE: RatingScale = [0, 0.5, 1]

/**
 * Returns the index of a rating's value in the scale. Throws an Error when the scale lacks it.
 */
export function categoryOf({ rater, item, value }: Rating, scale: RatingScale): number {
  const index = scale.indexOf(value)
  if (index >= 0) return index
  throw new Error(
    `Found the answer ${value} of rater "${rater}" to item "${item}", expected one of ${scale.join(', ')}: use the scale of the study's answers`,
  )
}

/**
 * Returns each rater's first rating of each item. Agreement is between people: a rater who answers
 * an item again would agree with themselves.
 */
export function firstRatings(ratings: readonly Rating[]): Rating[] {
  const known = new Set<string>()
  return ratings.filter(({ rater, item }) => {
    const key = JSON.stringify([rater, item])
    if (known.has(key)) return false
    known.add(key)
    return true
  })
}

/** Returns the ratings by item, in the order in which the items first occur. */
export function ratingsByItem(ratings: readonly Rating[]): Map<string, Rating[]> {
  const items = new Map<string, Rating[]>()
  for (const rating of ratings) {
    const group = items.get(rating.item)
    if (group === undefined) items.set(rating.item, [rating])
    else group.push(rating)
  }
  return items
}

/** Which clip a rating prefers: the first (1), the second (−1), or neither (0). */
export type Direction = -1 | 0 | 1

export function directionOf(value: number): Direction {
  return value > 0.5 ? 1 : value < 0.5 ? -1 : 0
}

/**
 * Returns the direction that more than half of the votes share; undefined without a strict majority.
 */
export function majorityDirection(values: readonly number[]): Direction | undefined {
  const directions = values.map(directionOf)
  return ([1, 0, -1] as const).find(
    (wanted) => 2 * directions.filter((direction) => direction === wanted).length > values.length,
  )
}

/**
 * Returns the ratings in each rater's log of labels: the current answers to fresh pairs. An item is a
 * question and a pair, and its first clip is the one with the lower id, whichever the rater was shown
 * first. Re-shows and golden pairs measure the rater and are left out.
 */
export function ratingsFrom(logs: ReadonlyMap<string, readonly Label[]>): Rating[] {
  return [...logs].flatMap(([rater, log]) =>
    currentLabels(log).flatMap((label) => {
      const preference = verdictValue(label.verdict)
      if (label.kind !== 'fresh' || preference === undefined) return []
      const value = label.first < label.second ? preference : 1 - preference
      return [{ rater, item: itemOf(label), value }]
    }),
  )
}

function itemOf({ question, first, second }: Label): string {
  return JSON.stringify([question, pairKey(first, second)])
}
