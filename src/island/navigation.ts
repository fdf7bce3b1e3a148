/**
 * Path planning on the island, for scripted players and for checks of the map: shortest paths over
 * a small visibility graph. Its nodes are the points where paths bend: those that the map names, at
 * corners of the land, and rings around the obstacles.
 */
import { ALL_ROUND, distance, EDGE_CLEARANCE, isWayClear, nearestClear } from './clearance.ts'
import { cornerBends } from './corners.ts'
import type { Point } from './map.ts'
import { BODY_RADIUS } from './motion.ts'
import { perWorld, type World } from './world.ts'

/** Clearance between a body and the obstacle whose ring it follows, in metres. */
const RING_CLEARANCE = 0.3

/** Distance in metres below which a waypoint counts as reached. */
const REACHED = 0.3

/** Visibility graph of a world. */
interface Graph {
  /** Nodes: the map's bends and eight points around each obstacle. */
  readonly bends: readonly Point[]
  /** Indices of the bends reachable in a straight line from each bend. */
  readonly neighbours: readonly (readonly number[])[]
}

const graphOf = perWorld((world): Graph => {
  const bends = [
    ...(world.map.bends ?? cornerBends(world)),
    ...world.obstacles.flatMap((obstacle) => {
      const ring = obstacle.radius + BODY_RADIUS + RING_CLEARANCE
      return ALL_ROUND.map(({ x, z }) => ({ x: obstacle.x + ring * x, z: obstacle.z + ring * z }))
    }),
  ]
  const neighbours = bends.map((from, i) =>
    bends.flatMap((to, j) => (i !== j && isWayClear(world, from.x, from.z, to.x, to.z) ? [j] : [])),
  )
  return { bends, neighbours }
})

/** Shortest paths to one target from anywhere on the island. */
export class Navigator {
  /** Requested end of all paths. */
  readonly asked: Point
  /** End of all paths: the requested point, or a clear point near it. */
  readonly target: Point
  readonly world: World
  readonly #graph: Graph
  /**
   * Path length in metres from each bend to the target, and the next bend, or −1 for the target.
   */
  readonly #remaining: number[]
  readonly #following: number[]

  constructor(world: World, targetX: number, targetZ: number) {
    this.world = world
    this.#graph = graphOf(world)
    this.asked = { x: targetX, z: targetZ }
    this.target = nearestClear(world, targetX, targetZ)
    const { target } = this
    const { bends } = this.#graph
    this.#following = bends.map(() => -1)
    this.#remaining = bends.map(({ x, z }) =>
      isWayClear(world, x, z, target.x, target.z)
        ? distance(x, z, target)
        : Number.POSITIVE_INFINITY,
    )
    this.#settle()
  }

  /** Runs Dijkstra's algorithm from the target outwards. */
  #settle(): void {
    const { bends, neighbours } = this.#graph
    const open = new Set(bends.keys())
    while (open.size > 0) {
      let nearest = -1
      for (const i of open) if (nearest < 0 || this.#length(i) < this.#length(nearest)) nearest = i
      open.delete(nearest)
      const bend = this.#bend(nearest)
      for (const i of neighbours[nearest] ?? []) {
        const length = this.#length(nearest) + distance(bend.x, bend.z, this.#bend(i))
        if (length < this.#length(i)) {
          this.#remaining[i] = length
          this.#following[i] = nearest
        }
      }
    }
  }

  /** Returns the next waypoint on the shortest path from (x, z). Throws an Error if none exists. */
  next(x: number, z: number): Point {
    const from = nearestClear(this.world, x, z)
    // Step back from the very edge first; if nearer to clear land, the path itself leads inland.
    if (distance(x, z, from) > 2 * EDGE_CLEARANCE) return from
    if (isWayClear(this.world, from.x, from.z, this.target.x, this.target.z)) return this.target
    const i = this.#best(from)
    const bend = this.#bend(i)
    return distance(x, z, bend) > REACHED ? bend : this.#bend(this.#following[i] ?? -1)
  }

  /** Returns the whole shortest path from (x, z): its bends and, last, the target. */
  route(x: number, z: number): Point[] {
    const from = nearestClear(this.world, x, z)
    const places: Point[] = from.x === x && from.z === z ? [] : [from]
    if (!isWayClear(this.world, from.x, from.z, this.target.x, this.target.z)) {
      for (let i = this.#best(from); i >= 0; i = this.#following[i] ?? -1)
        places.push(this.#bend(i))
    }
    return [...places, this.target]
  }

  /** Returns the length in metres of the shortest path from (x, z) to the target. */
  distance(x: number, z: number): number {
    const from = nearestClear(this.world, x, z)
    const detour = distance(x, z, from)
    if (isWayClear(this.world, from.x, from.z, this.target.x, this.target.z)) {
      return detour + distance(from.x, from.z, this.target)
    }
    const i = this.#best(from)
    return detour + distance(from.x, from.z, this.#bend(i)) + this.#length(i)
  }

  /**
   * Returns the bend, visible from a clear point, through which the path to the target is shortest.
   */
  #best(from: Point): number {
    const lengths = this.#graph.bends.map(
      (bend, i) => distance(from.x, from.z, bend) + this.#length(i),
    )
    for (;;) {
      let best = 0
      for (let i = 1; i < lengths.length; i++) {
        if ((lengths[i] as number) < (lengths[best] as number)) best = i // both are in the list
      }
      const bend = this.#bend(best)
      if (lengths[best] === Number.POSITIVE_INFINITY) {
        throw new Error(
          `No path leads from (${from.x}, ${from.z}) to the target: the map is broken.`,
        )
      }
      if (isWayClear(this.world, from.x, from.z, bend.x, bend.z)) return best
      lengths[best] = Number.POSITIVE_INFINITY
    }
  }

  #bend(i: number): Point {
    return this.#graph.bends[i] ?? this.target
  }

  #length(i: number): number {
    return this.#remaining[i] ?? 0
  }
}

/** Latest navigators of a world: players head for the same few targets again and again. */
const recentOf = perWorld((): Navigator[] => [])
const RECENT_LIMIT = 32

/** Returns a navigator to the target, cached for the RECENT_LIMIT targets of a world created last. */
export function navigatorTo(world: World, targetX: number, targetZ: number): Navigator {
  const recent = recentOf(world)
  const kept = recent.find(({ asked }) => asked.x === targetX && asked.z === targetZ)
  if (kept !== undefined) return kept
  const navigator = new Navigator(world, targetX, targetZ)
  recent.push(navigator)
  if (recent.length > RECENT_LIMIT) recent.shift()
  return navigator
}

/** Returns the next waypoint on the shortest path from one place to another. */
export function nextWaypoint(world: World, from: Point, to: Point): Point {
  return navigatorTo(world, to.x, to.z).next(from.x, from.z)
}

/** Returns the whole shortest path between two places: its bends and, last, the target. */
export function routeTo(world: World, from: Point, to: Point): Point[] {
  return navigatorTo(world, to.x, to.z).route(from.x, from.z)
}
