/** Playback of one recorded episode on a map, state by state. */
import { copyState, Island, type IslandState } from '../../island/index.ts'
import type { EpisodeRecord } from '../../lab/models/results.ts'
import { createPose, interpolatePose, type Pose } from '../../lab/playback/pose.ts'
import { decodeActions } from '../../procedure/episode-record.ts'
import type { MapLook } from '../map/looks.ts'
import type { MapPainter } from '../map/MapCanvas.tsx'
import { drawCharacter, drawPath, drawRing } from '../map/marks.ts'
import type { Canvas2d } from '../map/view.ts'
import { stageColour } from '../stages.ts'

/** Returns the states before the first decision and after each one. */
export function statesOf(record: EpisodeRecord): IslandState[] {
  const island = new Island(record.start, record.seed)
  const states = [copyState(island.state)]
  for (const action of decodeActions(record.actions)) {
    island.step(action)
    states.push(copyState(island.state))
  }
  return states
}

/** Painter of an episode at `time`: its whole path faintly, the part walked so far, and the character. */
export class Walk implements MapPainter {
  /** Playback time in decisions, from 0 to `end`. */
  time = 0
  readonly end: number
  readonly states: readonly IslandState[]
  readonly #stage: string
  readonly #path: Float32Array
  readonly #pose: Pose = createPose()

  constructor(record: EpisodeRecord, stage: string) {
    this.states = statesOf(record)
    this.end = this.states.length - 1
    this.#stage = stage
    this.#path = Float32Array.from(this.states.flatMap(({ x, z }) => [x, z]))
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
