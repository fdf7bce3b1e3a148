/**
 * Rows of the picture on level planes: the camera never rolls, so all pixels of a row meet a level
 * plane at one depth, and from pixel to pixel the place moves in equal steps.
 */
import { FOCAL_PIXELS, type View } from './camera.ts'
import { BOUNDS } from './map.ts'
import type { Laying } from './materials.ts'
import { FRAME_HEIGHT, FRAME_WIDTH } from './observation.ts'
import { CELLS_PER_METRE } from './terrain.ts'
import { TILE_LEVELS } from './tiles.ts'

/** Steeper than this below the level, a ray meets the sea within a kilometre or two. */
export const HORIZON_DIP = -0.002

/** Upwards part of the ray through the middle of a row, for a ray one metre deep. */
export function rowRise(view: View, row: number): number {
  return view.forwardY + (view.upY * (FRAME_HEIGHT / 2 - row - 0.5)) / FOCAL_PIXELS
}

/** Where the pixels of a row meet a level plane. */
export class PlaceRow {
  /** Place of the first pixel, and steps from pixel to pixel, in metres. */
  x = 0
  z = 0
  stepX = 0
  stepZ = 0
  /** The same in the terrain's cells, from its north-west corner. */
  column = 0
  line = 0
  stepColumn = 0
  stepLine = 0
  depth = 0
  pixel = 0
  stretch = 0

  /** Finds them on the plane `below` metres under the eye. */
  meet(view: View, row: number, below: number): void {
    const depth = -below / rowRise(view, row)
    const upward = (FRAME_HEIGHT / 2 - row - 0.5) / FOCAL_PIXELS
    const edge = (0.5 - FRAME_WIDTH / 2) / FOCAL_PIXELS
    this.depth = depth
    this.pixel = depth / FOCAL_PIXELS
    this.stretch = depth / below
    this.x = view.eyeX + (view.forwardX + view.upX * upward + view.rightX * edge) * depth
    this.z = view.eyeZ + (view.forwardZ + view.upZ * upward + view.rightZ * edge) * depth
    this.stepX = view.rightX * this.pixel
    this.stepZ = view.rightZ * this.pixel
    this.column = (this.x - BOUNDS.minX) * CELLS_PER_METRE
    this.line = (this.z - BOUNDS.minZ) * CELLS_PER_METRE
    this.stepColumn = this.stepX * CELLS_PER_METRE
    this.stepLine = this.stepZ * CELLS_PER_METRE
  }
}

/** A row of level ground as the texture of one material sees it. */
export class TexelRow {
  /** Texel of the first pixel, and steps from pixel to pixel. */
  u = 0
  v = 0
  stepU = 0
  stepV = 0
  /** The tile's level at which texels are about as large as pixels. */
  level = 0

  /** For the row whose first pixel sees (x, z) and every next one (stepX, stepZ) further. */
  lay({ a, b, u0, v0 }: Laying, row: PlaceRow): void {
    this.u = a * row.x + b * row.z + u0
    this.v = a * row.z - b * row.x + v0
    this.stepU = a * row.stepX + b * row.stepZ
    this.stepV = a * row.stepZ - b * row.stepX
    // A pixel covers `pixel` metres across and, seen so flat, `stretch` times as many along.
    let texels = row.pixel * Math.sqrt(row.stretch) * (Math.abs(a) + Math.abs(b))
    this.level = 0
    while (texels > 1.5 && this.level < TILE_LEVELS - 1) {
      texels /= 2
      this.level++
    }
  }
}
