/**
 * The frame buffer: a colour and a nearness for every pixel, so that shapes may be drawn in any
 * order.
 *
 * Nearness is 1 ÷ depth along the viewing direction. Unlike depth it is linear in pixel coordinates
 * over a flat face, and that of the sky is simply 0. A shape covers the pixels whose centres it
 * contains.
 */
import type { View } from './camera.ts'
import { pack } from './colour.ts'
import { FRAME_HEIGHT, FRAME_PIXELS, FRAME_WIDTH } from './observation.ts'

/** Centre of the picture, in pixels from its upper left corner. */
export const CENTRE_COLUMN = FRAME_WIDTH / 2
export const CENTRE_ROW = FRAME_HEIGHT / 2

/**
 * Lit colours of a surface: `shade*` is its colour under skylight alone, `sun*` the amount that the
 * sun adds at normal incidence. Channels are 0…255; their sum may overflow and is clamped.
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
  /** Packed colours (0xRRGGBB, see colour.ts), top row first. */
  readonly pixels = new Int32Array(FRAME_PIXELS)
  readonly nearness = new Float32Array(FRAME_PIXELS)
  #ink = 0

  /** Sets the current colour: a pigment lit by `sun` (0…1), seen through `haze` (0…1). */
  ink(view: View, pigment: Pigment, sun: number, haze: number): void {
    const clear = 1 - haze
    this.#ink = pack(
      Math.min(255, pigment.shadeR + pigment.sunR * sun) * clear + view.hazeR * haze,
      Math.min(255, pigment.shadeG + pigment.sunG * sun) * clear + view.hazeG * haze,
      Math.min(255, pigment.shadeB + pigment.sunB * sun) * clear + view.hazeB * haze,
    )
  }

  /** Colours one pixel (an index below FRAME_PIXELS) unless something at least as near is there. */
  dot(pixel: number, nearness: number): void {
    // Callers guarantee the index.
    if (nearness <= (this.nearness[pixel] as number)) return
    this.nearness[pixel] = nearness
    this.pixels[pixel] = this.#ink
  }

  /** Colours the pixels of a column (0…FRAME_WIDTH − 1) with centres between two row positions. */
  column(column: number, from: number, to: number, nearness: number): void {
    const top = Math.max(0, Math.ceil(from - 0.5))
    const bottom = Math.min(FRAME_HEIGHT - 1, Math.ceil(to - 0.5) - 1)
    for (let row = top; row <= bottom; row++) this.dot(row * FRAME_WIDTH + column, nearness)
  }

  /** Writes FRAME_BYTES bytes (red, green, blue per pixel) to `out`, starting at `offset`. */
  copyTo(out: Uint8Array, offset: number): void {
    const { pixels } = this
    for (let i = 0, to = offset; i < FRAME_PIXELS; i++, to += 3) {
      const pixel = pixels[i] as number // i is below FRAME_PIXELS
      out[to] = pixel >> 16
      out[to + 1] = (pixel >> 8) & 255
      out[to + 2] = pixel & 255
    }
  }
}

/**
 * Returns the first column (or row), at least 0, whose centre is within `half` pixels of `place`.
 */
export function firstWithin(place: number, half: number): number {
  return Math.max(0, Math.ceil(place - half - 0.5))
}
/**
 * Returns the last column (or row), at most count − 1, whose centre is within `half` of `place`.
 */
export function lastWithin(place: number, half: number, count: number): number {
  return Math.min(count - 1, Math.floor(place + half - 0.5))
}
