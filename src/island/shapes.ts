/** Round shapes drawn analytically: ellipsoids, pillars, cones and disc-shaped shadows. */
import { FOCAL_PIXELS, NEAR, type View } from './camera.ts'
import {
  type Canvas,
  CENTRE_COLUMN,
  CENTRE_ROW,
  firstWithin,
  lastWithin,
  type Pigment,
} from './canvas.ts'
import { dim } from './colour.ts'
import { FRAME_HEIGHT, FRAME_WIDTH } from './observation.ts'

/** Minimum half-width of a shape in pixels, however distant it is. */
const LEAST_HALF = 0.6

/** Draws a sunlit ellipsoid around (x, y, z) with semi-axes `wide` and `high`, in metres. */
export function drawBall(
  canvas: Canvas,
  view: View,
  x: number,
  y: number,
  z: number,
  wide: number,
  high: number,
  pigment: Pigment,
): void {
  view.see(x, y, z)
  const depth = view.depth
  if (depth < wide + NEAR) return
  const scale = FOCAL_PIXELS / depth
  const column = CENTRE_COLUMN + view.across * scale
  const row = CENTRE_ROW - view.above * scale
  const halfWidth = Math.max(LEAST_HALF, wide * scale)
  const halfHeight = Math.max(LEAST_HALF, high * scale)
  const left = firstWithin(column, halfWidth)
  const right = lastWithin(column, halfWidth, FRAME_WIDTH)
  const bottom = lastWithin(row, halfHeight, FRAME_HEIGHT)
  const haze = view.hazeAt(depth)
  for (let r = firstWithin(row, halfHeight); r <= bottom; r++) {
    const up = (row - r - 0.5) / halfHeight
    for (let c = left; c <= right; c++) {
      const side = (c + 0.5 - column) / halfWidth
      const rest = 1 - up * up - side * side
      if (rest < 0) continue
      const sun = side * view.sunRight + up * view.sunUp + Math.sqrt(rest) * view.sunToward
      canvas.ink(view, pigment, Math.max(0, sun), haze)
      canvas.dot(r * FRAME_WIDTH + c, 1 / depth)
    }
  }
}

/**
 * Draws an upright cylinder that stands on the ground: in each pixel column the visible side, from
 * the near rim of the top down to the foot, and above it the top face.
 */
export function drawPillar(
  canvas: Canvas,
  view: View,
  x: number,
  z: number,
  height: number,
  radius: number,
  side: Pigment,
  top: Pigment,
): void {
  view.see(x, 0, z)
  const { across, above, depth } = view
  if (depth < radius + NEAR) return
  const rise = height * view.upY
  const away = height * view.forwardY
  const column = CENTRE_COLUMN + (across * FOCAL_PIXELS) / depth
  const halfWidth = Math.max(LEAST_HALF, (radius * FOCAL_PIXELS) / depth)
  const right = lastWithin(column, halfWidth, FRAME_WIDTH)
  const haze = view.hazeAt(depth)
  for (let c = firstWithin(column, halfWidth); c <= right; c++) {
    const aside = (c + 0.5 - column) / halfWidth
    const bulge = Math.sqrt(Math.max(0, 1 - aside * aside))
    // On level ground, the near and far rims are this far in front of and behind the axis.
    const reach = radius * bulge
    const near = depth - reach * view.level
    const far = depth + reach * view.level + away
    const lower = above - reach * view.tilt
    const upper = above + reach * view.tilt + rise
    const footRow = CENTRE_ROW - (lower * FOCAL_PIXELS) / near
    const nearRow = CENTRE_ROW - ((lower + rise) * FOCAL_PIXELS) / (near + away)
    const farRow = CENTRE_ROW - (upper * FOCAL_PIXELS) / far
    canvas.ink(view, side, Math.max(0, aside * view.sunRight + bulge * view.sunToward), haze)
    canvas.column(c, nearRow, footRow, 1 / near)
    if (farRow < nearRow) {
      canvas.ink(view, top, Math.max(0, view.sunUp), haze)
      canvas.column(c, farRow, nearRow, 1 / near)
    }
  }
}

/** Draws an upright cone that stands on the ground; height and radius in metres. */
export function drawCone(
  canvas: Canvas,
  view: View,
  x: number,
  z: number,
  height: number,
  radius: number,
  pigment: Pigment,
): void {
  view.see(x, 0, z)
  const { across, above, depth } = view
  if (depth < radius + NEAR) return
  const scale = FOCAL_PIXELS / depth
  const column = CENTRE_COLUMN + across * scale
  const footRow = CENTRE_ROW - above * scale
  const tipDepth = depth + height * view.forwardY
  const tipRow = CENTRE_ROW - ((above + height * view.upY) * FOCAL_PIXELS) / tipDepth
  const halfWidth = Math.max(LEAST_HALF, radius * scale)
  const right = lastWithin(column, halfWidth, FRAME_WIDTH)
  const haze = view.hazeAt(depth)
  for (let c = firstWithin(column, halfWidth); c <= right; c++) {
    const aside = (c + 0.5 - column) / halfWidth
    const bulge = Math.sqrt(Math.max(0, 1 - aside * aside))
    const sun = aside * view.sunRight + bulge * view.sunToward + 0.3 * view.sunUp
    canvas.ink(view, pigment, Math.max(0, sun), haze)
    const edgeRow = tipRow + (footRow - tipRow) * Math.abs(aside)
    canvas.column(c, edgeRow, footRow + radius * bulge * view.tilt * scale, 1 / depth)
  }
}

/** Dims a disc of the ground to share ÷ 256 of its brightness, as the shadow of an object. */
export function drawShadow(
  canvas: Canvas,
  view: View,
  x: number,
  z: number,
  radius: number,
  share: number,
): void {
  view.see(x, 0, z)
  const depth = view.depth
  if (depth < radius + NEAR) return
  const scale = FOCAL_PIXELS / depth
  const column = CENTRE_COLUMN + view.across * scale
  const row = CENTRE_ROW - view.above * scale
  const halfWidth = radius * scale
  const halfHeight = (halfWidth * view.eyeY) / depth
  const left = firstWithin(column, halfWidth)
  const right = lastWithin(column, halfWidth, FRAME_WIDTH)
  const bottom = lastWithin(row, halfHeight, FRAME_HEIGHT)
  for (let r = firstWithin(row, halfHeight); r <= bottom; r++) {
    const up = (r + 0.5 - row) / halfHeight
    for (let c = left; c <= right; c++) {
      const aside = (c + 0.5 - column) / halfWidth
      if (aside * aside + up * up > 1) continue
      const pixel = r * FRAME_WIDTH + c
      canvas.pixels[pixel] = dim(canvas.pixels[pixel] as number, share) // clamped to the frame
    }
  }
}
