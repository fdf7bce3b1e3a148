/** Metrics that the stopping rule reads: never the true preference. */
export interface StoppingPoint {
  /** Mean learned reward of an update's episodes. */
  readonly reward: number
  /** KL divergence from the starting policy, nats per episode. */
  readonly kl: number
}

export type StopReason = 'converged' | 'diverged'

/** Number of updates over which the learned reward is averaged: one update's mean is noisy. */
const WINDOW = 6

/** Smallest rise of the averaged reward that counts, in standard deviations over the reference clips. */
const LEAST_RISE = 0.005

/**
 * Returns why training should stop after these updates: 'diverged' if the last one's KL divergence is
 * above `klLimit` or its numbers are not finite, 'converged' if the averaged learned reward has not risen
 * for `patience` updates, undefined if it should continue.
 */
export function stopReason(
  history: readonly StoppingPoint[],
  { klLimit, patience }: { readonly klLimit: number; readonly patience: number },
): StopReason | undefined {
  const last = history.at(-1)
  if (last === undefined) return undefined
  if (!Number.isFinite(last.reward) || !(last.kl <= klLimit)) return 'diverged'
  let best = Number.NEGATIVE_INFINITY
  let since = 0
  for (let end = WINDOW; end <= history.length; end++) {
    const rewards = history.slice(end - WINDOW, end).map(({ reward }) => reward)
    const average = rewards.reduce((sum, reward) => sum + reward, 0) / WINDOW
    const risen = average > best + LEAST_RISE
    since = risen ? 0 : since + 1
    // Only a rise that counts moves `best`: otherwise a slow but steady rise would never count.
    if (risen) best = average
  }
  return since >= patience ? 'converged' : undefined
}
