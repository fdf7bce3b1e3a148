/**
 * Small ensemble of reward models for picking pairs: linear read-outs of fixed features, each fitted to
 * its own bootstrap sample of the comparisons (Efron 1979). The read-outs disagree where the comparisons
 * carry little information.
 */
import { type Key, RandomStream, splitKey } from '../../island/index.ts'
import type { Comparison } from '../comparisons.ts'
import { decisive } from '../comparisons.ts'
import { conjugateGradient, dot } from './conjugate-gradient.ts'
import type { RewardEnsemble } from './pair-rules.ts'

/** Number of read-outs in the ensemble. */
export const MEMBERS = 5

/** Limits of Newton's method: step length at which it stops, and number of steps; a few are enough. */
const SHORTEST_STEP = 1e-8
const MOST_STEPS = 30

/**
 * Trains an ensemble on comparisons of clips, given by index into `features`, rows of one width. `labels`
 * counts the decisive comparisons, as ties alone teach nothing. Throws if the rows differ in width.
 */
export function trainReadOuts(
  features: readonly ArrayLike<number>[],
  comparisons: readonly Comparison[],
  key: Key,
): RewardEnsemble {
  const rows = standardised(features)
  const rewards = Array.from({ length: MEMBERS }, (_, member) => {
    const random = new RandomStream(splitKey(key, 'bootstrap', member))
    const sample = comparisons.map(() => random.pick(comparisons))
    const weights = fitReadOut(rows, sample)
    return rows.map((row) => dot(row, weights))
  })
  return { rewards, labels: decisive(comparisons).length }
}

/**
 * Returns the weights w that minimise ½ |w|² + Σ softplus(d) − y d over the comparisons, where y is the
 * verdict and d the difference of rewards w·first − w·second: Bradley–Terry with a normal prior, by
 * Newton's method with a backtracking line search. The loss is strictly convex: there is one minimum.
 */
export function fitReadOut(
  rows: readonly Float64Array[],
  comparisons: readonly Comparison[],
): Float64Array {
  const width = rows[0]?.length ?? 0
  const pairs = comparisons.map(({ first, second, verdict }) => ({
    difference: subtract(rowOf(rows, first), rowOf(rows, second)),
    verdict,
  }))
  let weights = new Float64Array(width)
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = weights.slice()
    const slopes = new Float64Array(pairs.length)
    for (const [index, { difference, verdict }] of pairs.entries()) {
      const chance = 1 / (1 + Math.exp(-dot(difference, weights)))
      addScaled(gradient, difference, chance - verdict)
      slopes[index] = chance * (1 - chance)
    }
    const curvature = (direction: Float64Array): Float64Array => {
      const product = direction.slice()
      for (const [index, { difference }] of pairs.entries()) {
        addScaled(product, difference, (slopes[index] ?? 0) * dot(difference, direction))
      }
      return product
    }
    const direction = conjugateGradient(curvature, gradient)
    const length = lineSearch(weights, direction, dot(direction, gradient), pairs)
    weights = moved(weights, direction, length)
    if (length * Math.sqrt(dot(direction, direction)) < SHORTEST_STEP) break
  }
  return weights
}

interface PairRow {
  readonly difference: Float64Array
  readonly verdict: number
}

/** Returns the loss that `fitReadOut` minimises. */
function lossOf(weights: Float64Array, pairs: readonly PairRow[]): number {
  return pairs.reduce((sum, { difference, verdict }) => {
    const d = dot(difference, weights)
    return sum + Math.max(d, 0) + Math.log1p(Math.exp(-Math.abs(d))) - verdict * d
  }, dot(weights, weights) / 2)
}

/** Returns the step length against a direction: halved until the loss falls enough for its slope. */
function lineSearch(
  weights: Float64Array,
  direction: Float64Array,
  slope: number,
  pairs: readonly PairRow[],
): number {
  const before = lossOf(weights, pairs)
  let length = 1
  // Armijo's condition. Near the minimum, rounding hides the decrease, and the step is short anyway.
  while (
    length > 1e-6 &&
    lossOf(moved(weights, direction, length), pairs) > before - 1e-4 * length * slope
  ) {
    length /= 2
  }
  return length
}

/**
 * Returns the features with mean 0 and variance 1 / width each, so that under the prior differences of
 * rewards have a standard deviation of about 1.4. A constant feature carries no information and becomes 0.
 * Throws if the rows differ in width.
 */
export function standardised(features: readonly ArrayLike<number>[]): Float64Array[] {
  const width = features[0]?.length ?? 0
  const count = features.length
  const means = new Float64Array(width)
  const variances = new Float64Array(width)
  for (const row of features) {
    if (row.length !== width) {
      throw new Error(`Found ${row.length} features of a clip, expected ${width} of each`)
    }
    for (let i = 0; i < width; i++) means[i] = (means[i] ?? 0) + (row[i] ?? 0) / count
  }
  for (const row of features) {
    for (let i = 0; i < width; i++) {
      variances[i] = (variances[i] ?? 0) + ((row[i] ?? 0) - (means[i] ?? 0)) ** 2 / count
    }
  }
  return features.map((row) =>
    Float64Array.from(row, (value, i) => {
      const deviation = Math.sqrt((variances[i] ?? 0) * width)
      return deviation > 1e-12 ? (value - (means[i] ?? 0)) / deviation : 0
    }),
  )
}

function rowOf(rows: readonly Float64Array[], index: number): Float64Array {
  const row = rows[index]
  if (row === undefined) throw new Error(`There is no clip ${index} among ${rows.length}`)
  return row
}

function subtract(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, index) => value - (b[index] ?? 0))
}

function addScaled(to: Float64Array, from: Float64Array, by: number): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] ?? 0) + by * (from[i] ?? 0)
}

function moved(from: Float64Array, direction: Float64Array, by: number) {
  const to = from.slice()
  addScaled(to, direction, -by)
  return to
}
