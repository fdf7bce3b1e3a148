/** Checks that an island can be played on. */
import { ALL_ROUND, distance, isClear } from './clearance.ts'
import { cornerBends, crossing, edgesOf } from './corners.ts'
import type { IslandMap, Jumppad, Point, Rectangle, Segment, Surface } from './map.ts'
import { BODY_RADIUS, WALKING_SPEED } from './motion.ts'
import { Navigator } from './navigation.ts'
import { isFree } from './state.ts'
import { DECISION_SECONDS, EPISODE_DECISIONS } from './version.ts'
import { World } from './world.ts'

/** Smallest area of a surface in m²: enough to stand on. */
const LEAST_AREA = 1

/** Sea in metres that must lie between the land and the bounds. */
const LEAST_MARGIN = 2

/**
 * Maximum number of points where paths bend: the time that pathfinding takes grows with its square. The shipped
 * islands have up to 244 when they are edited.
 */
const MOST_BENDS = 400

/**
 * Minimum and maximum radius of a jumppad in metres: all are drawn as ramps of one size, on which one should be
 * triggered where it looks like it.
 */
const LEAST_RADIUS = 1.2
const MOST_RADIUS = 2

/** Minimum share of an area for other starts that must be free, so that few draws find a place. */
const LEAST_FREE = 0.05

/** Number of places, along each side, at which such an area is looked at. */
const LOOKS = 20

/** Longest path in metres that a character can walk in an episode. */
const REACH = WALKING_SPEED * DECISION_SECONDS * EPISODE_DECISIONS

/** Returns why an island cannot be played on, as a sentence; undefined if it can. */
export function mapProblem(map: IslandMap): string | undefined {
  const world = new World(map)
  for (const check of CHECKS) {
    const problem = check(world)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** In this order, as later checks rely on earlier ones. */
const CHECKS: readonly ((world: World) => string | undefined)[] = [
  ({ map }) => first(map.surfaces, surfaceProblem),
  boundsProblem,
  obstaclesProblem,
  jumppadsProblem,
  spawnsProblem,
  recoveryProblem,
  bendsProblem,
  pathsProblem,
]

function first<T>(
  items: readonly T[],
  problemOf: (item: T, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const problem = problemOf(item, index)
    if (problem !== undefined) return problem
  }
  return undefined
}

function surfaceProblem({ name, corners }: Surface): string | undefined {
  const edges = edgesOf(corners)
  // Neighbors meet at their corner, and the last edge is a neighbor of the first.
  const isApart = (i: number, j: number) => j - i > 1 && j - i < edges.length - 1
  const crosses = edges.some((edge, i) =>
    edges.some((other, j) => isApart(i, j) && crossing(edge, other)),
  )
  if (crosses) return `The outline of “${name}” crosses itself: put its corners in order around it.`
  const area = Math.abs(edges.reduce((sum, [a, b]) => sum + a.x * b.z - b.x * a.z, 0)) / 2
  if (area < LEAST_AREA) {
    return `The surface “${name}” covers ${area.toFixed(1)} m²: expected at least ${LEAST_AREA} m²; move its corners apart.`
  }
  const turns = corners.map((corner, i) => {
    const before = corners[(i + corners.length - 1) % corners.length] ?? corner
    const after = corners[(i + 1) % corners.length] ?? corner
    return (
      (corner.x - before.x) * (after.z - corner.z) - (corner.z - before.z) * (after.x - corner.x)
    )
  })
  if (turns.some((turn) => turn > 0) && turns.some((turn) => turn < 0)) {
    return `The outline of “${name}” is not convex: divide the surface in two, or move the corner that points inwards.`
  }
  return undefined
}

function boundsProblem({ map, bounds: { minX, maxX, minZ, maxZ } }: World): string | undefined {
  if (![minX, maxX, minZ, maxZ].every(Number.isInteger)) {
    return 'The bounds are not whole metres: round them.'
  }
  const corners = map.surfaces.flatMap((surface) => surface.corners)
  const inside = ({ x, z }: Point) =>
    x >= minX + LEAST_MARGIN &&
    x <= maxX - LEAST_MARGIN &&
    z >= minZ + LEAST_MARGIN &&
    z <= maxZ - LEAST_MARGIN
  const outside = corners.find((corner) => !inside(corner))
  if (outside === undefined) return undefined
  return `The land at ${at(outside)} is less than ${LEAST_MARGIN} m from the bounds: widen them, or leave them out.`
}

function obstaclesProblem({ obstacles }: World): string | undefined {
  return first(obstacles, (obstacle, index) => {
    const near = obstacles.slice(index + 1).find((other) => gap(obstacle, other) <= 2 * BODY_RADIUS)
    if (near === undefined) return undefined
    return `The obstacles at ${at(obstacle)} and ${at(near)} are closer than a character is wide: move them at least ${2 * BODY_RADIUS} m apart.`
  })
}

function jumppadsProblem({ jumppads, obstacles }: World): string | undefined {
  return first(jumppads, (jumppad, index) => {
    const { name, radius } = jumppad
    if (radius < LEAST_RADIUS || radius > MOST_RADIUS) {
      return `The jumppad “${name}” has a radius of ${radius} m, but all are drawn at the same size: expected ${LEAST_RADIUS} m to ${MOST_RADIUS} m; remove it and add it again.`
    }
    const others = jumppads.slice(index + 1)
    if (others.some((other) => other.name === name)) {
      return `There are two jumppads “${name}”: give each its own name.`
    }
    const near = others.find((other) => gap(jumppad, other) <= 0)
    if (near) return `The jumppads “${name}” and “${near.name}” overlap: move them apart.`
    if (obstacles.some((obstacle) => gap(jumppad, obstacle) <= 0)) {
      return `The jumppad “${name}” overlaps an obstacle: move one of them.`
    }
    return undefined
  })
}

function spawnsProblem(world: World): string | undefined {
  return first(world.map.spawns, (spawn) => {
    if (!world.onLand(spawn.x, spawn.z)) {
      return `The spawn at ${at(spawn)} is in the sea: move it onto the land.`
    }
    if (!isClear(world, spawn.x, spawn.z)) {
      return `The spawn at ${at(spawn)} is too close to the sea or to an obstacle: move it inland.`
    }
    const jumppad = world.jumppadAt(spawn.x, spawn.z)
    if (jumppad === undefined) return undefined
    return `The spawn at ${at(spawn)} is on the jumppad “${jumppad.name}”: move one of them.`
  })
}

function recoveryProblem(world: World): string | undefined {
  const { recovery } = world.map
  if (recovery === undefined) return undefined
  const { 'side-platform': side, 'past-jumppads': past } = recovery
  const areas = [
    ...recovery['facing-backwards'],
    ...[side, past].flatMap((area) => [area, mirrored(area)]),
  ]
  return first(areas, (area) => {
    const free = shareFree(world, area)
    if (free >= LEAST_FREE) return undefined
    return `Only ${(100 * free).toFixed(0)} % of the area for other starts from ${at({ x: area.minX, z: area.minZ })} to ${at({ x: area.maxX, z: area.maxZ })} is free: expected at least ${100 * LEAST_FREE} %; move it onto the land, or leave “recovery” out.`
  })
}

function mirrored({ minX, maxX, ...rest }: Rectangle): Rectangle {
  return { minX: -maxX, maxX: -minX, ...rest }
}

/** Returns the share of an area in which episodes can start. */
function shareFree(world: World, { minX, maxX, minZ, maxZ }: Rectangle): number {
  let free = 0
  for (let i = 0; i < LOOKS * LOOKS; i++) {
    const x = minX + ((maxX - minX) * ((i % LOOKS) + 0.5)) / LOOKS
    const z = minZ + ((maxZ - minZ) * (Math.floor(i / LOOKS) + 0.5)) / LOOKS
    if (isFree(world, x, z)) free++
  }
  return free / (LOOKS * LOOKS)
}

function bendsProblem(world: World): string | undefined {
  const { map, obstacles, jumppads } = world
  // Paths bend around obstacles, and around all jumppads but the one that they lead to.
  const rings = obstacles.length + Math.max(0, jumppads.length - 1)
  const bends = (map.bends ?? cornerBends(world)).length + ALL_ROUND.length * rings
  if (bends <= MOST_BENDS) return undefined
  return `The island has too many corners, crossings and obstacles for pathfinding: found ${bends} points where a path can bend, expected at most ${MOST_BENDS}; use fewer surfaces, obstacles or jumppads, or let surfaces overlap less.`
}

function pathsProblem(world: World): string | undefined {
  return first(world.jumppads, (jumppad) => {
    const { name, x, z } = jumppad
    if (!world.onLand(x, z)) return `The jumppad “${name}” is in the sea: move it onto the land.`
    const direct = navigatorOf(world, jumppad)
    if (direct === undefined) {
      return `The jumppad “${name}” is too close to the sea or to an obstacle to walk onto it: move it inland.`
    }
    // A world of its own, with a visibility graph: too slow to build for each spawn, or where none needs it.
    const around = once(() => navigatorAround(world, jumppad))
    return first(world.map.spawns, (spawn) => pathProblem({ direct, around }, jumppad, spawn))
  })
}

/** Returns a function that computes something when it is first called, and keeps it. */
function once<T>(compute: () => T): () => T {
  let kept: { readonly value: T } | undefined
  return () => {
    kept ??= { value: compute() }
    return kept.value
  }
}

/** Returns a navigator to a jumppad; undefined if there is no clear place on it. */
function navigatorOf(world: World, { x, z, radius }: Jumppad): Navigator | undefined {
  try {
    const navigator = new Navigator(world, x, z)
    return distance(x, z, navigator.target) < radius ? navigator : undefined
  } catch {
    return undefined
  }
}

/** Navigators to one jumppad. */
interface Navigators {
  /** Navigator whose paths may lead over other jumppads. */
  readonly direct: Navigator
  /** Returns the one whose paths touch no other jumppad; undefined if there is none. */
  around(): Navigator | undefined
}

function pathProblem(
  { direct, around }: Navigators,
  jumppad: Jumppad,
  spawn: Point,
): string | undefined {
  const { name, radius } = jumppad
  const shortest = pathOf(direct, spawn)
  if (shortest === undefined) {
    return `No path leads from the spawn at ${at(spawn)} to the jumppad “${name}”: join the land between them, or move one.`
  }
  const other = direct.world.jumppads.find(
    (each) => each !== jumppad && shortest.some((leg) => fromLeg(leg, each) < each.radius),
  )
  const path = other === undefined ? shortest : pathOf(around(), spawn)
  if (path === undefined) {
    return `Every path from the spawn at ${at(spawn)} to the jumppad “${name}” leads over another, such as “${other?.name}”, which would end the episode: move one of them.`
  }
  const metres = path.reduce((sum, { from, to }) => sum + distance(from.x, from.z, to), 0)
  if (metres - radius <= REACH) return undefined
  return `The jumppad “${name}” is ${metres.toFixed(0)} m from the spawn at ${at(spawn)}: an episode ends after at most ${REACH.toFixed(0)} m; move one closer.`
}

/** Returns the legs of the shortest path; undefined if there is none. */
function pathOf(navigator: Navigator | undefined, from: Point): Segment[] | undefined {
  if (navigator === undefined) return undefined
  try {
    const places = [from, ...navigator.route(from.x, from.z)]
    return places.slice(1).map((to, i) => ({ from: places[i] ?? to, to }))
  } catch {
    return undefined
  }
}

/** Returns a navigator to a jumppad that avoids the others; undefined if there is no clear place on it. */
function navigatorAround({ map }: World, jumppad: Jumppad): Navigator | undefined {
  const others = map.jumppads.filter((each) => each !== jumppad)
  // A character's center triggers a jumppad, but its rim collides with an obstacle.
  const solid = others.map(({ x, z, radius }) => ({
    x,
    z,
    radius: radius - BODY_RADIUS,
    height: 1,
  }))
  const world = new World({ ...map, obstacles: [...map.obstacles, ...solid] })
  return navigatorOf(world, jumppad)
}

/** Returns the distance in metres from a straight leg of a path to a point. */
function fromLeg({ from, to }: Segment, { x, z }: Point): number {
  const dx = to.x - from.x
  const dz = to.z - from.z
  const squared = dx * dx + dz * dz
  const along = squared === 0 ? 0 : ((x - from.x) * dx + (z - from.z) * dz) / squared
  const t = Math.max(0, Math.min(1, along))
  return distance(from.x + t * dx, from.z + t * dz, { x, z })
}

/** Returns the distance in metres between the rims of two discs; negative if they overlap. */
function gap(a: Point & { readonly radius: number }, b: typeof a): number {
  return distance(a.x, a.z, b) - a.radius - b.radius
}

function at({ x, z }: Point): string {
  return `x ${x.toFixed(1)}, z ${z.toFixed(1)}`
}
