/** Things on an island that can be moved: corners of the ground, obstacles, jumppads and spawns. */
import type { IslandMap, Point } from '../../island/index.ts'

/** A corner by the indices of its surface and its place in the outline, or another thing by its index. */
export type Thing =
  | { readonly kind: 'corner'; readonly surface: number; readonly index: number }
  | { readonly kind: 'obstacle' | 'jumppad' | 'spawn'; readonly index: number }

export type AddedKind = 'obstacle' | 'jumppad' | 'spawn' | 'ground'

/** Distance in metres within which corners of two surfaces are the same place, and move together. */
const SAME_PLACE = 0.05

/** Step in metres to which positions are rounded. */
const GRID = 0.1

function rounded(metres: number): number {
  return Math.round(metres / GRID) / (1 / GRID)
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

/** Returns the island with a thing at another position. Corners at the same place move along. */
export function withMoved(map: IslandMap, thing: Thing, to: Point): IslandMap {
  const from = placeOf(map, thing)
  if (from === undefined) return map
  const place = { x: rounded(to.x), z: rounded(to.z) }
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
      const isHere = ({ x, z }: Point) => Math.hypot(x - from.x, z - from.z) < SAME_PLACE
      const surfaces = map.surfaces.map((surface) => ({
        ...surface,
        corners: surface.corners.map((corner) => (isHere(corner) ? place : corner)),
      }))
      return { ...map, surfaces }
    }
  }
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
      const surfaces =
        surface.corners.length <= 3
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

/** Returns the island with a new thing at a position, and the thing. */
export function withAdded(
  map: IslandMap,
  kind: AddedKind,
  { x, z }: Point,
): { readonly map: IslandMap; readonly thing: Thing } {
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
