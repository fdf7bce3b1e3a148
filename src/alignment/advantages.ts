/**
 * How much better each episode did than the others of its group, which began alike: its reward less
 * the mean of the others' (the leave-one-out baseline of Kool, van Hoof & Welling 2019, "Buy 4
 * REINFORCE samples, get a baseline for free!"). Groups are runs of `groupSize` rewards.
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
