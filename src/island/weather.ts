/** Weather of an episode: sun, sky, clouds, haze and hills on the horizon, in several kinds. */
import { fromHsv, mix, type Rgb, scaled } from './colour.ts'
import { cos, PI, sin } from './exact.ts'
import type { RandomStream } from './key.ts'

export interface Weather {
  readonly sun: Sun
  /**
   * Light from the sky on every surface: a factor per channel, where 1 leaves the colour unchanged.
   */
  readonly skylight: Rgb
  readonly zenith: Rgb
  /** Colour of the sky at the horizon, and of haze. */
  readonly horizon: Rgb
  readonly clouds: Clouds
  /** Depth in metres at which the haze colour has a weight of one half. */
  readonly hazeDistance: number
  readonly hills: Hills
}

interface Sun {
  /** Unit vector from the ground to the sun. */
  readonly x: number
  readonly y: number
  readonly z: number
  /** Light on a surface that faces the sun: a factor per channel. */
  readonly light: Rgb
  readonly disc: Rgb
}

interface Clouds {
  /** Fraction of the sky that clouds cover, 0…1. */
  readonly cover: number
  readonly tint: Rgb
  /** Scale of the pattern: texels per metre on a plane one metre above the eye. */
  readonly scale: number
  /** Offset of the pattern at the start of the episode, and drift per decision, in texels. */
  readonly shiftX: number
  readonly shiftZ: number
  readonly driftX: number
  readonly driftZ: number
}

/** Distant silhouettes: row `shift` of a noise tile, scaled to slopes by `height`. */
interface Hills {
  readonly height: number
  readonly shift: number
  readonly tint: Rgb
}

/** Range to sample from. */
type Range = readonly [low: number, high: number]
interface Tint {
  readonly hue: Range
  readonly saturation: Range
  readonly value: Range
}
interface Kind {
  readonly zenith: Tint
  readonly horizon: Tint
  readonly sun: Tint
  /** Elevation of the sun above the horizon, in radians. */
  readonly elevation: Range
  /** Fraction of the light that comes from the sun; the rest comes from the sky. */
  readonly sunShare: Range
  readonly cover: Range
  readonly hazeDistance: Range
}

const KINDS: readonly Kind[] = [
  {
    // A clear day.
    zenith: { hue: [0.54, 0.64], saturation: [0.4, 0.8], value: [0.5, 0.95] },
    horizon: { hue: [0.5, 0.62], saturation: [0.05, 0.35], value: [0.8, 1] },
    sun: { hue: [0.08, 0.16], saturation: [0, 0.2], value: [0.9, 1] },
    elevation: [0.5, 1.3],
    sunShare: [0.45, 0.7],
    cover: [0, 0.5],
    hazeDistance: [60, 220],
  },
  {
    // Morning or evening, the sun low and warm.
    zenith: { hue: [0.52, 0.72], saturation: [0.2, 0.55], value: [0.4, 0.75] },
    horizon: { hue: [0.02, 0.13], saturation: [0.25, 0.6], value: [0.75, 1] },
    sun: { hue: [0.03, 0.11], saturation: [0.3, 0.6], value: [0.85, 1] },
    elevation: [0.15, 0.5],
    sunShare: [0.5, 0.75],
    cover: [0.1, 0.7],
    hazeDistance: [60, 160],
  },
  {
    // Overcast or foggy: no shadows to speak of.
    zenith: { hue: [0.5, 0.7], saturation: [0, 0.15], value: [0.45, 0.8] },
    horizon: { hue: [0.5, 0.7], saturation: [0, 0.1], value: [0.65, 0.95] },
    sun: { hue: [0, 1], saturation: [0, 0.05], value: [0.8, 1] },
    elevation: [0.4, 1.3],
    sunShare: [0, 0.15],
    cover: [0.75, 1],
    hazeDistance: [55, 120],
  },
  {
    // After sunset.
    zenith: { hue: [0.64, 0.85], saturation: [0.3, 0.65], value: [0.15, 0.4] },
    horizon: { hue: [0.85, 1.08], saturation: [0.3, 0.65], value: [0.5, 0.85] },
    sun: { hue: [0.9, 1.08], saturation: [0.3, 0.6], value: [0.7, 0.9] },
    elevation: [0.08, 0.3],
    sunShare: [0.25, 0.6],
    cover: [0, 0.7],
    hazeDistance: [60, 150],
  },
  {
    // Moonlight.
    zenith: { hue: [0.58, 0.72], saturation: [0.3, 0.7], value: [0.05, 0.2] },
    horizon: { hue: [0.55, 0.7], saturation: [0.2, 0.5], value: [0.2, 0.45] },
    sun: { hue: [0.5, 0.65], saturation: [0.1, 0.35], value: [0.7, 1] },
    elevation: [0.3, 1.2],
    sunShare: [0.3, 0.6],
    cover: [0, 0.6],
    hazeDistance: [60, 200],
  },
  {
    // Another planet: any hue but yellow, against which the ramps would not stand out.
    zenith: { hue: [0.22, 1.02], saturation: [0, 0.7], value: [0.1, 1] },
    horizon: { hue: [0.22, 1.02], saturation: [0, 0.7], value: [0.3, 1] },
    sun: { hue: [0, 1], saturation: [0, 0.4], value: [0.7, 1] },
    elevation: [0.15, 1.3],
    sunShare: [0.1, 0.7],
    cover: [0, 1],
    hazeDistance: [40, 220],
  },
]

/** Samples the weather of one episode. */
export function sampleWeather(random: RandomStream): Weather {
  const kind = random.pick(KINDS)
  const within = ([low, high]: Range) => random.range(low, high)
  const tint = (t: Tint) => fromHsv(within(t.hue), within(t.saturation), within(t.value))
  const zenith = tint(kind.zenith)
  const horizon = tint(kind.horizon)
  const sunTint = tint(kind.sun)
  const elevation = within(kind.elevation)
  const sunShare = within(kind.sunShare)
  const cover = within(kind.cover)
  return {
    sun: { ...direction(random.range(-PI, PI), elevation), ...sunlight(sunTint, sunShare) },
    skylight: skylight(mix(zenith, horizon, 0.6), 1 - sunShare),
    zenith,
    horizon,
    clouds: {
      cover,
      tint: mix(horizon, scaled(sunTint, random.range(0.55, 1.1)), 0.7),
      scale: random.range(10, 30),
      shiftX: random.range(0, 128),
      shiftZ: random.range(0, 128),
      driftX: random.range(-0.15, 0.15),
      driftZ: random.range(-0.15, 0.15),
    },
    hazeDistance: within(kind.hazeDistance),
    hills: {
      height: random.chance(0.25) ? 0 : random.range(0.05, 0.5),
      shift: random.below(128),
      tint: mix(
        horizon,
        fromHsv(random.uniform(), random.range(0, 0.5), random.range(0.1, 0.7)),
        random.range(0.3, 0.8),
      ),
    },
  }
}

function direction(azimuth: number, elevation: number) {
  const level = cos(elevation)
  return { x: -sin(azimuth) * level, y: sin(elevation), z: -cos(azimuth) * level }
}

function sunlight(tint: Rgb, share: number) {
  const strength = (1.5 * share) / 255
  const light: Rgb = [tint[0] * strength, tint[1] * strength, tint[2] * strength]
  return { light, disc: mix(tint, [255, 255, 255], 0.5) }
}

/** Returns skylight less saturated than the sky: a deep blue one does not tint everything. */
function skylight(sky: Rgb, share: number): Rgb {
  const brightest = Math.max(60, sky[0], sky[1], sky[2])
  const channel = (value: number) => share * (0.55 + (0.45 * value) / brightest)
  return [channel(sky[0]), channel(sky[1]), channel(sky[2])]
}

/** Returns the total light on level ground in the sun: a factor per channel. */
export function daylight({ skylight, sun }: Weather): Rgb {
  return [
    skylight[0] + sun.light[0] * sun.y,
    skylight[1] + sun.light[1] * sun.y,
    skylight[2] + sun.light[2] * sun.y,
  ]
}
