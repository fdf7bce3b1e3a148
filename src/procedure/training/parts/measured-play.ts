/** Play of a policy before and after a training that does not play itself, so that it can be compared with those that do. */
import { divergence, logitsOf } from '../../../alignment/index.ts'
import { type Key, splitKey } from '../../../island/index.ts'
import { beginningsOf, type NetworkParameters, playPolicy } from '../../play.ts'
import { islandsOf, type TrainingJob } from '../job.ts'
import { preferredBy, styleMetric } from './own-play.ts'

/** Number of episodes played: as many as an update of reinforcement learning plays in the tab. */
export const MEASURED_EPISODES = 64

/** Resolves to the means over fresh episodes of a policy, which begin alike for every policy. */
export async function measuredPlay(job: TrainingJob, policy: NetworkParameters, key: Key) {
  const { device, openPlayer, plan, start } = job
  const beginnings = beginningsOf(key, 'spawn', MEASURED_EPISODES, islandsOf(job))
  const episodes = await playPolicy(device, policy, beginnings, splitKey(key, 'act'), {
    keep: 'frames',
    open: openPlayer,
  })
  const clips = episodes.map(({ trajectory: { actions }, frames }) => ({ actions, frames }))
  const reference = await logitsOf(device, start, clips)
  const sums = { kl: 0, entropy: 0, decisions: 0, preferred: 0 }
  const isPreferred = preferredBy(plan)
  for (const [index, { logits, trajectory }] of episodes.entries()) {
    const { kl, entropy } = divergence(logits, reference[index] ?? logits)
    sums.kl += kl
    sums.entropy += entropy
    sums.decisions += trajectory.actions.length
    sums.preferred += Number(isPreferred(trajectory))
  }
  return {
    preference: sums.preferred / episodes.length,
    kl: sums.kl / episodes.length,
    entropy: sums.entropy / sums.decisions,
    length: sums.decisions / episodes.length,
    ...styleMetric(
      plan,
      episodes.map(({ trajectory }) => trajectory),
    ),
  }
}
