/** Play of a trained policy in fresh episodes, which the cells of experiments measure. */
import { divergence, logitsOf, type SeenClip, type Trajectory } from '../../alignment/index.ts'
import { reportingBeginnings } from '../../evaluation/index.ts'
import { rootKey, splitKey } from '../../island/index.ts'
import { type NetworkParameters, playPolicy } from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'

/** Seed of the fresh episodes on which trained policies are measured. */
const REPORT_SEED = 20260

export interface FreshPlay {
  readonly trajectories: readonly Trajectory[]
  /** The same episodes as a reward model sees them. */
  readonly clips: readonly SeenClip[]
  /** KL divergence from the starting policy, nats per episode. */
  readonly kl: number
}

/** Plays fresh episodes with a policy: of the same seed, all policies get the same beginnings. */
export async function playFresh(
  device: Device,
  start: NetworkParameters,
  policy: NetworkParameters,
  count: number,
): Promise<FreshPlay> {
  const beginnings = reportingBeginnings(REPORT_SEED, 'spawn', count)
  const key = splitKey(rootKey(REPORT_SEED), 'reporting', 'act')
  const episodes = await playPolicy(device, policy, beginnings, key, { keep: 'frames' })
  const trajectories = episodes.map(({ trajectory }) => trajectory)
  const clips = episodes.map(({ trajectory: { actions }, frames }) => ({ actions, frames }))
  if (policy === start) return { trajectories, clips, kl: 0 }
  const reference = await logitsOf(device, start, clips)
  const total = episodes.reduce(
    (sum, { logits }, index) => sum + divergence(logits, reference[index] ?? logits).kl,
    0,
  )
  return { trajectories, clips, kl: total / count }
}
