import {
  type Comparison,
  drawComparisons,
  type Fallibility,
  fallible,
  judgeFor,
  type Labels,
  type SeenClip,
  type Trajectory,
} from '../../alignment/index.ts'
import { type Key, type Outcome, rootKey, splitKey } from '../../island/index.ts'
import { beginningsOf, type PolicyParameters, playPolicy } from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'

/** A clip to compare: the episode and what was seen in it. */
export type PoolClip = Trajectory & SeenClip

/** Clips of the agent's play, one set for a purpose and a seed: no two sets share a clip. */
export type Purpose = 'labels' | 'validation' | 'test'

/** The branch of keys a purpose belongs to: what is reported on never meets what trained or tuned. */
const BRANCHES: Readonly<Record<Purpose, string>> = {
  labels: 'training',
  validation: 'tuning',
  test: 'reporting',
}

/** The agent's own play for comparisons; what was played last for each purpose is kept in memory. */
export class Pools {
  readonly #device: Device
  readonly #agent: PolicyParameters
  readonly #kept = new Map<Purpose, { readonly name: string; readonly clips: PoolClip[] }>()

  constructor(device: Device, agent: PolicyParameters) {
    this.#device = device
    this.#agent = agent
  }

  async clips(purpose: Purpose, seed: number, count: number): Promise<PoolClip[]> {
    const name = `${seed} ${count}`
    const kept = this.#kept.get(purpose)
    if (kept?.name === name) return kept.clips
    this.#kept.delete(purpose)
    const key = splitKey(rootKey(seed), BRANCHES[purpose], 'comparisons', purpose)
    const beginnings = beginningsOf(key, 'spawn', count)
    const act = splitKey(key, 'act')
    const played = await playPolicy(this.#device, this.#agent, beginnings, act, {
      keep: 'frames',
    })
    const clips = played.map(({ trajectory, frames }) => ({ ...trajectory, frames }))
    this.#kept.set(purpose, { name, clips })
    return clips
  }
}

/** Comparisons of clips by a judge who wants one jumppad. */
export function label(
  clips: readonly PoolClip[],
  wanted: Outcome,
  count: number,
  key: Key,
  slips: Fallibility = { noise: 0, cantTell: 0 },
): Labels {
  const judge = fallible(judgeFor(wanted), slips, splitKey(key, 'judge'))
  return drawComparisons(clips, judge, count, splitKey(key, 'pairs'))
}

/** Held-out clips and comparisons of them, without slips. */
export interface HeldOut {
  readonly clips: readonly PoolClip[]
  readonly comparisons: readonly Comparison[]
}
