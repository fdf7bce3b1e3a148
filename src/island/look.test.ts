import { expect, it } from 'vitest'
import { luminance, type Rgb } from './colour.ts'
import { createLook, type Look } from './look.ts'
import { SEA_LEVEL } from './map.ts'
import { SCENERY_KINDS } from './scenery.ts'
import { TILE_KINDS } from './tiles.ts'
import { HOME } from './world.ts'

const looks: Look[] = Array.from({ length: 300 }, (_, seed) => createLook(HOME, seed))

/** Returns the hue in degrees. */
function hue([r, g, b]: Rgb): number {
  const top = Math.max(r, g, b)
  const range = Math.max(1e-9, top - Math.min(r, g, b))
  const sixth = top === r ? (g - b) / range : top === g ? 2 + (b - r) / range : 4 + (r - g) / range
  return (60 * sixth + 360) % 360
}

function spread(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  return at(0.9) - at(0.1)
}

it('depends on the seed alone', () => {
  expect(createLook(HOME, 7)).toEqual(looks[7])
  expect(createLook(HOME, 8)).not.toEqual(looks[7])
})

it('varies in light, ground, sea and texture', () => {
  expect(spread(looks.map(({ weather }) => weather.sun.y))).toBeGreaterThan(0.5)
  expect(spread(looks.map(({ weather }) => weather.clouds.cover))).toBeGreaterThan(0.5)
  expect(spread(looks.map(({ weather }) => weather.hazeDistance))).toBeGreaterThan(60)
  const grounds = looks.map(({ materials }) => materials.ground.middle)
  expect(spread(grounds.map(luminance))).toBeGreaterThan(80)
  expect(spread(grounds.map(hue))).toBeGreaterThan(150)
  expect(spread(looks.map(({ materials }) => luminance(materials.sea.deep)))).toBeGreaterThan(80)
  const tiles = new Set(looks.map(({ materials }) => materials.ground.tile))
  expect(tiles.size).toBe(TILE_KINDS.length)
})

it('has a sun direction of unit length above the horizon, at any azimuth', () => {
  const quarters = new Set<string>()
  for (const { weather } of looks) {
    const { x, y, z } = weather.sun
    expect(x * x + y * y + z * z).toBeCloseTo(1, 6)
    expect(y).toBeGreaterThan(0.05)
    quarters.add(`${x > 0} ${z > 0}`)
  }
  expect(quarters.size).toBe(4)
})

it('keeps jumppads between orange and yellow', () => {
  for (const { materials } of looks) {
    expect(hue(materials.jumppad.slope)).toBeGreaterThan(28)
    expect(hue(materials.jumppad.slope)).toBeLessThan(54)
  }
})

it('makes the sea contrast with the land', () => {
  for (const { materials } of looks) {
    const { ground, platform, sea } = materials
    const land = (luminance(ground.middle) + luminance(platform.middle)) / 2
    expect(Math.abs(luminance(sea.deep) - land)).toBeGreaterThan(35)
  }
})

it('scatters every kind of scenery off the routes, in different places in every episode', () => {
  const kinds = new Set<string>()
  for (const { scenery } of looks) {
    for (const { kind, x, y, z, radius, height } of scenery) {
      kinds.add(kind)
      expect(height).toBeGreaterThan(0)
      expect(HOME.onLand(x, z)).toBe(kind !== 'sea rock')
      expect(y).toBe(kind === 'sea rock' ? SEA_LEVEL : 0)
      const isOnNeck = Math.abs(x) < 1.5 && z > -8 && z < 6
      expect(isOnNeck).toBe(false)
      for (const thing of [...HOME.obstacles, ...HOME.jumppads]) {
        const distance = Math.sqrt((x - thing.x) * (x - thing.x) + (z - thing.z) * (z - thing.z))
        if (kind !== 'sea rock') expect(distance).toBeGreaterThan(radius + 1)
      }
    }
  }
  expect(kinds).toEqual(new Set(SCENERY_KINDS))
  expect(new Set(looks.map(({ scenery }) => scenery[0]?.x)).size).toBeGreaterThan(200)
})
