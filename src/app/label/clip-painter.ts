/** Painter of a clip on the map: its whole path faintly, the path so far, and the character. */
import type { MapLook } from '../map/looks.ts'
import type { MapPainter } from '../map/MapCanvas.tsx'
import { drawCharacter, drawPath, drawPulse, drawRing } from '../map/marks.ts'
import type { Canvas2d } from '../map/view.ts'
import { stageColour } from '../stages.ts'
import type { LiveLane } from '../stores/live.ts'
import { useDesk } from './store.ts'

/** Seconds in which the ring around a touched jumppad grows to half its size. */
const PULSE_SECONDS = 0.4

export class ClipPainter implements MapPainter {
  readonly #lane: LiveLane
  readonly #index: 0 | 1

  constructor(lane: LiveLane, index: 0 | 1) {
    this.#lane = lane
    this.#index = index
  }

  picture(): string {
    const { pose, take, launched = 0 } = this.#lane
    return [pose.x, pose.z, pose.facing, take, launched].join()
  }

  paint(context: Canvas2d, look: MapLook): void {
    const reel = useDesk.getState().onDesk?.reels[this.#index]
    if (!reel) return
    const { trail, pose, launched = 0 } = this.#lane
    const colour = stageColour(trail.stage)[look.stages]
    drawPath(context, reel.clip.path, { colour, width: 0.3, opacity: 0.5 })
    drawPath(context, trail.points, { colour, width: 0.5, opacity: 1 })
    const [x = 0, z = 0] = reel.clip.path.slice(-2)
    if (reel.clip.ending === 'none') drawRing(context, x, z, colour, look)
    // The ring stays half-grown, so that the last frame shows that a jumppad was touched.
    else if (launched > 0) drawPulse(context, { x, z }, (0.5 * launched) / PULSE_SECONDS, colour)
    drawCharacter(context, pose, pose, look.jumppad, look)
  }
}
