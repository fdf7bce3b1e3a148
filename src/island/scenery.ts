/**
 * Foliage and rocks: to be seen, not to be bumped into, and elsewhere in every episode, so that
 * remembering them tells nothing. They keep off the routes and stand on land or in the sea.
 */
import { fromHsv, type Rgb } from './colour.ts'
import type { RandomStream } from './key.ts'
import { BOUNDS, JUMPPADS, OBSTACLES, onLand, type Point, SEA_LEVEL } from './map.ts'

export const SCENERY_KINDS = ['bush', 'tree', 'fir', 'rock', 'sea rock'] as const
export type SceneryKind = (typeof SCENERY_KINDS)[number]

export interface SceneryItem extends Point {
  readonly kind: SceneryKind
  /** Height of its foot, in metres. */
  readonly y: number
  /** Half its width, in metres. */
  readonly radius: number
  /** Metres from foot to top. */
  readonly height: number
  readonly tint: Rgb
}

interface Segment {
  readonly from: Point
  readonly to: Point
}

/** The neck's two ends and the line of the bridges, between which people walk. */
const FOOT = { x: 0, z: 6 }
const FORK = { x: 0, z: -8 }
const ROUTES: readonly Segment[] = [
  { from: FOOT, to: FORK },
  { from: { x: -13, z: -4.1 }, to: { x: 13, z: -4.1 } },
  ...JUMPPADS.map(({ x, z }) => ({ from: FORK, to: { x, z } })),
]

/** Metres of half a route's width that stay free. */
const ROUTE_CLEARANCE = 1.6
const OBSTACLE_CLEARANCE = 0.6

/** Draws the scenery of one episode. */
export function drawScenery(random: RandomStream): SceneryItem[] {
  const leaf = random.range(0, 1)
  const leafSpread = random.range(0.01, 0.08)
  const natural = random.chance(0.6)
  const stone = random.range(0.1, 0.9)
  const kinds = SCENERY_KINDS.filter(() => random.chance(0.7))
  const items: SceneryItem[] = []
  if (kinds.length === 0) return items
  const attempts = 20 + random.below(160)
  for (let i = 0; i < attempts; i++) {
    const kind = random.pick(kinds)
    const x = random.range(BOUNDS.minX, BOUNDS.maxX)
    const z = random.range(BOUNDS.minZ, BOUNDS.maxZ)
    const size = random.uniform()
    const green = (natural ? 0.2 + 0.2 * leaf : leaf) + random.range(-leafSpread, leafSpread)
    const leaves = fromHsv(green, random.range(0.35, 0.75), random.range(0.2, 0.65))
    const grey = fromHsv(stone, 0.12, random.range(0.25, 0.8))
    const item = shaped(kind, x, z, size, leaves, grey)
    if (fits(item)) items.push(item)
  }
  return items
}

function shaped(
  kind: SceneryKind,
  x: number,
  z: number,
  size: number,
  leaves: Rgb,
  grey: Rgb,
): SceneryItem {
  const at = (radius: number, height: number, tint: Rgb, y = 0): SceneryItem => {
    return { kind, x, z, y, radius, height, tint }
  }
  switch (kind) {
    case 'bush':
      return at(0.35 + 0.45 * size, 0.5 + 0.7 * size, leaves)
    case 'tree':
      return at(0.9 + 0.6 * size, 2.8 + 1.6 * size, leaves)
    case 'fir':
      return at(0.7 + 0.5 * size, 2.2 + 2.3 * size, leaves)
    case 'rock':
      return at(0.3 + 0.7 * size, 0.4 + 0.8 * size, grey)
    case 'sea rock':
      return at(0.6 + 1.2 * size, 0.9 + 1.6 * size, grey, SEA_LEVEL)
  }
}

/** Rocks of the sea stand clear of land; all else stands on it, off the routes and obstacles. */
function fits({ kind, x, z, radius }: SceneryItem): boolean {
  const reach = kind === 'sea rock' ? radius + 0.8 : Math.min(radius, 0.6) + 0.15
  const corners = [onLand(x - reach, z - reach), onLand(x + reach, z - reach)]
  corners.push(onLand(x - reach, z + reach), onLand(x + reach, z + reach), onLand(x, z))
  if (kind === 'sea rock') return !corners.includes(true)
  if (corners.includes(false)) return false
  const clear = (point: Point, distance: number) => {
    const dx = x - point.x
    const dz = z - point.z
    return dx * dx + dz * dz > distance * distance
  }
  return (
    OBSTACLES.every((o) => clear(o, o.radius + radius + OBSTACLE_CLEARANCE)) &&
    ROUTES.every((route) => clear(nearestOn(route, x, z), radius + ROUTE_CLEARANCE))
  )
}

/** The point of a segment that is nearest to (x, z). */
function nearestOn({ from, to }: Segment, x: number, z: number): Point {
  const dx = to.x - from.x
  const dz = to.z - from.z
  const share = ((x - from.x) * dx + (z - from.z) * dz) / (dx * dx + dz * dz)
  const clamped = Math.max(0, Math.min(1, share))
  return { x: from.x + dx * clamped, z: from.z + dz * clamped }
}
