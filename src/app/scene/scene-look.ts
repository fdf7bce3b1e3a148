/**
 * An episode's look for people: the same sun, tints and weather as in the agent's frames, in Three.js
 * units, within limits that are pleasant to look at for long. Nights are never so dark, and haze is
 * never so thick, that a visitor could not see the agent.
 */
import { Color, MathUtils, SRGBColorSpace, Vector3 } from 'three'
import type { Look } from '../../island/index.ts'

type Rgb = readonly [number, number, number]

export interface GroundLook {
  readonly dark: Color
  readonly middle: Color
  readonly light: Color
  readonly patches: number
}

export interface SceneLook {
  readonly sun: Vector3
  readonly sunColour: Color
  readonly sunIntensity: number
  readonly sunDisc: Color
  readonly skyLight: Color
  readonly skyIntensity: number
  readonly zenith: Color
  readonly horizon: Color
  /** Exposure of the tone mapping. */
  readonly exposure: number
  /** Density of the exponential-squared fog. */
  readonly fogDensity: number
  readonly cloudCover: number
  readonly cloudTint: Color
  readonly hillHeight: number
  readonly hillShift: number
  readonly hillTint: Color
  readonly ground: GroundLook
  readonly platform: GroundLook
  readonly kerb: Color
  readonly cliff: Color
  readonly sea: {
    readonly deep: Color
    readonly shallow: Color
    readonly crest: Color
    readonly foam: Color
  }
  /** Density of plants on the ground, 0…1. */
  readonly growth: number
  readonly obstacleSide: Color
  readonly obstacleTop: Color
  readonly slope: Color
  readonly stripe: Color
  readonly skin: Color
  readonly shirt: Color
  readonly trousers: Color
  readonly pack: Color
}

/** Factor on `hazeDistance`, at which haze hides half for the agent: people look from farther away. */
const HAZE_STRETCH = 2.4

/** Minimum cloud cover: without a few wisps even the clearest sky would look unfinished. */
const LEAST_CLOUDS = 0.3

/** Target linear luminance of lit ground on the screen. */
const WANTED_BRIGHTNESS = 0.3

export function sceneLook(look: Look): SceneLook {
  const { weather, materials } = look
  const sunShare = luminance(weather.sun.light)
  const skyShare = Math.max(0.22, luminance(weather.skylight))
  const ground = groundLook(materials.ground)
  const lit = brightness(ground.middle) * (sunShare * weather.sun.y + skyShare)
  return {
    sun: new Vector3(weather.sun.x, Math.max(0.16, weather.sun.y), weather.sun.z).normalize(),
    sunColour: pure(weather.sun.light),
    sunIntensity: Math.PI * sunShare * 1.15,
    sunDisc: colour(weather.sun.disc),
    skyLight: pure(weather.skylight),
    skyIntensity: Math.PI * skyShare,
    zenith: colour(weather.zenith),
    horizon: colour(weather.horizon),
    exposure: MathUtils.clamp((WANTED_BRIGHTNESS / Math.max(0.02, lit)) ** 0.55, 0.75, 1.9),
    fogDensity: 0.8326 / (weather.hazeDistance * HAZE_STRETCH),
    cloudCover: Math.max(LEAST_CLOUDS, weather.clouds.cover),
    cloudTint: colour(weather.clouds.tint),
    hillHeight: weather.hills.height,
    hillShift: weather.hills.shift,
    hillTint: colour(weather.hills.tint),
    ground,
    platform: groundLook(materials.platform),
    kerb: colour(materials.kerb),
    cliff: tamed(materials.cliff, 0.4, 0.3),
    sea: seaLook(materials.sea, ground),
    growth: growthOn(ground),
    obstacleSide: tamed(materials.obstacle.side, 0.5, 0.2),
    obstacleTop: tamed(materials.obstacle.top, 0.5, 0.25),
    slope: colour(materials.jumppad.slope),
    stripe: colour(materials.jumppad.stripe),
    skin: tamed(materials.outfit.skin, 0.6, 0.3),
    shirt: tamed(materials.outfit.shirt, 0.75, 0.3),
    trousers: tamed(materials.outfit.trousers, 0.6, 0.18),
    pack: tamed(materials.outfit.pack, 0.7, 0.22),
  }
}

function groundLook({ dark, middle, light, patches }: Look['materials']['ground']): GroundLook {
  return {
    dark: tamed(dark, 0.55, 0.22),
    middle: tamed(middle, 0.58, 0.29),
    light: tamed(light, 0.55, 0.38),
    patches,
  }
}

/** Returns the agent's sea, one tint with crests, plus a floor that shows near land for people. */
function seaLook({ deep, crest, foam }: Look['materials']['sea'], ground: GroundLook) {
  const open = tamed(deep, 0.7, 0.14)
  return {
    deep: open.clone().multiplyScalar(0.55),
    shallow: tamed(crest, 0.6, 0.34).lerp(ground.light, 0.12),
    crest: tamed(crest, 0.6, 0.2),
    foam: tamed(foam, 0.12, 0.86),
  }
}

/** Returns the density of plants: 1 on green ground, 0 where it is as pale as snow, 0.3 elsewhere. */
function growthOn({ middle }: GroundLook): number {
  middle.getHSL(hsl, SRGBColorSpace)
  if (hsl.l > 0.8) return 0
  const green = hsl.h > 0.17 && hsl.h < 0.48 && hsl.s > 0.14
  return green ? 1 : 0.3
}

export function colour([r, g, b]: Rgb): Color {
  return new Color().setRGB(r / 255, g / 255, b / 255, SRGBColorSpace)
}

const hsl = { h: 0, s: 0, l: 0 }

/** Returns the colour with capped saturation and a minimum lightness. */
function tamed(rgb: Rgb, mostSaturation: number, leastLightness: number): Color {
  const tamed = colour(rgb)
  tamed.getHSL(hsl, SRGBColorSpace)
  const s = Math.min(hsl.s, mostSaturation)
  return tamed.setHSL(hsl.h, s, Math.max(hsl.l, leastLightness), SRGBColorSpace)
}

/** Returns a light's RGB factors scaled to a colour of full brightness. */
function pure([r, g, b]: Rgb): Color {
  const most = Math.max(r, g, b, 1e-6)
  return new Color().setRGB(r / most, g / most, b / most, SRGBColorSpace)
}

function luminance([r, g, b]: Rgb): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function brightness({ r, g, b }: Color): number {
  return luminance([r, g, b])
}
