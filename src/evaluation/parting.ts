/**
 * Over-optimisation of a learnt reward: the update after which it keeps rising while the share of
 * episodes with the preferred outcome falls (Gao, Schulman & Hilton 2023, arXiv 2210.10760, measure
 * the same against the KL divergence).
 */

/** Measurement of a policy during reinforcement learning: means over the episodes of one update. */
export interface PolicyMeasurement {
  readonly update: number
  /** Learnt reward per episode. */
  readonly reward: number
  /** Share of the episodes with the preferred outcome, 0…1. */
  readonly share: number
  /** KL divergence from the starting policy, nats per episode. */
  readonly kl: number
}

/** Number of updates that are averaged, the update itself in the middle. */
export const PARTING_WINDOW = 5

/**
 * Number of standard errors by which the share has to end below its maximum. The maximum of many
 * noisy values lies about two above their mean by chance alone.
 */
const CLEARLY = 4

export type Parting =
  /** Fewer than two windows of updates, so that nothing can be compared. */
  | { readonly kind: 'too short' }
  /** The share does not end clearly below its maximum or, if it `fell`, the reward did not rise meanwhile. */
  | { readonly kind: 'together'; readonly fell: boolean }
  | {
      readonly kind: 'parted'
      /** Last update whose share was within one standard error of the maximum. */
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
      share: mean(({ share }) => share),
      kl: mean(({ kl }) => kl),
    }
  })
}

/**
 * Returns where learnt reward and preferred outcome part. Both are smoothed. They part where the share
 * ends more than four standard errors below its maximum, and the reward ends more than two above its
 * value at the last update at which the share was within one standard error of that maximum: this is
 * the parting point. `episodes` is the number of episodes of each update.
 */
export function partingOf(points: readonly PolicyMeasurement[], episodes: number): Parting {
  const curve = smoothed(points)
  const to = curve.at(-1)
  if (to === undefined || points.length < 2 * PARTING_WINDOW) return { kind: 'too short' }
  const highest = Math.max(...curve.map(({ share }) => share))
  const noise = noiseOfMean(points.map(({ share }) => share))
  const error = (share: number): number => Math.max(noise, binomialError(share, episodes))
  const atTop = error(highest)
  const from = curve.findLast(({ share }) => share >= highest - atTop)
  if (from === undefined) return { kind: 'together', fell: false }
  const fell = highest - to.share > CLEARLY * Math.hypot(atTop, error(to.share))
  const rose = to.reward - from.reward > 2 * Math.SQRT2 * noiseOfMean(points.map((p) => p.reward))
  return fell && rose ? { kind: 'parted', from, to } : { kind: 'together', fell }
}

/**
 * Returns the standard error of a share over the episodes of a window. Two successes and two failures
 * are added (Agresti & Coull 1998), as a share of 0 or 1 is not without error.
 */
function binomialError(share: number, episodes: number): number {
  const trials = episodes * PARTING_WINDOW + 4
  const centre = (share * episodes * PARTING_WINDOW + 2) / trials
  return Math.sqrt((centre * (1 - centre)) / trials)
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
