/** Static round objects on the island and in the sea: obstacles, foliage and rocks. */
import { CAMERA, FOCAL_PIXELS, type View } from './camera.ts'
import type { Canvas, Pigment } from './canvas.ts'
import type { Look } from './look.ts'
import { type Obstacle, SEA_LEVEL } from './map.ts'
import type { Paint } from './paint.ts'
import type { SceneryItem } from './scenery.ts'
import { drawBall, drawCone, drawPillar } from './shapes.ts'

/** Fraction of the picture's half-width within which objects obstruct the character. */
const IN_THE_WAY = 0.35

/** Minimum height in pixels of scenery that is drawn. */
const LEAST_PIXELS = 0.4

/** Draws the obstacles and the look's scenery. */
export function drawProps(canvas: Canvas, view: View, look: Look, paint: Paint): void {
  // All indices are in range: there is one pigment per item of scenery.
  const { obstacles } = look.world
  for (let i = 0; i < obstacles.length; i++) {
    const { x, z, radius, height } = obstacles[i] as Obstacle
    if (hidesCharacter(view, x, z, radius)) continue
    drawPillar(canvas, view, x, z, height, radius, paint.obstacleSide, paint.obstacleTop)
  }
  for (let i = 0; i < look.scenery.length; i++) {
    drawItem(canvas, view, look.scenery[i] as SceneryItem, paint.scenery[i] as Pigment, paint.bark)
  }
}

/** Returns whether an object hides the character from the eye, in which case it is not drawn. */
function hidesCharacter(view: View, x: number, z: number, radius: number): boolean {
  view.see(x, 1, z)
  if (view.depth > CAMERA.distance + radius) return false
  return Math.abs(view.across) - radius < view.depth * CAMERA.tanHalfWidth * IN_THE_WAY
}

function drawItem(
  canvas: Canvas,
  view: View,
  { kind, x, y, z, radius, height }: SceneryItem,
  pigment: Pigment,
  bark: Pigment,
): void {
  view.see(x, y, z)
  if (view.depth < 1 || Math.abs(view.across) > view.depth + 2) return
  if (height * FOCAL_PIXELS < LEAST_PIXELS * view.depth) return
  if (hidesCharacter(view, x, z, radius)) return
  switch (kind) {
    case 'tree':
      drawPillar(canvas, view, x, z, height * 0.6, radius * 0.18, bark, bark)
      drawBall(canvas, view, x, height * 0.68, z, radius, height * 0.33, pigment)
      break
    case 'fir':
      drawCone(canvas, view, x, z, height, radius, pigment)
      break
    case 'bush':
      drawBall(canvas, view, x, height * 0.45, z, radius, height * 0.55, pigment)
      break
    case 'rock':
      drawBall(canvas, view, x, height * 0.25, z, radius, height * 0.75, pigment)
      break
    case 'sea rock':
      drawBall(canvas, view, x, SEA_LEVEL + height * 0.25, z, radius, height * 0.75, pigment)
      break
  }
}
