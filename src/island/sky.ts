/** The upper part of the picture: sky, clouds, the sun and hills on the horizon. */
import { FOCAL_PIXELS, type View } from './camera.ts'
import type { Canvas } from './canvas.ts'
import { blend, pack } from './colour.ts'
import { FRAME_HEIGHT, FRAME_WIDTH } from './observation.ts'
import type { Paint } from './paint.ts'
import { FRACTION_BITS, HORIZON_DIP, rowRise, TexelRow } from './rows.ts'
import { TILE_BITS, TILE_MASK, TILE_SIZE } from './tiles.ts'
import type { Weather } from './weather.ts'

/** Nearness of hills: in front of the sky and the sun, behind everything else. */
const HILL_NEARNESS = 1e-6

/** Radius of the sun's glow, in pixels. */
const GLOW_REACH = 7

/** Minimum rise of a ray per metre of depth; flatter rays are clamped to it. */
const LOWEST = 0.002

const ceiling = new TexelRow()

/** Rise of the hill tops, per metre of depth, at each column of the current frame. */
const hillTops = new Float64Array(FRAME_WIDTH)

/** Draws all rows above the horizon, and returns the index of the first row below it. */
export function drawSky(
  canvas: Canvas,
  view: View,
  weather: Weather,
  paint: Paint,
  time: number,
): number {
  let row = 0
  raiseHills(view, weather, paint)
  while (row < FRAME_HEIGHT && rowRise(view, row) >= HORIZON_DIP) {
    drawRow(canvas, view, weather, paint, time, row)
    row++
  }
  if (row > 0) drawSun(canvas, view, weather, row)
  return row
}

/**
 * Computes `hillTops` for the current view. The "diamond angle" replaces the true angle: it also
 * grows monotonically around the circle, from 0 to 4, but takes only one division.
 */
function raiseHills(view: View, { hills }: Weather, paint: Paint): void {
  const noise = paint.cloudTile
  const start = hills.shift * TILE_SIZE
  for (let column = 0; column < FRAME_WIDTH; column++) {
    const across = (column + 0.5 - FRAME_WIDTH / 2) / FOCAL_PIXELS
    const x = view.forwardX + view.rightX * across
    const z = view.forwardZ + view.rightZ * across
    const slant = x / (Math.abs(x) + Math.abs(z))
    const angle = z < 0 ? 1 + slant : 3 - slant
    const place = angle * (TILE_SIZE / 4)
    const cell = Math.floor(place)
    const share = place - cell
    // Both indices wrap around within a row of the tile.
    const here = noise[start + (cell & TILE_MASK)] as number
    const next = noise[start + ((cell + 1) & TILE_MASK)] as number
    const height = (here + (next - here) * share) / 255 - 0.35
    hillTops[column] = hills.height * height * Math.sqrt(x * x + z * z)
  }
}

function drawRow(
  canvas: Canvas,
  view: View,
  weather: Weather,
  paint: Paint,
  time: number,
  row: number,
): void {
  const { zenith, horizon, clouds, hills } = weather
  const rise = Math.max(LOWEST, rowRise(view, row))
  const height = rise / (rise + 0.25)
  const sky = pack(
    horizon[0] + (zenith[0] - horizon[0]) * height,
    horizon[1] + (zenith[1] - horizon[1]) * height,
    horizon[2] + (zenith[2] - horizon[2]) * height,
  )
  const cloud = pack(clouds.tint[0], clouds.tint[1], clouds.tint[2])
  const hill = pack(hills.tint[0], hills.tint[1], hills.tint[2])
  const thin = Math.round((256 * rise) / (rise + 0.06))
  const shiftX = clouds.shiftX + clouds.driftX * time
  const shiftZ = clouds.shiftZ + clouds.driftZ * time
  ceiling.layAbove(view, row, clouds.scale / rise, shiftX, shiftZ)
  const { u, v, stepU, stepV, level, offset } = ceiling
  const shift = FRACTION_BITS + level
  const mask = TILE_MASK >> level
  const { pixels, nearness } = canvas
  const { cloudTile, cloudShare } = paint
  for (let column = 0; column < FRAME_WIDTH; column++) {
    const pixel = row * FRAME_WIDTH + column
    // Every index below is in range or masked.
    if (rise < (hillTops[column] as number)) {
      nearness[pixel] = HILL_NEARNESS
      pixels[pixel] = hill
      continue
    }
    const texelU = ((u + Math.imul(column, stepU)) >> shift) & mask
    const texelV = ((v + Math.imul(column, stepV)) >> shift) & mask
    const cover = cloudTile[offset + (texelV << (TILE_BITS - level)) + texelU] as number
    nearness[pixel] = 0
    pixels[pixel] = blend(sky, cloud, ((cloudShare[cover] as number) * thin) >> 8)
  }
}

/** Brightens the sky around the sun, less so under dense clouds. */
function drawSun(canvas: Canvas, view: View, { sun, clouds }: Weather, rows: number): void {
  const depth = sun.x * view.forwardX + sun.y * view.forwardY + sun.z * view.forwardZ
  if (depth < 0.1) return
  const across = sun.x * view.rightX + sun.z * view.rightZ
  const above = sun.x * view.upX + sun.y * view.upY + sun.z * view.upZ
  const column = FRAME_WIDTH / 2 + (FOCAL_PIXELS * across) / depth
  const row = FRAME_HEIGHT / 2 - (FOCAL_PIXELS * above) / depth
  const left = Math.max(0, Math.floor(column - GLOW_REACH))
  const right = Math.min(FRAME_WIDTH - 1, Math.floor(column + GLOW_REACH))
  const top = Math.max(0, Math.floor(row - GLOW_REACH))
  const bottom = Math.min(rows - 1, Math.floor(row + GLOW_REACH))
  const disc = pack(sun.disc[0], sun.disc[1], sun.disc[2])
  const strength = 1 - 0.9 * clouds.cover * clouds.cover
  const { pixels, nearness } = canvas
  for (let r = top; r <= bottom; r++) {
    for (let c = left; c <= right; c++) {
      const pixel = r * FRAME_WIDTH + c
      if ((nearness[pixel] as number) > 0) continue
      const dx = c + 0.5 - column
      const dy = r + 0.5 - row
      const far = (dx * dx + dy * dy) / (GLOW_REACH * GLOW_REACH)
      if (far >= 1) continue
      const share = strength * Math.min(1, ((1 - far) * (1 - far) * 0.12) / (0.06 + far))
      pixels[pixel] = blend(pixels[pixel] as number, disc, Math.round(256 * share))
    }
  }
}
