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
import {
  type Key,
  type Outcome,
  rootKey,
  type ShippedIsland,
  splitKey,
} from '../../island/index.ts'
import { beginningsOf, type NetworkParameters, playPolicy } from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { UsageError } from '../errors.ts'
import { readModel } from '../read-model.ts'

/** Clip to compare: the episode and its rendered frames. */
export type PoolClip = Trajectory & SeenClip

/** Purpose of a set of clips. Each purpose and seed has its own set; no two sets share a clip. */
export type Purpose = 'labels' | 'validation' | 'test'

/** Key branch of each purpose, which keeps the test data apart from data used for training or tuning. */
const BRANCHES: Readonly<Record<Purpose, string>> = {
  labels: 'training',
  validation: 'tuning',
  test: 'reporting',
}

/** Rollouts of the agent for comparisons; the most recent set for each purpose is cached in memory. */
export class Pools {
  readonly #device: Device
  readonly #agent: NetworkParameters
  readonly #kept = new Map<Purpose, { readonly name: string; readonly clips: PoolClip[] }>()

  constructor(device: Device, agent: NetworkParameters) {
    this.#device = device
    this.#agent = agent
  }

  /** Plays or returns a set of clips, on the first island if none is named. */
  async clips(
    purpose: Purpose,
    seed: number,
    count: number,
    island?: ShippedIsland,
  ): Promise<PoolClip[]> {
    const name = `${seed} ${count} ${island?.id ?? 'home'}`
    const kept = this.#kept.get(purpose)
    if (kept?.name === name) return kept.clips
    this.#kept.delete(purpose)
    const key = splitKey(rootKey(seed), BRANCHES[purpose], 'comparisons', purpose)
    const beginnings = beginningsOf(key, 'spawn', count, [island?.map])
    const act = splitKey(key, 'act')
    const played = await playPolicy(this.#device, this.#agent, beginnings, act, {
      keep: 'frames',
    })
    const clips = played.map(({ trajectory, frames }) => ({ ...trajectory, frames }))
    this.#kept.set(purpose, { name, clips })
    return clips
  }
}

/** Pools of agents by their files; those of the most recent agent are kept in memory. */
export class AgentPools {
  readonly #device: Device
  #kept: { readonly path: string; readonly pools: Pools } | undefined

  constructor(device: Device) {
    this.#device = device
  }

  async of(path: string): Promise<Pools> {
    if (this.#kept?.path !== path) {
      const pools = new Pools(this.#device, await readModel(path, 'policy'))
      this.#kept = { path, pools }
    }
    return this.#kept.pools
  }
}

/** Draws pairs of clips and labels them with a scripted judge that prefers one jumppad. */
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

/**
 * Labels pairs of clips as `label` does. Throws a `UsageError` if the judge prefers a clip in none of them,
 * as nothing can be measured on ties alone.
 */
export function decisiveLabels(...asked: Parameters<typeof label>): Labels {
  const labels = label(...asked)
  if (labels.decisive > 0) return labels
  const [clips, wanted, count] = asked
  const reached = clips.filter(({ ending }) => ending === wanted).length
  throw new UsageError(
    `The judge prefers a clip in none of ${count} pairs, as ${reached} of the agent’s ${clips.length} clips reach the ${wanted} jumppad: expected at least one such pair; choose another agent or jumppad, or more pairs`,
  )
}

/** Held-out clips and comparisons of them, without label noise. */
export interface HeldOut {
  readonly clips: readonly PoolClip[]
  readonly comparisons: readonly Comparison[]
}
