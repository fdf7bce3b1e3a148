import { type Comparison, decisive, preferredClip } from './comparisons.ts'

export interface RewardScores {
  /** Share of decisive comparisons whose preferred clip has the higher reward. Chance is 0.5. */
  readonly accuracy: number
  /** Number of decisive comparisons. */
  readonly comparisons: number
}

/** Scores rewards, one per clip, against the decisive comparisons; equal rewards count half. */
export function rewardAccuracy(
  rewards: ArrayLike<number>,
  comparisons: readonly Comparison[],
): RewardScores {
  const counted = decisive(comparisons)
  const right = counted.reduce((sum, comparison) => {
    const { first, second } = comparison
    const difference = (rewards[first] ?? Number.NaN) - (rewards[second] ?? Number.NaN)
    const towards = preferredClip(comparison) === 'first' ? difference : -difference
    // 1, ½ or 0; NaN if either reward is NaN.
    return sum + (1 + Math.sign(towards)) / 2
  }, 0)
  return { accuracy: right / counted.length, comparisons: counted.length }
}

/** Returns the mean and population standard deviation of rewards, used to normalise a reward model. */
export function spreadOf(rewards: ArrayLike<number>): { mean: number; deviation: number } {
  const values = Array.from(rewards)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, deviation: Math.sqrt(variance) }
}
