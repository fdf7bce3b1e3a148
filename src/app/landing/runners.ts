/** Runners of the landing page, one per stage: written by the show, read by the maps in every frame. */
import type { Ending, IslandState } from '../../island/index.ts'
import type { Moment } from '../../lab/playback/timeline.ts'
import type { MapLook } from '../map/looks.ts'
import type { MapPainter } from '../map/MapCanvas.tsx'
import { drawCharacter, drawPulse, drawRing, drawTrail } from '../map/marks.ts'
import type { Canvas2d } from '../map/view.ts'
import { stageColour } from '../stages.ts'
import {
  beginTrail,
  createLane,
  drawnPosition,
  endTrail,
  type LiveLane,
  showMoment,
  stepTrail,
  type Trail,
} from '../stores/live.ts'

/** Stages that run side by side on the landing page, in the order of the procedure. */
const SHOWN_STAGES = ['base', 'fine-tuned', 'aligned-left', 'aligned-right'] as const

/** Maximum number of trails of earlier rounds that stay on the ground. */
const KEPT_TRAILS = 24

/** Seconds for which the pulse of a jumppad's throw is visible. */
const PULSE_SECONDS = 0.6

export class Runner implements MapPainter {
  readonly stage: string
  readonly #lane: LiveLane = createLane()
  #trails: Trail[] = []
  /** Complete path that is shown until the first decision. */
  #whole: Trail | undefined
  #place = { x: 0, y: 0, z: 0 }
  #version = 0

  constructor(stage: string) {
    this.stage = stage
  }

  /** Removes the trails of earlier rounds. */
  clear(): void {
    this.#trails = []
    this.#whole = undefined
    this.#version++
  }

  begin(state: IslandState): void {
    beginTrail(this.#lane, this.stage, state)
    this.#version++
  }

  /** Extends the trail towards the state after the next decision. */
  step(state: IslandState): void {
    this.#whole = undefined
    stepTrail(this.#lane, state)
  }

  end(ending: Ending): void {
    this.#trails = [...this.#trails, endTrail(this.#lane, ending)].slice(-KEPT_TRAILS)
    this.#version++
  }

  /** Shows a complete path at once, for reduced motion: `[2 × n]`, x and z. */
  leave(path: Float32Array, ending: Ending): void {
    this.#whole = { points: [...path], stage: this.stage, ending }
    this.#version++
  }

  show(moment: Moment): void {
    showMoment(this.#lane, moment)
  }

  picture(): string {
    const { pose, launched = 0 } = this.#lane
    return [pose.x, pose.z, pose.facing, launched, this.#version].join()
  }

  paint(context: Canvas2d, look: MapLook): void {
    const lane = this.#lane
    const colour = stageColour(this.stage)[look.stages]
    for (const trail of this.#trails) drawEnded(context, trail, colour, look)
    if (this.#whole) {
      drawEnded(context, this.#whole, colour, look)
      drawTrail(context, this.#whole, 0.42, 1, look)
    }
    drawTrail(context, lane.trail, 0.42, 1, look)
    if (!lane.moment) return
    const part = (lane.launched ?? PULSE_SECONDS) / PULSE_SECONDS
    if (part < 1) drawPulse(context, lane.pose, part, colour)
    drawnPosition(lane, this.#place)
    drawCharacter(context, this.#place, { ...lane.pose, y: this.#place.y }, colour, look)
  }
}

/** Draws a trail of an earlier round, with a ring where it ended without a jumppad. */
function drawEnded(context: Canvas2d, trail: Trail, colour: string, look: MapLook): void {
  drawTrail(context, trail, 0.24, 0.5, look)
  const [x = 0, z = 0] = trail.points.slice(-2)
  if (trail.ending === 'none') drawRing(context, x, z, colour, look)
}

/** Runners of `SHOWN_STAGES`, in that order. */
export const runners: readonly Runner[] = SHOWN_STAGES.map((stage) => new Runner(stage))
