/** Materials of an episode: ground, kerbs, cliffs, sea, obstacles, jumppads and the character. */
import { fromHsv, luminance, mix, type Rgb, scaled, withLuminance } from './colour.ts'
import { cos, PI, sin } from './exact.ts'
import type { RandomStream } from './key.ts'
import { TILE_KINDS, TILE_SIZE, type TileKind } from './tiles.ts'

export interface Materials {
  readonly ground: Texture
  /** Texture of the three platforms and the bridges; often that of the ground. */
  readonly platform: Texture
  /** Colour of the strip along the edge of all land. */
  readonly kerb: Rgb
  readonly cliff: Rgb
  readonly sea: Sea
  readonly obstacle: { readonly side: Rgb; readonly top: Rgb }
  readonly jumppad: { readonly slope: Rgb; readonly stripe: Rgb }
  readonly outfit: Outfit
}

/** A grey tile mapped onto the ground and coloured from `dark` through `middle` to `light`. */
export interface Texture {
  readonly tile: TileKind
  readonly dark: Rgb
  readonly middle: Rgb
  readonly light: Rgb
  readonly laying: Laying
  /** Weight (0…1) of large patches, many metres across, against the fine grain. */
  readonly patches: number
}

/** Mapping from metres to texels: u = a·x + b·z + u0, v = −b·x + a·z + v0. */
export interface Laying {
  readonly a: number
  readonly b: number
  readonly u0: number
  readonly v0: number
}

interface Sea {
  readonly deep: Rgb
  readonly crest: Rgb
  readonly foam: Rgb
  readonly tile: TileKind
  readonly laying: Laying
  /** Wave motion, in texels per decision. */
  readonly drift: number
}

interface Outfit {
  readonly skin: Rgb
  readonly shirt: Rgb
  readonly trousers: Rgb
  readonly pack: Rgb
}

/** Luminance difference that separates sea from land, so that the edges of the land are visible. */
const SHORE_CONTRAST = 60

/** Ranges of hue, saturation and value of grounds. Yellows are pale: vivid yellow marks ramps. */
const GROUNDS: readonly (readonly [number, number, number, number, number, number])[] = [
  [0.22, 0.38, 0.3, 0.7, 0.3, 0.75], // grass
  [0.08, 0.14, 0.1, 0.38, 0.65, 0.95], // sand
  [0.97, 1.06, 0.3, 0.65, 0.3, 0.65], // red earth
  [0, 1, 0, 0.1, 0.25, 0.8], // stone
  [0.5, 0.65, 0, 0.14, 0.85, 1], // snow
  [0.55, 0.72, 0.1, 0.45, 0.12, 0.35], // slate
  [0.75, 0.95, 0.15, 0.5, 0.3, 0.65], // heather
  [0.4, 0.52, 0.2, 0.6, 0.25, 0.65], // moss
  [0.05, 0.1, 0.3, 0.55, 0.15, 0.4], // wood and mud
  [0.16, 1.06, 0, 0.6, 0.2, 0.9], // anything but vivid yellow
]

const SEAS: readonly (readonly [number, number, number, number, number, number])[] = [
  [0.52, 0.64, 0.4, 0.85, 0.25, 0.75], // blue
  [0.44, 0.54, 0.35, 0.8, 0.5, 0.9], // lagoon
  [0.5, 0.7, 0.1, 0.5, 0.08, 0.25], // ink
  [0.5, 0.65, 0, 0.2, 0.6, 0.95], // ice and milk
  [0.25, 0.45, 0.2, 0.6, 0.2, 0.5], // algae
  [0.6, 1.1, 0, 0.6, 0.15, 0.8], // anything else
]

/** Samples the materials of one episode. */
export function sampleMaterials(random: RandomStream): Materials {
  const ground = sampleGround(random)
  const platform = random.chance(0.6) ? { ...ground, laying: laying(random) } : sampleGround(random)
  const land = mix(ground.middle, platform.middle, 0.5)
  const kerbStrength = random.range(0.25, 0.9)
  return {
    ground,
    platform,
    kerb: mix(ground.middle, random.chance(0.5) ? [250, 248, 240] : [20, 18, 24], kerbStrength),
    cliff: mix(scaled(land, 0.6), anyTint(random), random.range(0, 0.6)),
    sea: sampleSea(random, luminance(land)),
    obstacle: sampleObstacle(random, luminance(ground.middle)),
    jumppad: sampleJumppad(random),
    outfit: {
      skin: fromHsv(random.range(0.03, 0.08), random.range(0.25, 0.6), random.range(0.3, 0.95)),
      shirt: anyTint(random),
      trousers: anyTint(random),
      pack: anyTint(random),
    },
  }
}

function anyTint(random: RandomStream): Rgb {
  return fromHsv(random.uniform(), random.range(0, 0.7), random.range(0.1, 0.95))
}

function tintOf(
  random: RandomStream,
  kinds: readonly (readonly [number, number, number, number, number, number])[],
): Rgb {
  const [h0, h1, s0, s1, v0, v1] = random.pick(kinds)
  return fromHsv(random.range(h0, h1), random.range(s0, s1), random.range(v0, v1))
}

function laying(random: RandomStream, fewest = 7, most = 22): Laying {
  const texelsPerMetre = random.range(fewest, most)
  const angle = random.range(-PI, PI)
  return {
    a: cos(angle) * texelsPerMetre,
    b: sin(angle) * texelsPerMetre,
    u0: random.range(0, TILE_SIZE),
    v0: random.range(0, TILE_SIZE),
  }
}

function sampleGround(random: RandomStream): Texture {
  const middle = tintOf(random, GROUNDS)
  const contrast = random.range(0.15, 0.55)
  const stray = anyTint(random)
  const strayShare = random.range(0, 0.3)
  return {
    tile: random.pick(TILE_KINDS),
    dark: mix(scaled(middle, 1 - contrast), stray, strayShare),
    middle,
    light: scaled(middle, 1 + contrast * random.range(0.5, 1)),
    laying: laying(random),
    patches: random.range(0.2, 0.7),
  }
}

/** Samples a sea whose luminance is moved away from the land's if it is too close to it. */
function sampleSea(random: RandomStream, land: number): Sea {
  const tint = tintOf(random, SEAS)
  const own = luminance(tint)
  const apart = Math.abs(own - land)
  const wantsDarker = own < land ? land > SHORE_CONTRAST + 15 : land > 190
  const target = wantsDarker ? land - SHORE_CONTRAST : land + SHORE_CONTRAST
  const deep = apart < SHORE_CONTRAST ? withLuminance(tint, target) : tint
  return {
    deep,
    crest: mix(deep, [255, 255, 255], random.range(0.08, 0.4)),
    foam: mix(deep, [255, 255, 255], random.range(0.2, 0.75)),
    tile: random.pick(['mottled', 'blotched', 'furrowed', 'cracked']),
    laying: laying(random, 4, 14),
    drift: random.range(-1.2, 1.2),
  }
}

/** Samples obstacle colours that differ from the ground's luminance, darker or brighter. */
function sampleObstacle(random: RandomStream, ground: number) {
  const tint = fromHsv(random.range(0.2, 1.1), random.range(0, 0.6), random.range(0.3, 0.9))
  const step = random.range(50, 90)
  const target = ground > 100 !== random.chance(0.25) ? ground - step : ground + step
  const side = withLuminance(tint, Math.max(25, Math.min(225, target)))
  return { side, top: mix(side, [255, 255, 255], random.range(0.05, 0.35)) }
}

/** Samples jumppad colours, shared by all three: the slope is a vivid yellow to orange. */
function sampleJumppad(random: RandomStream) {
  const slope = fromHsv(random.range(0.085, 0.145), random.range(0.85, 1), random.range(0.92, 1))
  const stripe = fromHsv(random.uniform(), random.range(0, 0.5), random.range(0.05, 0.25))
  return { slope, stripe }
}
