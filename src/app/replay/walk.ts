/** Playback of one recorded episode on a map, state by state. */
import { DECISION_SECONDS, type IslandState } from '../../island/index.ts'
import type { EpisodeRecord } from '../../lab/models/results.ts'
import { createPose, interpolatePose, type Pose } from '../../lab/playback/pose.ts'
import { decodeActions } from '../../procedure/episode-record.ts'
import type { MapLook } from '../map/looks.ts'
import type { MapPainter } from '../map/MapCanvas.tsx'
import { drawCharacter, drawPath, drawRing } from '../map/marks.ts'
import type { Canvas2d } from '../map/view.ts'
import { stageColour } from '../stages.ts'
import { replayedStates } from './film.ts'
import type { Playable } from './player.ts'

/** Painter of an episode at `time`: its whole path faintly, the part walked so far, and the character. */
export class Walk implements MapPainter, Playable {
  /** Playback time in decisions, from 0 to `end`. */
  time = 0
  readonly end: number
  readonly states: readonly IslandState[]
  readonly #stage: string
  readonly #path: Float32Array
  readonly #pose: Pose = createPose()

  constructor(record: EpisodeRecord, stage: string) {
    this.states = replayedStates({ ...record, actions: decodeActions(record.actions) })
    this.end = this.states.length - 1
    this.#stage = stage
    this.#path = Float32Array.from(this.states.flatMap(({ x, z }) => [x, z]))
  }

  cut(time = 0): void {
    this.time = Math.min(this.end, time)
  }

  advance(seconds: number): boolean {
    this.time = Math.min(this.end, this.time + seconds / DECISION_SECONDS)
    return this.time < this.end
  }

  picture(): string {
    return String(this.time)
  }

  paint(context: Canvas2d, look: MapLook): void {
    const from = Math.min(this.end, Math.floor(this.time))
    const before = this.states[from]
    const after = this.states[Math.min(this.end, from + 1)]
    if (!before || !after) return
    const pose = interpolatePose(before, after, this.time - from, this.#pose)
    const colour = stageColour(this.#stage)[look.stages]
    drawPath(context, this.#path, { colour, width: 0.22, opacity: 0.22 })
    const walked = [...this.#path.subarray(0, 2 * (from + 1)), pose.x, pose.z]
    drawPath(context, walked, { colour, width: 0.34, opacity: 1 })
    if (before.outcome === undefined && from === this.end) {
      drawRing(context, pose.x, pose.z, colour, look)
    }
    drawCharacter(context, pose, pose, colour, look)
  }
}
