/**
 * Returns each episode's reward minus the mean reward of the others in its group, which started alike
 * (the leave-one-out baseline of Kool, van Hoof & Welling 2019, "Buy 4 REINFORCE samples, get a
 * baseline for free!"). Groups are runs of `groupSize` rewards; throws unless all are whole and hold
 * at least 2.
 */
export function leaveOneOut(rewards: ArrayLike<number>, groupSize: number): Float32Array {
  if (groupSize < 2 || rewards.length % groupSize !== 0) {
    throw new Error(
      `${rewards.length} rewards in groups of ${groupSize}: expected whole groups of at least 2`,
    )
  }
  const advantages = new Float32Array(rewards.length)
  for (let first = 0; first < rewards.length; first += groupSize) {
    let sum = 0
    for (let index = first; index < first + groupSize; index++) sum += rewards[index] ?? Number.NaN
    for (let index = first; index < first + groupSize; index++) {
      const reward = rewards[index] ?? Number.NaN
      advantages[index] = reward - (sum - reward) / (groupSize - 1)
    }
  }
  return advantages
}

/**
 * Returns generalised advantage estimates of an episode's decisions (Schulman et al. 2016, arXiv
 * 1506.02438, equation 16), undiscounted and with `reward` at the end as the only reward:
 * Aₜ = Σ λˡ δₜ₊ₗ with δₜ = Vₜ₊₁ − Vₜ, and reward − V at the last decision. λ = 1 gives reward − Vₜ.
 */
export function generalisedAdvantages(
  values: Float64Array,
  reward: number,
  lambda: number,
): Float32Array {
  const advantages = new Float32Array(values.length)
  let next = reward
  let advantage = 0
  for (let decision = values.length - 1; decision >= 0; decision--) {
    const value = values[decision] ?? Number.NaN
    advantage = next - value + lambda * advantage
    advantages[decision] = advantage
    next = value
  }
  return advantages
}
