/** Checks that an island can be played on. */
import { isClear } from './clearance.ts'
import { crossing, edgesOf } from './corners.ts'
import type { IslandMap, Point, Surface } from './map.ts'
import { BODY_RADIUS, WALKING_SPEED } from './motion.ts'
import { Navigator } from './navigation.ts'
import { DECISION_SECONDS, EPISODE_DECISIONS } from './version.ts'
import { World } from './world.ts'

/** Smallest area of a surface in m²: enough to stand on. */
const LEAST_AREA = 1

/** Sea in metres that must lie between the land and the bounds. */
const LEAST_MARGIN = 2

/** Longest way in metres that a character can walk in an episode. */
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
  waysProblem,
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
  const crosses = edges.some((edge, i) =>
    edges.some(
      (other, j) => Math.abs(i - j) > 1 && i + j !== edges.length - 1 && crossing(edge, other),
    ),
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
    const { name } = jumppad
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

function waysProblem(world: World): string | undefined {
  return first(world.jumppads, ({ name, x, z, radius }) => {
    if (!world.onLand(x, z)) return `The jumppad “${name}” is in the sea: move it onto the land.`
    return first(world.map.spawns, (spawn) => {
      const metres = wayLength(world, { x, z }, spawn)
      if (metres === undefined) {
        return `No way leads from the spawn at ${at(spawn)} to the jumppad “${name}”: join the land between them, or move one.`
      }
      if (metres - radius <= REACH) return undefined
      return `The jumppad “${name}” is ${metres.toFixed(0)} m from the spawn at ${at(spawn)}: an episode ends after at most ${REACH.toFixed(0)} m; move one closer.`
    })
  })
}

/** Returns the length in metres of the shortest way between two places; undefined if there is none. */
function wayLength(world: World, to: Point, from: Point): number | undefined {
  try {
    const metres = new Navigator(world, to.x, to.z).distance(from.x, from.z)
    return Number.isFinite(metres) ? metres : undefined
  } catch {
    return undefined
  }
}

/** Returns the distance in metres between the rims of two discs; negative if they overlap. */
function gap(a: Point & { readonly radius: number }, b: typeof a): number {
  const distance = Math.sqrt((a.x - b.x) * (a.x - b.x) + (a.z - b.z) * (a.z - b.z))
  return distance - a.radius - b.radius
}

function at({ x, z }: Point): string {
  return `x ${x.toFixed(1)}, z ${z.toFixed(1)}`
}
