/** Playback of the two clips of a pair in step on their own clock; the shorter one holds its last frame. */

import { type Clip, replayability } from '../../alignment/labels/index.ts'
import {
  copyState,
  DECISION_SECONDS,
  type Episode,
  Island,
  type IslandState,
  type World,
  worldOf,
} from '../../island/index.ts'
import { statesAlongPath } from '../../lab/acting/episode-sources.ts'
import { beginTrail, type LiveLane, showMoment } from '../stores/live.ts'
import type { Playable } from './player.ts'

/** Seconds of a jumppad's throw that are shown: enough to see that it was touched. */
const THROW_SECONDS = 0.4

/** Stage of trails that look the same whichever policy walked them. */
const NEUTRAL = 'other'

/** Clip with its states, ready to be shown at any time. */
export interface Reel {
  readonly clip: Clip
  /** World in which it is played. */
  readonly world: World
  /** States before the first decision and after each one. */
  readonly states: readonly IslandState[]
  /** Whether the states come from a replay; otherwise they are derived from the stored path. */
  readonly replays: boolean
}

export function reelOf(clip: Clip): Reel {
  const replays = replayability(clip) === 'replays'
  const states = replays ? replayedStates(clip) : statesAlongPath(clip)
  return { clip, world: worldOf(clip), replays, states }
}

/** Returns the states before the first decision of an episode and after each one. */
export function replayedStates(episode: Omit<Episode, 'worldVersion'>): IslandState[] {
  const island = new Island(episode)
  const states = [copyState(island.state)]
  for (const action of episode.actions) {
    island.step(action)
    states.push(copyState(island.state))
  }
  return states
}

/** Returns the length of a reel in decisions, including the throw after the last one. */
function endOf({ states }: Pick<Reel, 'states'>): number {
  const thrown = states.at(-1)?.outcome === undefined ? 0 : THROW_SECONDS / DECISION_SECONDS
  return states.length - 1 + thrown
}

/** Reels with a common clock, each shown in a lane of its own; shorter ones hold their last frame. */
export class Film implements Playable {
  /** Playback time in decisions, from 0 to `end`. */
  time = 0
  readonly end: number
  readonly reels: readonly Pick<Reel, 'world' | 'states'>[]
  readonly lanes: readonly LiveLane[]
  readonly #stages: readonly string[]

  /** `stages` gives the stage whose colour each trail has; without one, trails are neutral. */
  constructor(
    reels: readonly Pick<Reel, 'world' | 'states'>[],
    lanes: readonly LiveLane[],
    stages: readonly string[] = [],
  ) {
    this.reels = reels
    this.lanes = lanes
    this.#stages = stages
    this.end = Math.max(0, ...reels.map(endOf))
  }

  /** Restarts all lanes at `time`; cameras that follow a lane treat this as a cut. */
  cut(time = 0): void {
    this.time = Math.min(this.end, time)
    for (const [index, { world, states }] of this.reels.entries()) {
      const lane = this.lanes[index]
      const [first] = states
      if (lane) lane.world = world
      if (lane && first) beginTrail(lane, this.#stages[index] ?? NEUTRAL, first)
    }
    this.#show()
  }

  /** Advances by seconds of island time; returns false once the end is reached. */
  advance(seconds: number): boolean {
    this.time = Math.min(this.end, this.time + seconds / DECISION_SECONDS)
    this.#show()
    return this.time < this.end
  }

  /** Writes the current moment into the lanes. */
  #show(): void {
    for (const [index, reel] of this.reels.entries()) {
      const lane = this.lanes[index]
      if (lane) showReel(reel, this.time, lane)
    }
  }
}

/** Writes a reel's moment at `time`, in decisions, into a lane. */
function showReel({ states }: Pick<Reel, 'states'>, time: number, lane: LiveLane): void {
  const last = states.length - 1
  const at = Math.min(last, Math.floor(time))
  const from = states[at]
  const to = states[Math.min(last, at + 1)]
  if (!from || !to) return
  layTrail(lane, states, at)
  lane.target = to
  const sinceEnd = Math.min(THROW_SECONDS, Math.max(0, time - last) * DECISION_SECONDS)
  showMoment(lane, {
    phase: time >= last ? 'ended' : 'moving',
    from,
    to,
    part: Math.min(1, time - at),
    decision: undefined,
    sinceEnd: to.outcome === undefined ? 0 : sinceEnd,
  })
}

/** Sets the trail to the states walked so far, plus a tip that `showMoment` moves. */
function layTrail({ trail }: LiveLane, states: readonly IslandState[], at: number): void {
  const wanted = 2 * (at + 2)
  const { points } = trail
  if (points.length === wanted) return
  points.length = Math.min(points.length, wanted)
  for (let index = Math.max(0, points.length / 2 - 1); index <= at + 1; index++) {
    const state = states[Math.min(index, states.length - 1)]
    points[2 * index] = state?.x ?? 0
    points[2 * index + 1] = state?.z ?? 0
  }
}
