/** Quality of each rater's work, measured from the raters' logs of labels. */
import {
  currentLabels,
  firstAnswers,
  type Label,
  preferredSide,
} from '../../alignment/labels/index.ts'
import {
  agreementWithGolden,
  agreementWithSelf,
  type CountedShare,
  countedShare,
  type Interval,
  mcNemarValues,
  median,
  paceOf,
  SHORTEST_ANSWER_MS,
} from '../../evaluation/index.ts'
import { medianInterval } from './median-interval.ts'
import {
  directionOf,
  firstRatings,
  majorityDirection,
  type Rating,
  ratingsByItem,
  ratingsFrom,
} from './ratings.ts'

export interface RaterQuality {
  readonly rater: string
  /** Number of answered pairs; corrections do not add to it. */
  readonly answered: number
  /** Share of golden pairs whose first answer was correct. */
  readonly withGolden: CountedShare
  /** Share of re-shows answered like the first time. */
  readonly withSelf: CountedShare
  /** Share of first answers given in less than the shortest time. */
  readonly rushed: CountedShare
  /** Preferences for the left side, out of all preferences for a side. */
  readonly left: CountedShare
  /**
   * Two-sided exact binomial p-value of the preferences for the left side, if both sides are equally
   * likely; 1 without any.
   */
  readonly sideBiasP: number
  /** Share of ratings in the direction that a strict majority of the item's other raters shares. */
  readonly withOthers: CountedShare
  /** Median response time, seconds; undefined without answers. */
  readonly medianSeconds: number | undefined
  /** 95 % interval of the median; undefined for fewer than six answers. */
  readonly medianSecondsInterval: Interval | undefined
  /** Answers per minute, breaks excluded; undefined without answers. */
  readonly pace: number | undefined
}

/**
 * Returns the quality of each rater from their log of labels, in the order of the logs. Answers in
 * less than `shortestMs` milliseconds count as rushed; without it, those too fast to see both clips.
 * `isOther` says whose answers each rater is compared with; without it, everybody else's.
 */
export function raterQualities(
  logs: ReadonlyMap<string, readonly Label[]>,
  shortestMs: number = SHORTEST_ANSWER_MS,
  isOther: IsOther = isAnother,
): RaterQuality[] {
  const withOthers = agreementWithOthers(ratingsFrom(logs), isOther)
  return [...logs].map(([rater, log]) => ({
    rater,
    answered: currentLabels(log).length,
    withGolden: agreementWithGolden(log),
    withSelf: agreementWithSelf(log),
    ...sidesOf(log),
    ...timesOf(log, shortestMs),
    withOthers: withOthers.get(rater) ?? countedShare(0, 0),
  }))
}

/** Returns whether a rater is among the others with whom `of` is compared. */
type IsOther = (rater: string, of: string) => boolean

const isAnother: IsOther = (rater, of) => rater !== of

/**
 * Returns, for each rater, the share of their ratings in the direction that a strict majority of the
 * other raters of the item shares; items where the others have none are left out. Leaving the rater
 * out keeps them from agreeing with themselves.
 */
export function agreementWithOthers(
  ratings: readonly Rating[],
  isOther: IsOther = isAnother,
): Map<string, CountedShare> {
  const tallies = new Map<string, { count: number; of: number }>()
  for (const group of ratingsByItem(firstRatings(ratings)).values()) {
    for (const { rater, value } of group) {
      const others = group.filter((rating) => isOther(rating.rater, rater))
      const majority = majorityDirection(others.map((rating) => rating.value))
      const tally = tallies.get(rater) ?? { count: 0, of: 0 }
      tallies.set(rater, tally)
      if (majority === undefined) continue
      tally.of += 1
      if (directionOf(value) === majority) tally.count += 1
    }
  }
  return new Map([...tallies].map(([rater, { count, of }]) => [rater, countedShare(count, of)]))
}

function sidesOf(log: readonly Label[]) {
  const sides = currentLabels(log)
    .map(preferredSide)
    .filter((side) => side !== undefined)
  const left = sides.filter((side) => side === 'left').length
  return {
    left: countedShare(left, sides.length),
    // McNemar's exact test is the binomial test of two counts at probability ½.
    sideBiasP: mcNemarValues(left, sides.length - left).p,
  }
}

/** Returns statistics of the first answers' times: a correction's time says nothing about the pair. */
function timesOf(log: readonly Label[], shortestMs: number) {
  const times = firstAnswers(log).map(({ responseMs }) => responseMs)
  const seconds = times.map((time) => time / 1000)
  return {
    rushed: countedShare(times.filter((time) => time < shortestMs).length, times.length),
    medianSeconds: median(seconds),
    medianSecondsInterval: medianInterval(seconds),
    pace: paceOf(times),
  }
}
