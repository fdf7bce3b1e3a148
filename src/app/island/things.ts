/** Things on an island that can be moved: corners of the ground, obstacles, jumppads and spawns. */
import { clamp } from '@mantine/hooks'
import { FARTHEST } from '../../alignment/map-schema.ts'
import type { IslandMap, Point, Surface } from '../../island/index.ts'

/** A corner by the indices of its surface and its place in the outline. */
export interface OutlineCorner {
  readonly kind: 'corner'
  readonly surface: number
  readonly index: number
}

/** A corner, or another thing by its index. */
export type Thing =
  | OutlineCorner
  | { readonly kind: 'obstacle' | 'jumppad' | 'spawn'; readonly index: number }

export type AddedKind = 'obstacle' | 'jumppad' | 'spawn' | 'ground'

/** Distance in metres within which corners of two surfaces are the same place, and move together. */
const SAME_PLACE = 0.05

/** Step in metres to which positions are rounded. */
const GRID = 0.1

/** Returns a coordinate within the limits of a file. */
export function within(metres: number): number {
  return clamp(metres, -FARTHEST, FARTHEST)
}

/** Returns a coordinate as things get it when they are moved. */
export function rounded(metres: number): number {
  return within(Math.round(metres / GRID) / (1 / GRID))
}

/** Returns a text that differs from that of every other thing of a map. */
export function thingKey(thing: Thing): string {
  return thing.kind === 'corner'
    ? `corner ${thing.surface} ${thing.index}`
    : `${thing.kind} ${thing.index}`
}

/** Returns whether two things are the same place in the lists of a map. */
export function isSame(a: Thing, b: Thing): boolean {
  const ofSurface = (thing: Thing) => (thing.kind === 'corner' ? thing.surface : undefined)
  return a.kind === b.kind && a.index === b.index && ofSurface(a) === ofSurface(b)
}

export function isSamePlace(a: Point, b: Point): boolean {
  return a.x === b.x && a.z === b.z
}

/** Returns everything that can be moved, in the order of the Tab key. */
export function thingsOf({ jumppads, spawns, obstacles, surfaces }: IslandMap): Thing[] {
  return [
    ...jumppads.map((_, index) => ({ kind: 'jumppad', index }) as const),
    ...spawns.map((_, index) => ({ kind: 'spawn', index }) as const),
    ...obstacles.map((_, index) => ({ kind: 'obstacle', index }) as const),
    ...surfaces.flatMap(({ corners }, surface) =>
      corners.map((_, index) => ({ kind: 'corner', surface, index }) as const),
    ),
  ]
}

export function thingName(map: IslandMap, thing: Thing): string {
  switch (thing.kind) {
    case 'jumppad':
      return `Jumppad ${map.jumppads[thing.index]?.name ?? ''}`
    case 'spawn':
      return `Spawn ${thing.index + 1}`
    case 'obstacle':
      return `Obstacle ${thing.index + 1}`
    case 'corner':
      return `Corner ${thing.index + 1} of ${map.surfaces[thing.surface]?.name ?? ''}`
  }
}

/** Returns the position of a thing; undefined if it is gone. */
export function placeOf(map: IslandMap, thing: Thing): Point | undefined {
  switch (thing.kind) {
    case 'jumppad':
      return map.jumppads[thing.index]
    case 'spawn':
      return map.spawns[thing.index]
    case 'obstacle':
      return map.obstacles[thing.index]
    case 'corner':
      return map.surfaces[thing.surface]?.corners[thing.index]
  }
}

/** Returns the things that move along with one, itself among them: corners at the same place. */
export function movedTogether(map: IslandMap, thing: Thing): readonly Thing[] {
  const place = placeOf(map, thing)
  if (thing.kind !== 'corner' || place === undefined) return [thing]
  return thingsOf(map).filter((other) => {
    const { x, z } = placeOf(map, other) ?? { x: Number.NaN, z: Number.NaN }
    return other.kind === 'corner' && Math.hypot(x - place.x, z - place.z) < SAME_PLACE
  })
}

/** Returns the island with things at another position. */
export function withMoved(map: IslandMap, things: readonly Thing[], to: Point): IslandMap {
  const place = { x: rounded(to.x), z: rounded(to.z) }
  return things.reduce((moved, thing) => withPlaced(moved, thing, place), map)
}

/**
 * Returns the island with a thing, and those that move along, dragged to another position; unchanged where it is
 * back at its own, which rounding would change if it lies between two steps.
 */
export function withDragged(
  map: IslandMap,
  thing: Thing,
  together: readonly Thing[],
  to: Point,
): IslandMap {
  const from = placeOf(map, thing)
  const isBack = from && rounded(to.x - from.x) === 0 && rounded(to.z - from.z) === 0
  return isBack ? map : withMoved(map, together, to)
}

function withPlaced(map: IslandMap, thing: Thing, place: Point): IslandMap {
  const replace = <T extends Point>(list: readonly T[], index: number): T[] =>
    list.map((item, at) => (at === index ? { ...item, ...place } : item))
  switch (thing.kind) {
    case 'jumppad':
      return { ...map, jumppads: replace(map.jumppads, thing.index) }
    case 'spawn':
      return { ...map, spawns: replace(map.spawns, thing.index) }
    case 'obstacle':
      return { ...map, obstacles: replace(map.obstacles, thing.index) }
    case 'corner': {
      const surfaces = map.surfaces.map((surface, at) =>
        at === thing.surface
          ? { ...surface, corners: replace(surface.corners, thing.index) }
          : surface,
      )
      return { ...map, surfaces }
    }
  }
}

const LEAST_CORNERS = 3

/** Returns the surface that goes with its third last corner; undefined if the thing goes alone. */
function surfaceGoneWith(map: IslandMap, thing: Thing): Surface | undefined {
  const surface = thing.kind === 'corner' ? map.surfaces[thing.surface] : undefined
  return surface && surface.corners.length <= LEAST_CORNERS ? surface : undefined
}

/** Returns the name of what goes when a thing is removed. */
export function removedName(map: IslandMap, thing: Thing): string {
  const surface = surfaceGoneWith(map, thing)
  return surface ? `Surface ${surface.name}` : thingName(map, thing)
}

/** Returns the island without a thing; a surface goes with its third last corner. */
export function withoutThing(map: IslandMap, thing: Thing): IslandMap {
  switch (thing.kind) {
    case 'jumppad':
      return { ...map, jumppads: map.jumppads.toSpliced(thing.index, 1) }
    case 'spawn':
      return { ...map, spawns: map.spawns.toSpliced(thing.index, 1) }
    case 'obstacle':
      return { ...map, obstacles: map.obstacles.toSpliced(thing.index, 1) }
    case 'corner': {
      const surface = map.surfaces[thing.surface]
      if (surface === undefined) return map
      const surfaces = surfaceGoneWith(map, thing)
        ? map.surfaces.toSpliced(thing.surface, 1)
        : map.surfaces.with(thing.surface, {
            ...surface,
            corners: surface.corners.toSpliced(thing.index, 1),
          })
      return { ...map, surfaces }
    }
  }
}

/** Names for new jumppads, in the order in which they are given. */
const JUMPPAD_NAMES = ['left', 'middle', 'right', 'far left', 'far right', 'near', 'far', 'hidden']

/** Minimum distance in metres of a new thing from others, so that both can be grabbed. */
const APART = 2

/** Returns the island with a new thing, and the thing: at a position, or east of what is there. */
export function withAdded(map: IslandMap, kind: AddedKind, at: Point): Added {
  const others = thingsOf(map).flatMap((thing) => placeOf(map, thing) ?? [])
  for (let { x } = at; ; x += APART) {
    const added = withNew(map, kind, { x, z: at.z })
    const place = placeOf(added.map, added.thing)
    const isFree = others.every(
      (other) => place && Math.hypot(other.x - place.x, other.z - place.z) >= APART,
    )
    if (isFree || x + APART > FARTHEST) return added
  }
}

/** Island with a new thing, and the thing. */
export interface Added {
  readonly map: IslandMap
  readonly thing: Thing
}

function withNew(map: IslandMap, kind: AddedKind, { x, z }: Point): Added {
  switch (kind) {
    case 'obstacle': {
      const obstacles = [...map.obstacles, { x, z, radius: 1.3, height: 2.6 }]
      return { map: { ...map, obstacles }, thing: { kind, index: obstacles.length - 1 } }
    }
    case 'spawn': {
      const spawns = [...map.spawns, { x, z }]
      return { map: { ...map, spawns }, thing: { kind, index: spawns.length - 1 } }
    }
    case 'jumppad': {
      const taken = new Set(map.jumppads.map(({ name }) => name))
      const name = JUMPPAD_NAMES.find((each) => !taken.has(each)) ?? 'another'
      const jumppads = [...map.jumppads, { x, z, name, yaw: 0, radius: 1.6 }]
      return { map: { ...map, jumppads }, thing: { kind, index: jumppads.length - 1 } }
    }
    case 'ground': {
      const half = 3
      const corners = [
        { x: x - half, z: z - half },
        { x: x + half, z: z - half },
        { x: x + half, z: z + half },
        { x: x - half, z: z + half },
      ]
      const name = `ground ${map.surfaces.length + 1}`
      const surfaces = [...map.surfaces, { name, material: 'ground' as const, corners }]
      const surface = surfaces.length - 1
      return { map: { ...map, surfaces }, thing: { kind: 'corner', surface, index: 0 } }
    }
  }
}

/** Returns what an editor keeps of a map: what it names besides would no longer be true after a change. */
export function editable({ surfaces, obstacles, jumppads, spawns }: IslandMap): IslandMap {
  return { surfaces, obstacles, jumppads, spawns }
}
