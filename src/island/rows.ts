/**
 * Rows of the picture on level planes: the camera never rolls, so all pixels of a row meet a level
 * plane at one depth, and from pixel to pixel the place moves in equal steps.
 *
 * Steps are counted in whole numbers of 1/65,536, which wrap round at 32 bits; tiles repeat, and so
 * do not mind.
 */
import { FOCAL_PIXELS, type View } from './camera.ts'
import { BOUNDS } from './map.ts'
import type { Laying } from './materials.ts'
import { FRAME_HEIGHT, FRAME_WIDTH } from './observation.ts'
import { CELLS_PER_METRE } from './terrain.ts'
import { TILE_LEVELS, TILE_OFFSETS } from './tiles.ts'

/** Steeper than this below the level, a ray meets the sea within a kilometre or two. */
export const HORIZON_DIP = -0.002

/** Binary digits after the point of stepped numbers. */
export const FRACTION_BITS = 16

/** Texels of a pixel's width up to which a tile's level is fine enough. */
const TEXELS_A_PIXEL = 1.5

/** Upwards part of the ray through the middle of a row, for a ray one metre deep. */
export function rowRise(view: View, row: number): number {
  return view.forwardY + (view.upY * (FRAME_HEIGHT / 2 - row - 0.5)) / FOCAL_PIXELS
}

function fixed(value: number): number {
  return Math.floor(value * 65_536) | 0
}

/** Where the pixels of a row meet a level plane. */
export class PlaceRow {
  /** Place of the first pixel, and steps from pixel to pixel, in metres. */
  x = 0
  z = 0
  stepX = 0
  stepZ = 0
  /** The same in the terrain's cells, from its north-west corner; stepped numbers. */
  column = 0
  line = 0
  stepColumn = 0
  stepLine = 0
  /** Metres along the view. */
  depth = 0
  /** Metres of the plane that a pixel covers across, and how many times as many along. */
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
    this.column = fixed((this.x - BOUNDS.minX) * CELLS_PER_METRE)
    this.line = fixed((this.z - BOUNDS.minZ) * CELLS_PER_METRE)
    this.stepColumn = fixed(this.stepX * CELLS_PER_METRE)
    this.stepLine = fixed(this.stepZ * CELLS_PER_METRE)
  }
}

/** A row as the texture of one material covers it. */
export class TexelRow {
  /** The tile's levels, and the share of its patches in 1/256. */
  tile: Uint8Array = new Uint8Array(0)
  patches = 0
  /** Texel of the first pixel, and steps from pixel to pixel; stepped numbers. */
  u = 0
  v = 0
  stepU = 0
  stepV = 0
  /** The tile's level whose texels are about as large as the row's pixels, and where it starts. */
  level = 0
  offset = 0

  /** Covers a row of the ground or sea with a tile that has drifted by some texels. */
  lay({ a, b, u0, v0 }: Laying, row: PlaceRow, drift = 0): void {
    this.u = fixed(a * row.x + b * row.z + u0 + drift)
    this.v = fixed(a * row.z - b * row.x + v0)
    this.stepU = fixed(a * row.stepX + b * row.stepZ)
    this.stepV = fixed(a * row.stepZ - b * row.stepX)
    // Halfway between the pixel's size across and along, which is much longer far away.
    this.#choose(row.pixel * Math.sqrt(row.stretch) * (Math.abs(a) + Math.abs(b)))
  }

  /** Covers a row of the sky, `scale` texels a metre of depth; it stays where it is as one walks. */
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
    this.offset = TILE_OFFSETS[level] as number // there is one for each level
  }
}
