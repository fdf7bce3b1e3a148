/** Painter of live lanes on a map: each agent, its current trail and, more faintly, its past trails. */

import { stageColour } from '../stages.ts'
import { drawnPosition, type LiveLane } from '../stores/live.ts'
import type { MapLook } from './looks.ts'
import type { MapPainter } from './MapCanvas.tsx'
import { drawCharacter, drawPulse, drawTrail } from './marks.ts'
import type { Canvas2d } from './view.ts'

/** Seconds for which the pulse of a jumppad's throw is visible. */
const PULSE_SECONDS = 0.6

/** Returns a painter that calls `lanes` in every frame, since agents come and go. */
export function lanePainter(lanes: () => readonly LiveLane[]): MapPainter {
  const place = { x: 0, y: 0, z: 0 }
  return {
    picture: () =>
      lanes()
        .map(({ pose, take, pastVersion, launched }) =>
          [pose.x, pose.z, pose.facing, take, pastVersion, launched].join(),
        )
        .join(),
    paint(context, look) {
      for (const { past } of lanes()) {
        for (const old of past) drawTrail(context, old, 0.22, 0.4, look)
      }
      for (const { trail } of lanes()) drawTrail(context, trail, 0.34, 1, look)
      for (const lane of lanes()) {
        if (!lane.moment) continue
        drawnPosition(lane, place)
        drawWalker(context, lane, place, look)
      }
    },
  }
}

function drawWalker(
  context: Canvas2d,
  { trail, pose, launched = PULSE_SECONDS }: LiveLane,
  place: { readonly x: number; readonly y: number; readonly z: number },
  look: MapLook,
): void {
  const colour = stageColour(trail.stage)[look.stages]
  if (launched < PULSE_SECONDS) drawPulse(context, pose, launched / PULSE_SECONDS, colour)
  drawCharacter(context, place, { facing: pose.facing, y: place.y }, colour, look)
}
