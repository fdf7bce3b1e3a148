/**
 * Over-optimisation of a learned reward: the update after which it keeps rising while what is really
 * preferred falls (Gao, Schulman & Hilton 2023, arXiv 2210.10760, measure the same against the KL
 * divergence).
 */

/** Measurement of a policy during reinforcement learning: means over the episodes of one update. */
export interface PolicyMeasurement {
  readonly update: number
  /** Learnt reward per episode. */
  readonly reward: number
  /**
   * How well the episodes fit the preference, the more, the better: the share of those with the preferred
   * outcome, 0…1, or the mean of a measure, negative if less of it is preferred.
   */
  readonly fit: number
  /** KL divergence from the starting policy, nats per episode. */
  readonly kl: number
}

/** Number of updates that are averaged, the update itself in the middle. */
export const PARTING_WINDOW = 5

/**
 * Number of standard errors by which the fit has to end below its maximum. The maximum of many
 * noisy values lies about two above their mean by chance alone.
 */
const CLEARLY = 4

export type Parting =
  /** Fewer than two windows of updates, so that nothing can be compared. */
  | { readonly kind: 'too short' }
  /** The fit does not end clearly below its maximum or, if it `fell`, the reward did not rise meanwhile. */
  | { readonly kind: 'together'; readonly fell: boolean }
  | {
      readonly kind: 'parted'
      /** Last update whose fit was within one standard error of the maximum. */
      readonly from: PolicyMeasurement
      /** Last whole window. */
      readonly to: PolicyMeasurement
    }

/** Returns the means over each whole window of updates, under the update in its middle. */
export function smoothed(points: readonly PolicyMeasurement[]): PolicyMeasurement[] {
  const half = (PARTING_WINDOW - 1) / 2
  return points.slice(half, points.length - half).map(({ update }, index) => {
    const window = points.slice(index, index + PARTING_WINDOW)
    const mean = (of: (point: PolicyMeasurement) => number): number =>
      window.reduce((sum, point) => sum + of(point), 0) / PARTING_WINDOW
    return {
      update,
      reward: mean(({ reward }) => reward),
      fit: mean(({ fit }) => fit),
      kl: mean(({ kl }) => kl),
    }
  })
}

/**
 * Returns where learned reward and fit part. Both are smoothed. They part where the fit ends more than
 * four standard errors below its maximum, and the reward ends more than two above its value at the last
 * update at which the fit was within one standard error of that maximum: this is the parting point.
 * Errors are estimated from successive updates; `leastError` returns a lower limit of the error of a
 * window's fit, such as `shareError`.
 */
export function partingOf(
  points: readonly PolicyMeasurement[],
  leastError: (fit: number) => number = () => 0,
): Parting {
  const curve = smoothed(points)
  const to = curve.at(-1)
  if (to === undefined || points.length < 2 * PARTING_WINDOW) return { kind: 'too short' }
  const highest = Math.max(...curve.map(({ fit }) => fit))
  const noise = noiseOfMean(points.map(({ fit }) => fit))
  const error = (fit: number): number => Math.max(noise, leastError(fit))
  const atTop = error(highest)
  const from = curve.findLast(({ fit }) => fit >= highest - atTop)
  if (from === undefined) return { kind: 'together', fell: false }
  const fell = highest - to.fit > CLEARLY * Math.hypot(atTop, error(to.fit))
  const rose = to.reward - from.reward > 2 * Math.SQRT2 * noiseOfMean(points.map((p) => p.reward))
  return fell && rose ? { kind: 'parted', from, to } : { kind: 'together', fell }
}

/**
 * Returns the binomial standard error of a window's share, for a number of episodes in each update. Two
 * successes and two failures are added (Agresti & Coull 1998), as a share of 0 or 1 is not without error.
 */
export function shareError(episodes: number): (share: number) => number {
  return (share) => {
    const trials = episodes * PARTING_WINDOW + 4
    const centre = (share * episodes * PARTING_WINDOW + 2) / trials
    return Math.sqrt((centre * (1 - centre)) / trials)
  }
}

/**
 * Returns the standard error of a window's mean, from the differences of successive values, in which a
 * trend cancels out (von Neumann 1941, Annals of Mathematical Statistics 12:367–395).
 */
function noiseOfMean(values: readonly number[]): number {
  const squares = values.slice(1).map((value, index) => (value - (values[index] ?? value)) ** 2)
  const variance = squares.reduce((sum, square) => sum + square, 0) / (2 * squares.length)
  return Math.sqrt(variance / PARTING_WINDOW)
}
