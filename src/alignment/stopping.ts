/** What the decision to stop looks at: never the true preference. */
export interface StoppingPoint {
  /** Mean learnt reward of an update's episodes. */
  readonly reward: number
  /** Divergence from the starting policy, nats an episode. */
  readonly kl: number
}

export type StopReason = 'converged' | 'diverged'

/** Updates over which the learnt reward is averaged: one update's mean is noisy. */
const WINDOW = 6

/** The least rise of the averaged reward that counts, in standard deviations of the reference play. */
const LEAST_RISE = 0.005

/**
 * Whether training should end after these updates: 'diverged' where the last one's divergence is
 * above `klLimit` or a number is not finite, 'converged' where the average of the learnt reward has
 * not risen for `patience` updates.
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
    // Only what counted as a rise is surpassed: else a slow but steady rise would count for nothing.
    if (risen) best = average
  }
  return since >= patience ? 'converged' : undefined
}
