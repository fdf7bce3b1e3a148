/**
 * Derived drawing data of a look: palettes, lit pigments and shadows, computed once per look and
 * cached for as long as the look is alive.
 */
import type { Pigment } from './canvas.ts'
import { lit, mix, pack, type Rgb, scaled } from './colour.ts'
import type { Look } from './look.ts'
import type { Texture } from './materials.ts'
import { castShadows, type Shade } from './shadows.ts'
import { GROUND, GROUND_KERB, OPEN_SEA, PLATFORM, PLATFORM_KERB, SURF } from './terrain.ts'
import { tile } from './tiles.ts'
import { daylight, type Weather } from './weather.ts'

/** Number of shades per material, from dark to light; texture values (0…255) are divided by 4. */
export const PALETTE_LEVELS = 64
/** Palette row of the cliffs, after those of the terrain codes. */
export const CLIFF = 6
const MATERIALS = 7

/** Sharpness of cloud edges; 1 would give a uniform haze. */
const CLOUD_EDGE = 4

export interface Paint {
  /** Lit colours (0xRRGGBB) of each material: [MATERIALS, PALETTE_LEVELS]. */
  readonly palette: Int32Array
  readonly groundTile: Uint8Array
  readonly platformTile: Uint8Array
  readonly seaTile: Uint8Array
  /** Weights of the patches in the textures, in 1/256. */
  readonly groundPatches: number
  readonly platformPatches: number
  readonly cloudTile: Uint8Array
  /** Opacity of clouds, in 1/256, for each value of the cloud tile: [256]. */
  readonly cloudShare: Uint8Array
  readonly shade: Shade
  readonly obstacleSide: Pigment
  readonly obstacleTop: Pigment
  readonly slope: Pigment
  readonly stripe: Pigment
  readonly rampSide: Pigment
  readonly skin: Pigment
  readonly shirt: Pigment
  readonly trousers: Pigment
  readonly pack: Pigment
  readonly blade: Pigment
  readonly bark: Pigment
  /** One pigment for each item of scenery. */
  readonly scenery: readonly Pigment[]
}

const cache = new WeakMap<Look, Paint>()

/** Returns the paint of a look, cached for as long as the look is alive. */
export function paintOf(look: Look): Paint {
  let paint = cache.get(look)
  if (!paint) {
    paint = mixPaint(look)
    cache.set(look, paint)
  }
  return paint
}

function mixPaint(look: Look): Paint {
  const { weather, materials, scenery } = look
  const pigment = (colour: Rgb) => mixPigment(colour, weather)
  const glow = (colour: Rgb) => glowing(colour, weather)
  return {
    palette: mixPalette(look),
    groundTile: tile(materials.ground.tile),
    platformTile: tile(materials.platform.tile),
    seaTile: tile(materials.sea.tile),
    groundPatches: Math.round(256 * materials.ground.patches),
    platformPatches: Math.round(256 * materials.platform.patches),
    cloudTile: tile('mottled'),
    cloudShare: cloudShares(weather.clouds.cover),
    shade: castShadows(look),
    obstacleSide: pigment(materials.obstacle.side),
    obstacleTop: pigment(materials.obstacle.top),
    slope: glow(materials.jumppad.slope),
    stripe: pigment(materials.jumppad.stripe),
    rampSide: glow(scaled(materials.jumppad.slope, 0.72)),
    skin: pigment(materials.outfit.skin),
    shirt: pigment(materials.outfit.shirt),
    trousers: pigment(materials.outfit.trousers),
    pack: pigment(materials.outfit.pack),
    blade: glow([225, 235, 245]),
    bark: pigment([92, 70, 54]),
    scenery: scenery.map(({ tint }) => pigment(tint)),
  }
}

function mixPigment(colour: Rgb, { skylight, sun }: Weather): Pigment {
  const shade = lit(colour, skylight)
  const bright = lit(colour, sun.light)
  return {
    shadeR: shade[0],
    shadeG: shade[1],
    shadeB: shade[2],
    sunR: bright[0],
    sunG: bright[1],
    sunB: bright[2],
  }
}

/** Returns an emissive pigment, which stays vivid at night and in the shade. */
function glowing(colour: Rgb, weather: Weather): Pigment {
  const own = mixPigment(colour, weather)
  return {
    ...own,
    shadeR: own.shadeR * 0.25 + colour[0] * 0.75,
    shadeG: own.shadeG * 0.25 + colour[1] * 0.75,
    shadeB: own.shadeB * 0.25 + colour[2] * 0.75,
  }
}

function cloudShares(cover: number): Uint8Array {
  const shares = new Uint8Array(256)
  for (let value = 0; value < 256; value++) {
    const share = CLOUD_EDGE * (value / 255 - 0.9 * (1 - cover)) - 0.3
    shares[value] = Math.round(240 * Math.max(0, Math.min(1, share)))
  }
  return shares
}

/** Colours between which the shades of a material are interpolated: darkest, middle, lightest. */
type Shades = readonly [dark: Rgb, middle: Rgb, light: Rgb]

function mixPalette({ weather, materials }: Look): Int32Array {
  const palette = new Int32Array(MATERIALS * PALETTE_LEVELS)
  const level = daylight(weather)
  const { ground, platform, kerb, sea, cliff } = materials
  const even = (dark: Rgb, light: Rgb): Shades => [dark, mix(dark, light, 0.5), light]
  const plain = ({ dark, middle, light }: Texture): Shades => [dark, middle, light]
  const kerbed = ({ dark, middle, light }: Texture): Shades => [
    mix(dark, kerb, 0.7),
    mix(middle, kerb, 0.7),
    mix(light, kerb, 0.7),
  ]
  fillShades(palette, GROUND, plain(ground), level)
  fillShades(palette, GROUND_KERB, kerbed(ground), level)
  fillShades(palette, PLATFORM, plain(platform), level)
  fillShades(palette, PLATFORM_KERB, kerbed(platform), level)
  fillShades(palette, OPEN_SEA, [sea.deep, mix(sea.deep, sea.crest, 0.3), sea.crest], level)
  fillShades(palette, SURF, even(mix(sea.crest, sea.foam, 0.4), sea.foam), level)
  // Cliffs are vertical, so mostly lit by the sky.
  const aside = mix(weather.skylight, level, 0.4)
  fillShades(palette, CLIFF, even(scaled(cliff, 0.7), scaled(cliff, 1.2)), aside)
  return palette
}

/** Fills a material's row of the palette with its shades under this light. */
function fillShades(palette: Int32Array, material: number, shades: Shades, light: Rgb): void {
  const [dark, middle, bright] = shades.map((shade) => lit(shade, light)) as [Rgb, Rgb, Rgb]
  const half = PALETTE_LEVELS / 2
  for (let i = 0; i < PALETTE_LEVELS; i++) {
    const [from, to, share] = i < half ? [dark, middle, i / half] : [middle, bright, i / half - 1]
    palette[material * PALETTE_LEVELS + i] = pack(
      from[0] + (to[0] - from[0]) * share,
      from[1] + (to[1] - from[1]) * share,
      from[2] + (to[2] - from[2]) * share,
    )
  }
}
