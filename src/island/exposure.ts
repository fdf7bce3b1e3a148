/**
 * Auto-exposure: every frame of a look comes out with the look's own mean colour.
 *
 * Cameras do it, and here it also keeps a promise: the mean colour of a frame tells neither the
 * place nor the jumppad, because within an episode it does not change, and between episodes it is
 * drawn at random. What is left to learn from is the shape of what is seen.
 */
import type { Rgb } from './colour.ts'
import { FRAME_PIXELS } from './observation.ts'

/** The most and the least that a channel is amplified; the rest is shifted. */
const LEAST_GAIN = 0.75
const MOST_GAIN = 2.5

/** The developed value of each raw one, one channel after the other. */
const curves = new Uint8Array(3 * 256)

/**
 * Writes the developed frame to out[offset …] as bytes, with the wanted mean of each channel
 * (0…255); `raw` holds 0xRRGGBB.
 */
export function expose(raw: Int32Array, mean: Rgb, out: Uint8Array, offset: number): void {
  const count = FRAME_PIXELS
  let red = 0
  let green = 0
  let blue = 0
  // Indices stay within a frame, which the caller has checked to fit.
  for (let i = 0; i < count; i++) {
    const pixel = raw[i] as number
    red += pixel >> 16
    green += (pixel >> 8) & 255
    blue += pixel & 255
  }
  bend(0, red / count, mean[0])
  bend(256, green / count, mean[1])
  bend(512, blue / count, mean[2])
  const curve = curves
  for (let i = 0, to = offset; i < count; i++, to += 3) {
    const pixel = raw[i] as number
    out[to] = curve[pixel >> 16] as number
    out[to + 1] = curve[256 + ((pixel >> 8) & 255)] as number
    out[to + 2] = curve[512 + (pixel & 255)] as number
  }
}

/** Fills the curve from `start` on so that a mean that was found becomes the one that is wanted. */
function bend(start: number, found: number, wanted: number): void {
  const gain = Math.max(LEAST_GAIN, Math.min(MOST_GAIN, wanted / Math.max(1, found)))
  const shift = wanted - gain * found + 0.5
  const curve = curves
  for (let value = 0; value < 256; value++) {
    curve[start + value] = Math.max(0, Math.min(255, value * gain + shift))
  }
}
