/**
 * The frame being drawn: colours and, for every pixel, how near what it shows is, so that things may
 * be drawn in any order.
 *
 * Nearness is 1 ÷ depth along the viewing direction. Unlike depth it is linear across the picture of
 * a flat face, and the sky's is simply 0. Shapes are drawn where pixel centres fall in them.
 */
import type { View } from './camera.ts'
import { pack } from './colour.ts'
import { FRAME_HEIGHT, FRAME_PIXELS, FRAME_WIDTH } from './observation.ts'

/** The centre of the picture, in pixels from its upper left corner. */
export const CENTRE_COLUMN = FRAME_WIDTH / 2
export const CENTRE_ROW = FRAME_HEIGHT / 2

/**
 * How a surface answers to light: `shade*` is its colour where only the sky lights it, `sun*` what
 * the sun adds where it shines straight on it. Channels 0…255; the sum may overflow and is clamped.
 */
export interface Pigment {
  readonly shadeR: number
  readonly shadeG: number
  readonly shadeB: number
  readonly sunR: number
  readonly sunG: number
  readonly sunB: number
}

export class Canvas {
  /** Colours (0xRRGGBB, see colour.ts), rows top first. */
  readonly pixels = new Int32Array(FRAME_PIXELS)
  readonly nearness = new Float32Array(FRAME_PIXELS)
  #ink = 0

  /** Sets the colour of what is drawn next: a pigment under `sun` (0…1), seen through haze. */
  ink(view: View, pigment: Pigment, sun: number, haze: number): void {
    const clear = 1 - haze
    this.#ink = pack(
      Math.min(255, pigment.shadeR + pigment.sunR * sun) * clear + view.hazeR * haze,
      Math.min(255, pigment.shadeG + pigment.sunG * sun) * clear + view.hazeG * haze,
      Math.min(255, pigment.shadeB + pigment.sunB * sun) * clear + view.hazeB * haze,
    )
  }

  /** Inks one pixel (an index below FRAME_PIXELS), unless something nearer is there. */
  dot(pixel: number, nearness: number): void {
    // The caller vouches for the index.
    if (nearness <= (this.nearness[pixel] as number)) return
    this.nearness[pixel] = nearness
    this.pixels[pixel] = this.#ink
  }

  /** Inks the pixels of a column (0 … FRAME_WIDTH − 1) whose centres lie between two heights. */
  column(column: number, from: number, to: number, nearness: number): void {
    const top = Math.max(0, Math.ceil(from - 0.5))
    const bottom = Math.min(FRAME_HEIGHT - 1, Math.ceil(to - 0.5) - 1)
    for (let row = top; row <= bottom; row++) this.dot(row * FRAME_WIDTH + column, nearness)
  }

  /** Writes the picture as bytes, red, green and blue of each pixel, to `out` from `offset` on. */
  copyTo(out: Uint8Array, offset: number): void {
    const { pixels } = this
    for (let i = 0, to = offset; i < FRAME_PIXELS; i++, to += 3) {
      const pixel = pixels[i] as number // a frame long
      out[to] = pixel >> 16
      out[to + 1] = (pixel >> 8) & 255
      out[to + 2] = pixel & 255
    }
  }
}

/** The first and last column (or row) whose middle lies within `half` of a place, cut to 0…count. */
export function firstWithin(place: number, half: number): number {
  return Math.max(0, Math.ceil(place - half - 0.5))
}
export function lastWithin(place: number, half: number, count: number): number {
  return Math.min(count - 1, Math.floor(place + half - 0.5))
}
