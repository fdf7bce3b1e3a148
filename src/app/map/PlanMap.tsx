import { mainLane } from '../stores/live.ts'
import { ISLAND_LOOK } from './looks.ts'
import { MapCanvas, type MapPainter } from './MapCanvas.tsx'
import { drawCharacter, drawTrail } from './marks.ts'

/** The agent that is watched alone, its trail, and faintly the trails that it and others left. */
const watched: MapPainter = {
  picture() {
    const { pose, take, pastVersion } = mainLane()
    return [pose.x, pose.z, pose.facing, take, pastVersion].join()
  },
  paint(context, look) {
    const { trail, past, pose, moment } = mainLane()
    for (const old of past) drawTrail(context, old, 0.22, 0.4, look)
    drawTrail(context, trail, 0.34, 1, look)
    if (moment) drawCharacter(context, pose, pose, '#ffffff', look)
  },
}

/** The island from above, drawn at once and without WebGL. */
export function PlanMap() {
  return (
    <MapCanvas
      painter={watched}
      look={ISLAND_LOOK}
      label="Map of the island seen from above, with the agent on it"
    />
  )
}
