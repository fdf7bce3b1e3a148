/** Agreement of all raters of a study: Krippendorff's alpha with a bootstrap interval. */
import {
  type AlphaEstimate,
  type AlphaMetric,
  addCoincidences,
  addTable,
  alphaFromCoincidences,
  coincidenceTable,
  type Interval,
} from '../../evaluation/index.ts'
import { quantile } from '../../evaluation/quantile.ts'
import { type Key, RandomStream } from '../../island/index.ts'
import { firstRatings, type Rating, ratingsByItem } from './ratings.ts'

/**
 * Returns Krippendorff's alpha of ratings by any number of raters, each of whom may have left items
 * out (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"). Each rater's first rating
 * of an item counts.
 */
export function krippendorffAlpha(ratings: readonly Rating[], metric: AlphaMetric): AlphaEstimate {
  const { values, tables } = tablesOf(ratings)
  return alphaOf(tables, values, metric)
}

/** Least share of the resamples in which alpha must be defined. */
const LEAST_DEFINED = 0.9

/** Settings of a bootstrap interval. */
export interface BootstrapSettings {
  /** Number of resamples. */
  readonly samples: number
  /** Confidence level, such as 0.95. */
  readonly level: number
}

export interface BootstrappedAlpha {
  readonly estimate: AlphaEstimate
  /**
   * Percentile interval; undefined where alpha is, and where more than a tenth of the resamples show
   * no variation: then the interval would describe the items that happen to differ. Three items that
   * differ from all others are enough.
   */
  readonly interval: Interval | undefined
  /** Number of items with two or more ratings, from which the resamples are drawn. */
  readonly items: number
  /** Number of resamples in which alpha is defined. */
  readonly defined: number
}

/**
 * Returns alpha with a percentile interval from resampled items (Efron & Tibshirani 1993, An
 * Introduction to the Bootstrap, chapter 13). Items are drawn because they are the sampled units:
 * all ratings of an item stay together. With few items the interval is too narrow, as percentile
 * intervals are.
 */
export function bootstrapAlpha(
  ratings: readonly Rating[],
  metric: AlphaMetric,
  key: Key,
  { samples, level }: BootstrapSettings,
): BootstrappedAlpha {
  const { values, tables } = tablesOf(ratings)
  const estimate = alphaOf(tables, values, metric)
  const random = new RandomStream(key)
  const alphas = Array.from({ length: tables.length === 0 ? 0 : samples }, () => {
    const drawn = tables.map(() => random.pick(tables))
    return alphaOf(drawn, values, metric).alpha
  }).filter((alpha) => alpha !== undefined)
  const reliable = estimate.alpha !== undefined && alphas.length >= LEAST_DEFINED * samples
  return {
    estimate,
    interval: reliable ? percentileInterval(alphas, level) : undefined,
    items: tables.length,
    defined: alphas.length,
  }
}

/**
 * Returns how many labels, in addition to the `count` that an interval was computed from, would halve its
 * width. Assumes that the width falls with 1 ÷ √items, and that the new items are drawn like the
 * present ones and get the same number of raters each: half the width then takes four times the
 * labels. An interval without width needs no more. Throws a RangeError unless `count` is positive.
 */
export function moreLabelsToHalve({ low, high }: Interval, count: number): number {
  if (!(count > 0)) {
    throw new RangeError(`Found an interval from ${count} labels: expected at least one label`)
  }
  return high > low ? 3 * count : 0
}

type Tables = readonly ReturnType<typeof coincidenceTable>[]

/** Returns the ratings' values in ascending order, and the coincidences of each item with pairs. */
function tablesOf(ratings: readonly Rating[]): { values: number[]; tables: Tables } {
  const counted = firstRatings(ratings)
  const values = [...new Set(counted.map(({ value }) => value))].sort((a, b) => a - b)
  const units = [...ratingsByItem(counted).values()].filter(({ length }) => length > 1)
  const tables = units.map((unit) => {
    const table = coincidenceTable(values.length)
    addCoincidences(
      table,
      unit.map(({ value }) => values.indexOf(value)),
    )
    return table
  })
  return { values, tables }
}

function alphaOf(tables: Tables, values: readonly number[], metric: AlphaMetric): AlphaEstimate {
  const sum = coincidenceTable(values.length)
  for (const table of tables) addTable(sum, table)
  return alphaFromCoincidences(sum, values, metric)
}

/** Returns the interval between the quantiles (1 − level) ÷ 2 and (1 + level) ÷ 2 of the numbers. */
function percentileInterval(numbers: readonly number[], level: number): Interval {
  const sorted = numbers.toSorted((a, b) => a - b)
  return { low: quantile(sorted, (1 - level) / 2), high: quantile(sorted, (1 + level) / 2) }
}
