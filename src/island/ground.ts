/**
 * The lower part of the picture: land, cliffs and sea.
 *
 * The camera never rolls, so all pixels of a row see the level ground at the same depth, and the
 * point that they see moves along the row in equal steps. Each pixel then takes only a few
 * multiplications and look-ups, with colours mixed in integers of 1/256.
 */
import type { View } from './camera.ts'
import type { Canvas } from './canvas.ts'
import { dim, pack } from './colour.ts'
import type { Look } from './look.ts'
import { SEA_LEVEL } from './map.ts'
import { FRAME_HEIGHT, FRAME_WIDTH } from './observation.ts'
import { CLIFF, PALETTE_LEVELS, type Paint } from './paint.ts'
import { FRACTION_BITS, PlaceRow, TexelRow } from './rows.ts'
import { LAND, PLATFORM, terrainOf } from './terrain.ts'
import { TILE_BITS, TILE_MASK } from './tiles.ts'

/** Binary logarithm of the enlargement of patches: they are a tile at 16 times its size. */
const PATCH_SHIFT = 4

/** Draws all rows from `firstRow` down; `time`, in decisions, moves the waves. */
export function drawGround(
  canvas: Canvas,
  view: View,
  look: Look,
  paint: Paint,
  time: number,
  firstRow: number,
): void {
  groundTexels.tile = paint.groundTile
  groundTexels.patches = paint.groundPatches
  platformTexels.tile = paint.platformTile
  platformTexels.patches = paint.platformPatches
  for (let row = firstRow; row < FRAME_HEIGHT; row++) {
    const missed = drawLand(canvas, view, look, paint, row)
    if (missed > 0) drawSea(canvas, view, look, paint, row, time)
  }
}

const place = new PlaceRow()
const groundTexels = new TexelRow()
const platformTexels = new TexelRow()
const seaTexels = new TexelRow()

/** Nearness that marks a pixel whose ray crosses the ground plane off land. */
const MISSED = 0

/** Colours the pixels of a row that see land; marks the others and returns their number. */
function drawLand(
  canvas: Canvas,
  view: View,
  { materials, world }: Look,
  paint: Paint,
  row: number,
): number {
  place.meet(view, row, view.eyeY, world.bounds)
  groundTexels.lay(materials.ground.laying, place)
  platformTexels.lay(materials.platform.laying, place)
  const near = 1 / place.depth
  const mist = Math.round(256 * view.hazeAt(place.depth))
  const haze = dim(pack(view.hazeR, view.hazeG, view.hazeB), mist)
  const clear = 256 - mist
  // This loop is most of a frame’s cost. Its indices are masked or checked.
  const { pixels, nearness } = canvas
  const { palette, cloudTile } = paint
  const { cells: shade, width: shadeWidth } = paint.shade
  const { column, line, stepColumn, stepLine } = place
  const { cells, width, height } = terrainOf(world)
  let missed = 0
  let pixel = row * FRAME_WIDTH
  for (let i = 0; i < FRAME_WIDTH; i++, pixel++) {
    const cellX = (column + Math.imul(i, stepColumn)) >> FRACTION_BITS
    const cellZ = (line + Math.imul(i, stepLine)) >> FRACTION_BITS
    const inside = cellX >>> 0 < width && cellZ >>> 0 < height
    const code = inside ? (cells[cellZ * width + cellX] as number) : 0
    if (code < LAND) {
      nearness[pixel] = MISSED
      missed++
      continue
    }
    const texels = code >= PLATFORM ? platformTexels : groundTexels
    const { tile, level, patches } = texels
    const u = (texels.u + Math.imul(i, texels.stepU)) >> FRACTION_BITS
    const v = (texels.v + Math.imul(i, texels.stepV)) >> FRACTION_BITS
    const mask = TILE_MASK >> level
    const texel = (((v >> level) & mask) << (TILE_BITS - level)) + ((u >> level) & mask)
    const fine = tile[texels.offset + texel] as number
    const patch = (((v >> PATCH_SHIFT) & TILE_MASK) << TILE_BITS) + ((u >> PATCH_SHIFT) & TILE_MASK)
    const shine = (fine * (256 - patches) + (cloudTile[patch] as number) * patches) >> 10
    const light = clear * (shade[(cellZ >> 1) * shadeWidth + (cellX >> 1)] as number)
    nearness[pixel] = near
    pixels[pixel] = dim(palette[code * PALETTE_LEVELS + shine] as number, light >> 8) + haze
  }
  return missed
}

/** Colours the pixels that `drawLand` marked: their rays continue to the sea or hit a cliff. */
function drawSea(
  canvas: Canvas,
  view: View,
  { materials, world }: Look,
  paint: Paint,
  row: number,
  time: number,
): void {
  place.meet(view, row, view.eyeY - SEA_LEVEL, world.bounds)
  seaTexels.lay(materials.sea.laying, place, materials.sea.drift * time)
  const near = 1 / place.depth
  const mist = Math.round(256 * view.hazeAt(place.depth))
  const haze = dim(pack(view.hazeR, view.hazeG, view.hazeB), mist)
  const clear = 256 - mist
  const { pixels, nearness } = canvas
  const { palette, seaTile } = paint
  const { column, line, stepColumn, stepLine } = place
  const { u, v, stepU, stepV, level, offset } = seaTexels
  const mask = TILE_MASK >> level
  const shift = FRACTION_BITS + level
  const { cells, width, height } = terrainOf(world)
  let pixel = row * FRAME_WIDTH
  for (let i = 0; i < FRAME_WIDTH; i++, pixel++) {
    if ((nearness[pixel] as number) !== MISSED) continue
    const cellX = (column + Math.imul(i, stepColumn)) >> FRACTION_BITS
    const cellZ = (line + Math.imul(i, stepLine)) >> FRACTION_BITS
    const inside = cellX >>> 0 < width && cellZ >>> 0 < height
    const code = inside ? (cells[cellZ * width + cellX] as number) : 0
    const texelU = (u + Math.imul(i, stepU)) >> shift
    const texelV = (v + Math.imul(i, stepV)) >> shift
    const texel = ((texelV & mask) << (TILE_BITS - level)) + (texelU & mask)
    const shine = (seaTile[offset + texel] as number) >> 2
    nearness[pixel] = near
    const entry = (code >= LAND ? CLIFF : code) * PALETTE_LEVELS + shine
    pixels[pixel] = dim(palette[entry] as number, clear) + haze
  }
}
