/**
 * Scanlines on level planes: the camera never rolls, so all pixels of a row meet a level plane at
 * the same depth, and the intersection moves in equal steps from pixel to pixel.
 *
 * Steps are fixed-point numbers in units of 1/65,536. They wrap around at 32 bits, which repeating
 * tiles tolerate.
 */
import { FOCAL_PIXELS, type View } from './camera.ts'
import type { Rectangle } from './map.ts'
import type { Laying } from './materials.ts'
import { FRAME_HEIGHT, FRAME_WIDTH } from './observation.ts'
import { CELLS_PER_METRE } from './terrain.ts'
import { TILE_LEVELS, TILE_OFFSETS } from './tiles.ts'

/**
 * Slope below which a ray counts as meeting the sea, which then is at most a few kilometres away.
 */
export const HORIZON_DIP = -0.002

/** Number of fraction bits of fixed-point numbers. */
export const FRACTION_BITS = 16

/** Texels per pixel above which a coarser mipmap level is chosen. */
const TEXELS_A_PIXEL = 1.5

/** Returns the vertical component of the ray through the centre of a row, per metre of depth. */
export function rowRise(view: View, row: number): number {
  return view.forwardY + (view.upY * (FRAME_HEIGHT / 2 - row - 0.5)) / FOCAL_PIXELS
}

function fixed(value: number): number {
  return Math.floor(value * 65_536) | 0
}

/** Intersections of a row's pixel rays with a level plane. */
export class PlaceRow {
  /** World position of the first pixel, and step per pixel, in metres. */
  x = 0
  z = 0
  stepX = 0
  stepZ = 0
  /** The same in terrain cells, from the grid's north-west corner; fixed-point. */
  column = 0
  line = 0
  stepColumn = 0
  stepLine = 0
  /** Depth along the viewing direction, in metres. */
  depth = 0
  /** Width in metres of the plane that a pixel covers, and the ratio of its length to its width. */
  pixel = 0
  stretch = 0

  /** Computes the intersections with the plane `below` metres under the eye; `bounds` are the grid's. */
  meet(view: View, row: number, below: number, { minX, minZ }: Rectangle): void {
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
    this.column = fixed((this.x - minX) * CELLS_PER_METRE)
    this.line = fixed((this.z - minZ) * CELLS_PER_METRE)
    this.stepColumn = fixed(this.stepX * CELLS_PER_METRE)
    this.stepLine = fixed(this.stepZ * CELLS_PER_METRE)
  }
}

/** Texture coordinates of one material along a row. */
export class TexelRow {
  /** All levels of the tile, and the weight of its patches in 1/256. */
  tile: Uint8Array = new Uint8Array(0)
  patches = 0
  /** Texel coordinates of the first pixel, and step per pixel; fixed-point. */
  u = 0
  v = 0
  stepU = 0
  stepV = 0
  /** Mipmap level whose texels are about as large as the row's pixels, and its offset in `tile`. */
  level = 0
  offset = 0

  /** Maps a tile, shifted by `drift` texels, onto a row of the ground or sea. */
  lay({ a, b, u0, v0 }: Laying, row: PlaceRow, drift = 0): void {
    this.u = fixed(a * row.x + b * row.z + u0 + drift)
    this.v = fixed(a * row.z - b * row.x + v0)
    this.stepU = fixed(a * row.stepX + b * row.stepZ)
    this.stepV = fixed(a * row.stepZ - b * row.stepX)
    // Geometric mean of the pixel's width and its length, which is much larger far away.
    this.#choose(row.pixel * Math.sqrt(row.stretch) * (Math.abs(a) + Math.abs(b)))
  }

  /** Maps a tile onto a row of the sky, `scale` texels per metre of depth, wherever the eye is. */
  layAbove(view: View, row: number, scale: number, u0: number, v0: number): void {
    const upward = (FRAME_HEIGHT / 2 - row - 0.5) / FOCAL_PIXELS
    const edge = (0.5 - FRAME_WIDTH / 2) / FOCAL_PIXELS
    this.u = fixed((view.forwardX + view.upX * upward + view.rightX * edge) * scale + u0)
    this.v = fixed((view.forwardZ + view.upZ * upward + view.rightZ * edge) * scale + v0)
    this.stepU = fixed((view.rightX * scale) / FOCAL_PIXELS)
    this.stepV = fixed((view.rightZ * scale) / FOCAL_PIXELS)
    this.#choose(scale / FOCAL_PIXELS)
  }

  #choose(texelsPerPixel: number): void {
    let texels = texelsPerPixel
    let level = 0
    while (texels > TEXELS_A_PIXEL && level < TILE_LEVELS - 1) {
      texels /= 2
      level++
    }
    this.level = level
    this.offset = TILE_OFFSETS[level] as number // one per level
  }
}
