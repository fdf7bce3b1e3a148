/**
 * An RGB colour. Channels are numbers from 0 to 255, truncated to bytes only when a pixel is
 * packed, and all arithmetic on them is exact.
 */
export type Rgb = readonly [red: number, green: number, blue: number]

/** Clamps a channel to 0…255. */
function clampChannel(value: number): number {
  return Math.max(0, Math.min(255, value))
}

/** Converts from HSV: hue in turns (1 is the full circle), saturation and value in 0…1. */
export function fromHsv(hue: number, saturation: number, value: number): Rgb {
  const turn = (hue - Math.floor(hue)) * 6
  // Each channel is a trapezoid wave over the hue, shifted by a third of a turn.
  const wave = (shift: number) => {
    const at = turn + shift - 6 * Math.floor((turn + shift) / 6)
    const level = Math.max(0, Math.min(1, Math.min(at, 4 - at)))
    return 255 * value * (1 - saturation * level)
  }
  return [wave(5), wave(3), wave(1)]
}

/** Interpolates linearly in RGB from `a` (share 0) to `b` (share 1). */
export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share]
}

/** Multiplies a colour by a light channel-wise (1 leaves a channel unchanged) and clamps it. */
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

/** Returns the perceived brightness, 0…255, by Rec. 601 weights. */
export function luminance(colour: Rgb): number {
  return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]
}

/** Scales a colour to a target luminance; channels that would overflow are clamped. */
export function withLuminance(colour: Rgb, target: number): Rgb {
  return scaled(colour, target / Math.max(1, luminance(colour)))
}

/** Packs three channels into an integer pixel 0xRRGGBB, truncating each to an integer. */
export function pack(red: number, green: number, blue: number): number {
  return ((red & 255) << 16) | ((green & 255) << 8) | (blue & 255)
}

/**
 * Mask of red and blue, which are far enough apart to be scaled by up to 256 in one multiplication.
 */
const RED_BLUE = 0xff00ff
const GREEN = 0x00ff00

/** Scales a pixel by share ÷ 256, rounding each channel down; share is an integer 0…256. */
export function dim(pixel: number, share: number): number {
  const redBlue = (Math.imul(pixel & RED_BLUE, share) >>> 8) & RED_BLUE
  return redBlue | ((Math.imul(pixel & GREEN, share) >>> 8) & GREEN)
}

/** Interpolates from pixel `a` (share 0) to `b` (share 256). */
export function blend(a: number, b: number, share: number): number {
  return dim(a, 256 - share) + dim(b, share)
}
