/**
 * Foliage and rocks: visible but without collision, and placed differently in every episode, so
 * that memorising them is useless. They stand on land, off the routes, or in the sea.
 */
import { fromHsv, type Rgb } from './colour.ts'
import type { RandomStream } from './key.ts'
import { type Point, SEA_LEVEL, type Segment } from './map.ts'
import { routeTo } from './navigation.ts'
import { perWorld, type World } from './world.ts'

export const SCENERY_KINDS = ['bush', 'tree', 'fir', 'rock', 'sea rock'] as const
type SceneryKind = (typeof SCENERY_KINDS)[number]

export interface SceneryItem extends Point {
  readonly kind: SceneryKind
  /** Height of the foot, in metres. */
  readonly y: number
  /** Half the width, in metres. */
  readonly radius: number
  /** Height from foot to top, in metres. */
  readonly height: number
  readonly tint: Rgb
}

/** Returns the usual ways of a world: those of its map, or the shortest ones from a spawn to each jumppad. */
const routesOf = perWorld((world): readonly Segment[] => {
  const { routes, spawns, jumppads } = world.map
  if (routes !== undefined) return routes
  return jumppads.flatMap((jumppad) => {
    const [spawn] = spawns
    if (spawn === undefined) return []
    const places = [spawn, ...routeTo(world, spawn, jumppad), jumppad]
    return places
      .slice(1)
      .map((to, i) => ({ from: places[i] ?? to, to }))
      .filter(({ from, to }) => from.x !== to.x || from.z !== to.z)
  })
})

/** Half-width of the corridor along a route that stays free, in metres. */
const ROUTE_CLEARANCE = 1.6
const OBSTACLE_CLEARANCE = 0.6

/** Samples the scenery of one episode. */
export function sampleScenery(world: World, random: RandomStream): SceneryItem[] {
  const { minX, maxX, minZ, maxZ } = world.bounds
  const items: SceneryItem[] = []
  const kinds = SCENERY_KINDS.filter(() => random.chance(0.7))
  const tints = sampleTints(random)
  const attempts = kinds.length === 0 ? 0 : 20 + random.below(160)
  for (let i = 0; i < attempts; i++) {
    const kind = random.pick(kinds)
    const x = random.range(minX, maxX)
    const z = random.range(minZ, maxZ)
    const [radius, height] = sizeOf(kind, random.uniform())
    if (!fits(world, kind, x, z, radius)) continue
    const tint = kind === 'rock' || kind === 'sea rock' ? tints.stone() : tints.leaf()
    items.push({ kind, x, y: kind === 'sea rock' ? SEA_LEVEL : 0, z, radius, height, tint })
  }
  return items
}

/** Returns samplers of foliage and rock colours: a shared hue per episode, a tone per item. */
function sampleTints(random: RandomStream) {
  const isGreen = random.chance(0.6)
  const leafHue = isGreen ? random.range(0.2, 0.4) : random.uniform()
  const spread = random.range(0.01, 0.08)
  const stoneHue = random.uniform()
  return {
    leaf: () => {
      const hue = leafHue + random.range(-spread, spread)
      return fromHsv(hue, random.range(0.35, 0.75), random.range(0.2, 0.65))
    },
    stone: () => fromHsv(stoneHue, random.range(0, 0.2), random.range(0.25, 0.8)),
  }
}

/** Returns the radius and height in metres, from the smallest (size 0) to the largest (1). */
function sizeOf(kind: SceneryKind, size: number): readonly [radius: number, height: number] {
  switch (kind) {
    case 'bush':
      return [0.35 + 0.45 * size, 0.5 + 0.7 * size]
    case 'tree':
      return [0.9 + 0.6 * size, 2.8 + 1.6 * size]
    case 'fir':
      return [0.7 + 0.5 * size, 2.2 + 2.3 * size]
    case 'rock':
      return [0.3 + 0.7 * size, 0.4 + 0.8 * size]
    case 'sea rock':
      return [0.6 + 1.2 * size, 0.9 + 1.6 * size]
  }
}

/** Returns whether an item fits: sea rocks clear of land, others on land off all routes. */
function fits(world: World, kind: SceneryKind, x: number, z: number, radius: number): boolean {
  const inSea = kind === 'sea rock'
  if (world.onLand(x, z) === inSea) return false
  const reach = inSea ? radius + 0.8 : Math.min(radius, 0.6) + 0.15
  if (world.onLand(x - reach, z - reach) === inSea || world.onLand(x + reach, z - reach) === inSea)
    return false
  if (world.onLand(x - reach, z + reach) === inSea || world.onLand(x + reach, z + reach) === inSea)
    return false
  return (
    inSea ||
    (world.obstacles.every((o) => isClear(x, z, o, o.radius + radius + OBSTACLE_CLEARANCE)) &&
      routesOf(world).every((r) => isClear(x, z, nearestOn(r, x, z), radius + ROUTE_CLEARANCE)))
  )
}

function isClear(x: number, z: number, point: Point, distance: number): boolean {
  const dx = x - point.x
  const dz = z - point.z
  return dx * dx + dz * dz > distance * distance
}

/** Returns the point of a segment that is nearest to (x, z). */
function nearestOn({ from, to }: Segment, x: number, z: number): Point {
  const dx = to.x - from.x
  const dz = to.z - from.z
  const share = ((x - from.x) * dx + (z - from.z) * dz) / (dx * dx + dz * dz)
  const clamped = Math.max(0, Math.min(1, share))
  return { x: from.x + dx * clamped, z: from.z + dz * clamped }
}
