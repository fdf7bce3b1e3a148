/**
 * The lower part of the picture: land, cliffs and sea.
 *
 * The camera never rolls, so all pixels of a row see the level ground at the same depth, and the
 * place that they see moves along the row in equal steps. What is left for each pixel is a few
 * multiplications and look-ups, in whole numbers of 1/256 where colours are mixed.
 */
import type { View } from './camera.ts'
import type { Canvas } from './canvas.ts'
import type { Look } from './look.ts'
import { SEA_LEVEL } from './map.ts'
import { FRAME_HEIGHT, FRAME_WIDTH } from './observation.ts'
import { CLIFF, PALETTE_LEVELS, type Paint } from './paint.ts'
import { PlaceRow, TexelRow } from './rows.ts'
import { SHADE_WIDTH } from './shadows.ts'
import { GRID_HEIGHT, GRID_WIDTH, LAND, PLATFORM, terrain } from './terrain.ts'
import { TILE_OFFSETS, TILE_SIZE } from './tiles.ts'

/** Patches of ground are a tile sixteen times as large. */
const PATCH_SHIFT = 4

/** Draws all rows from `firstRow` down; `time` moves the waves. */
export function drawGround(
  canvas: Canvas,
  view: View,
  look: Look,
  paint: Paint,
  time: number,
  firstRow: number,
): void {
  for (let row = firstRow; row < FRAME_HEIGHT; row++) {
    const missed = drawLand(canvas, view, look, paint, row)
    if (missed > 0) drawSea(canvas, view, look, paint, row, time)
  }
}

const place = new PlaceRow()
const groundTexels = new TexelRow()
const platformTexels = new TexelRow()
const seaTexels = new TexelRow()

/** Marks a pixel of a row whose ray passes the ground's plane without meeting land. */
const MISSED = 0

/** Colours the pixels of a row that see land, marks the others, and returns their number. */
function drawLand(
  canvas: Canvas,
  view: View,
  { materials }: Look,
  paint: Paint,
  row: number,
): number {
  place.meet(view, row, view.eyeY)
  groundTexels.lay(materials.ground.laying, place)
  platformTexels.lay(materials.platform.laying, place)
  const near = 1 / place.depth
  const mist = Math.round(256 * view.hazeAt(place.depth))
  const mistR = Math.round(view.hazeR * mist)
  const mistG = Math.round(view.hazeG * mist)
  const mistB = Math.round(view.hazeB * mist)
  const clear = 256 - mist
  // Locals, because this loop is most of a frame's work. Indices are masked or checked.
  const { pixels, nearness } = canvas
  const { palette, shade, cloudTile } = paint
  const { column, line, stepColumn, stepLine } = place
  const cells = terrain()
  const width = GRID_WIDTH
  const height = GRID_HEIGHT
  const shadeWidth = SHADE_WIDTH
  const levels = PALETTE_LEVELS
  const wrap = TILE_SIZE - 1
  const columns = FRAME_WIDTH
  let missed = 0
  for (let i = 0, pixel = row * FRAME_WIDTH, at = 3 * pixel; i < columns; i++, pixel++, at += 3) {
    const cellX = (column + i * stepColumn) | 0
    const cellZ = (line + i * stepLine) | 0
    const inside = cellX >>> 0 < width && cellZ >>> 0 < height
    const code = inside ? (cells[cellZ * width + cellX] as number) : 0
    if (code < LAND) {
      nearness[pixel] = MISSED
      missed++
      continue
    }
    const isPlatform = code >= PLATFORM
    const texels = isPlatform ? platformTexels : groundTexels
    const tile = isPlatform ? paint.platformTile : paint.groundTile
    const patches = isPlatform ? paint.platformPatches : paint.groundPatches
    const level = texels.level
    const u = (texels.u + i * texels.stepU) | 0
    const v = (texels.v + i * texels.stepV) | 0
    const mask = wrap >> level
    const texel = (((v >> level) & mask) << (7 - level)) + ((u >> level) & mask)
    const fine = tile[(TILE_OFFSETS[level] as number) + texel] as number
    const patch = (((v >> PATCH_SHIFT) & wrap) << 7) + ((u >> PATCH_SHIFT) & wrap)
    const shine = (fine * (256 - patches) + (cloudTile[patch] as number) * patches) >> 10
    const light = clear * (shade[(cellZ >> 1) * shadeWidth + (cellX >> 1)] as number)
    const entry = 4 * (code * levels + shine)
    nearness[pixel] = near
    pixels[at] = ((palette[entry] as number) * light + (mistR << 8)) >> 16
    pixels[at + 1] = ((palette[entry + 1] as number) * light + (mistG << 8)) >> 16
    pixels[at + 2] = ((palette[entry + 2] as number) * light + (mistB << 8)) >> 16
  }
  return missed
}

/** Colours what drawLand left of a row: the ray goes on down to the sea, or meets a cliff. */
function drawSea(
  canvas: Canvas,
  view: View,
  { materials }: Look,
  paint: Paint,
  row: number,
  time: number,
): void {
  place.meet(view, row, view.eyeY - SEA_LEVEL)
  seaTexels.lay(materials.sea.laying, place)
  const near = 1 / place.depth
  const mist = Math.round(256 * view.hazeAt(place.depth))
  const mistR = Math.round(view.hazeR * mist)
  const mistG = Math.round(view.hazeG * mist)
  const mistB = Math.round(view.hazeB * mist)
  const clear = 256 - mist
  const { pixels, nearness } = canvas
  const { palette, seaTile } = paint
  const { column, line, stepColumn, stepLine } = place
  const { v, stepU, stepV, level } = seaTexels
  const u = seaTexels.u + materials.sea.drift * time
  const offset = TILE_OFFSETS[level] as number
  const mask = (TILE_SIZE - 1) >> level
  const cells = terrain()
  const width = GRID_WIDTH
  const height = GRID_HEIGHT
  const levels = PALETTE_LEVELS
  const columns = FRAME_WIDTH
  for (let i = 0, pixel = row * FRAME_WIDTH, at = 3 * pixel; i < columns; i++, pixel++, at += 3) {
    if ((nearness[pixel] as number) !== MISSED) continue
    const cellX = (column + i * stepColumn) | 0
    const cellZ = (line + i * stepLine) | 0
    const inside = cellX >>> 0 < width && cellZ >>> 0 < height
    const code = inside ? (cells[cellZ * width + cellX] as number) : 0
    const texelU = ((u + i * stepU) | 0) >> level
    const texelV = ((v + i * stepV) | 0) >> level
    const texel = ((texelV & mask) << (7 - level)) + (texelU & mask)
    const shine = (seaTile[offset + texel] as number) >> 2
    const entry = 4 * ((code >= LAND ? CLIFF : code) * levels + shine)
    nearness[pixel] = near
    pixels[at] = ((palette[entry] as number) * clear + mistR) >> 8
    pixels[at + 1] = ((palette[entry + 1] as number) * clear + mistG) >> 8
    pixels[at + 2] = ((palette[entry + 2] as number) * clear + mistB) >> 8
  }
}
