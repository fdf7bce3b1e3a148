/**
 * Colours by exact arithmetic. A channel is a number from 0 to 255; it becomes a whole byte only
 * when a pixel is written.
 */
export type Rgb = readonly [red: number, green: number, blue: number]

/** Clamps a channel to 0…255. */
export function clampChannel(value: number): number {
  return Math.max(0, Math.min(255, value))
}

/** Hue in turns (1 = once round the circle), saturation and value in 0…1. */
export function fromHsv(hue: number, saturation: number, value: number): Rgb {
  const turn = (hue - Math.floor(hue)) * 6
  // Each channel is a trapezium wave over the hue, shifted by a third of a turn.
  const wave = (shift: number) => {
    const at = turn + shift - 6 * Math.floor((turn + shift) / 6)
    const level = Math.max(0, Math.min(1, Math.min(at, 4 - at)))
    return 255 * value * (1 - saturation * level)
  }
  return [wave(5), wave(3), wave(1)]
}

/** From `a` (share 0) to `b` (share 1), straight through RGB. */
export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share]
}

/** Channel-wise product with a light, where 1 leaves the channel as it is; clamped. */
export function lit(colour: Rgb, light: Rgb): Rgb {
  return [
    clampChannel(colour[0] * light[0]),
    clampChannel(colour[1] * light[1]),
    clampChannel(colour[2] * light[2]),
  ]
}

export function scaled(colour: Rgb, factor: number): Rgb {
  return lit(colour, [factor, factor, factor])
}

/** Rec. 601 weights: how bright the colour looks, 0…255. */
export function luminance(colour: Rgb): number {
  return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]
}

/** The same hue and proportions at another luminance (clamped where a channel would overflow). */
export function withLuminance(colour: Rgb, target: number): Rgb {
  return scaled(colour, target / Math.max(1, luminance(colour)))
}

/** A pixel: the three bytes in one whole number, 0xRRGGBB. Channels are cut off to whole ones. */
export function pack(red: number, green: number, blue: number): number {
  return ((red & 255) << 16) | ((green & 255) << 8) | (blue & 255)
}

/** Red and blue, which leave each other room enough to be scaled by up to 256 at once. */
const RED_BLUE = 0xff00ff
const GREEN = 0x00ff00

/** A pixel times share ÷ 256, each channel rounded down; share is a whole number from 0 to 256. */
export function dim(pixel: number, share: number): number {
  const redBlue = (Math.imul(pixel & RED_BLUE, share) >>> 8) & RED_BLUE
  return redBlue | ((Math.imul(pixel & GREEN, share) >>> 8) & GREEN)
}

/** From pixel `a` (share 0) to `b` (share 256). */
export function blend(a: number, b: number, share: number): number {
  return dim(a, 256 - share) + dim(b, share)
}
