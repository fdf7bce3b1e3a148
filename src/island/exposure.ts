/**
 * Auto-exposure: every frame of a look comes out with the look's own mean colour.
 *
 * Cameras do it, and here it also keeps a promise: the mean colour of a frame tells neither the
 * place nor the jumppad, because within an episode it hardly changes, and between episodes it is
 * drawn at random. What is left to learn from is the shape of what is seen.
 */
import type { Rgb } from './colour.ts'
import { FRAME_PIXELS } from './observation.ts'

/** The least and the most that a channel is amplified; the rest is shifted. */
const LEAST_GAIN = 0.75
const MOST_GAIN = 2.5

/** Clipping takes from the mean. Where it takes more than this, the frame is developed again. */
const TOLERANCE = 2
const ATTEMPTS = 3

/** The developed value of each raw one, one channel after the other. */
const curves = new Uint8Array(3 * 256)

/** Means of the three channels of the raw frame and of the developed one. */
const rawMeans = new Float64Array(3)
const means = new Float64Array(3)
/** What each channel is shifted by beyond its wanted mean. */
const extras = new Float64Array(3)

/**
 * Writes the developed frame to out[offset …] as bytes, with nearly the wanted mean of each channel
 * (0…255); `raw` holds 0xRRGGBB.
 */
export function expose(raw: Int32Array, wanted: Rgb, out: Uint8Array, offset: number): void {
  meter(raw)
  extras.fill(0)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    for (let channel = 0; channel < 3; channel++) bend(channel, wanted[channel] as number)
    develop(raw, out, offset)
    let worst = 0
    for (let channel = 0; channel < 3; channel++) {
      // Each of these has three entries.
      const missing = (wanted[channel] as number) - (means[channel] as number)
      extras[channel] = (extras[channel] as number) + 1.5 * missing
      worst = Math.max(worst, Math.abs(missing))
    }
    if (worst < TOLERANCE) return
  }
}

/** Finds the raw frame's means. */
function meter(raw: Int32Array): void {
  const count = FRAME_PIXELS
  let red = 0
  let green = 0
  let blue = 0
  for (let i = 0; i < count; i++) {
    const pixel = raw[i] as number // a frame long
    red += pixel >> 16
    green += (pixel >> 8) & 255
    blue += pixel & 255
  }
  rawMeans[0] = red / count
  rawMeans[1] = green / count
  rawMeans[2] = blue / count
}

/** Fills a channel's curve so that its raw mean becomes the wanted one and its extra. */
function bend(channel: number, wanted: number): void {
  const found = rawMeans[channel] as number // one of three
  const gain = Math.max(LEAST_GAIN, Math.min(MOST_GAIN, wanted / Math.max(1, found)))
  const shift = wanted - gain * found + (extras[channel] as number) + 0.5
  const start = 256 * channel
  const curve = curves
  for (let value = 0; value < 256; value++) {
    curve[start + value] = Math.max(0, Math.min(255, value * gain + shift))
  }
}

/** Puts the raw frame through the curves and finds the means of what comes out. */
function develop(raw: Int32Array, out: Uint8Array, offset: number): void {
  const count = FRAME_PIXELS
  const curve = curves
  let reds = 0
  let greens = 0
  let blues = 0
  for (let i = 0, to = offset; i < count; i++, to += 3) {
    // A frame long, and each byte is within its curve.
    const pixel = raw[i] as number
    const red = curve[pixel >> 16] as number
    const green = curve[256 + ((pixel >> 8) & 255)] as number
    const blue = curve[512 + (pixel & 255)] as number
    out[to] = red
    out[to + 1] = green
    out[to + 2] = blue
    reds += red
    greens += green
    blues += blue
  }
  means[0] = reds / count
  means[1] = greens / count
  means[2] = blues / count
}
