/**
 * Path planning on the island, for scripted players and for checks of the map: shortest paths over
 * a small visibility graph. Its nodes are the points where paths bend: the corners of the neck, of
 * the bridges and of the jetties, and rings around the obstacles.
 */
import { ALL_ROUND, distance, EDGE_CLEARANCE, isWayClear, nearestClear } from './clearance.ts'
import { OBSTACLES, type Point } from './map.ts'
import { BODY_RADIUS } from './motion.ts'

/** Clearance between a body and the obstacle whose ring it follows, in metres. */
const RING_CLEARANCE = 0.3

/** Distance in metres below which a waypoint counts as reached. */
const REACHED = 0.3

/** Bends in the eastern half, besides the rings around the obstacles. */
const EASTERN_BENDS: readonly Point[] = [
  { x: 3.1, z: -1 }, // the neck's ends
  { x: 3.1, z: -8 },
  { x: 1.4, z: -0.2 },
  { x: 3.5, z: -3 }, // the bridge's ends
  { x: 3.5, z: -5.2 },
  { x: 8, z: -3 },
  { x: 8, z: -5.2 },
  { x: 9.2, z: -4.1 },
  { x: 2.6, z: -31 }, // the middle jetty
  { x: 12.06, z: -22.92 }, // the right jetty
  { x: 8.94, z: -27.08 },
  { x: 13.9, z: -30.4 },
]

/** Nodes of the graph: the bends of both halves and eight points around each obstacle. */
const BENDS: readonly Point[] = [
  ...EASTERN_BENDS.flatMap(({ x, z }) => [
    { x, z },
    { x: -x, z },
  ]),
  ...OBSTACLES.flatMap((obstacle) => {
    const ring = obstacle.radius + BODY_RADIUS + RING_CLEARANCE
    return ALL_ROUND.map(({ x, z }) => ({ x: obstacle.x + ring * x, z: obstacle.z + ring * z }))
  }),
]

/** Indices of the bends reachable in a straight line from each bend. */
let neighbours: readonly (readonly number[])[] | undefined

function visibleBends(): readonly (readonly number[])[] {
  neighbours ??= BENDS.map((from, i) =>
    BENDS.flatMap((to, j) => (i !== j && isWayClear(from.x, from.z, to.x, to.z) ? [j] : [])),
  )
  return neighbours
}

/** Shortest paths to one target from anywhere on the island. */
export class Navigator {
  /** End of all paths: the requested point, or a clear point near it. */
  readonly target: Point
  /**
   * Path length in metres from each bend to the target, and the next bend, or −1 for the target.
   */
  readonly #remaining: number[]
  readonly #following: number[]

  constructor(targetX: number, targetZ: number) {
    this.target = nearestClear(targetX, targetZ)
    const { target } = this
    this.#following = BENDS.map(() => -1)
    this.#remaining = BENDS.map(({ x, z }) =>
      isWayClear(x, z, target.x, target.z) ? distance(x, z, target) : Number.POSITIVE_INFINITY,
    )
    this.#settle()
  }

  /** Runs Dijkstra's algorithm from the target outwards. */
  #settle(): void {
    const open = new Set(BENDS.keys())
    while (open.size > 0) {
      let nearest = -1
      for (const i of open) if (nearest < 0 || this.#length(i) < this.#length(nearest)) nearest = i
      open.delete(nearest)
      const bend = this.#bend(nearest)
      for (const i of visibleBends()[nearest] ?? []) {
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
    const from = nearestClear(x, z)
    // Step back from the very edge first; if nearer to clear land, the path itself leads inland.
    if (distance(x, z, from) > 2 * EDGE_CLEARANCE) return from
    if (isWayClear(from.x, from.z, this.target.x, this.target.z)) return this.target
    const i = this.#best(from)
    const bend = this.#bend(i)
    return distance(x, z, bend) > REACHED ? bend : this.#bend(this.#following[i] ?? -1)
  }

  /** Returns the whole shortest path from (x, z): its bends and, last, the target. */
  route(x: number, z: number): Point[] {
    const from = nearestClear(x, z)
    const places: Point[] = from.x === x && from.z === z ? [] : [from]
    if (!isWayClear(from.x, from.z, this.target.x, this.target.z)) {
      for (let i = this.#best(from); i >= 0; i = this.#following[i] ?? -1)
        places.push(this.#bend(i))
    }
    return [...places, this.target]
  }

  /** Returns the length in metres of the shortest path from (x, z) to the target. */
  distance(x: number, z: number): number {
    const from = nearestClear(x, z)
    const detour = distance(x, z, from)
    if (isWayClear(from.x, from.z, this.target.x, this.target.z)) {
      return detour + distance(from.x, from.z, this.target)
    }
    const i = this.#best(from)
    return detour + distance(from.x, from.z, this.#bend(i)) + this.#length(i)
  }

  /**
   * Returns the bend, visible from a clear point, through which the path to the target is shortest.
   */
  #best(from: Point): number {
    const lengths = BENDS.map((bend, i) => distance(from.x, from.z, bend) + this.#length(i))
    for (;;) {
      let best = 0
      for (let i = 1; i < lengths.length; i++) {
        if ((lengths[i] as number) < (lengths[best] as number)) best = i // both are in the list
      }
      const bend = this.#bend(best)
      if (lengths[best] === Number.POSITIVE_INFINITY) {
        throw new Error(
          `No way leads from (${from.x}, ${from.z}) to the target: the map is broken.`,
        )
      }
      if (isWayClear(from.x, from.z, bend.x, bend.z)) return best
      lengths[best] = Number.POSITIVE_INFINITY
    }
  }

  #bend(i: number): Point {
    return BENDS[i] ?? this.target
  }

  #length(i: number): number {
    return this.#remaining[i] ?? 0
  }
}

/** Cache of the latest navigators: players head for the same few targets again and again. */
const recent: { x: number; z: number; navigator: Navigator }[] = []
const RECENT_LIMIT = 32

/** Returns a navigator to the target, cached for the RECENT_LIMIT targets created last. */
export function navigatorTo(targetX: number, targetZ: number): Navigator {
  const kept = recent.find(({ x, z }) => x === targetX && z === targetZ)
  if (kept !== undefined) return kept.navigator
  const navigator = new Navigator(targetX, targetZ)
  recent.push({ x: targetX, z: targetZ, navigator })
  if (recent.length > RECENT_LIMIT) recent.shift()
  return navigator
}

/** Returns the next waypoint on the shortest path from (x, z) to the target. */
export function nextWaypoint(x: number, z: number, targetX: number, targetZ: number): Point {
  return navigatorTo(targetX, targetZ).next(x, z)
}

/** Returns the whole shortest path from (x, z): its bends and, last, the target. */
export function routeTo(x: number, z: number, targetX: number, targetZ: number): Point[] {
  return navigatorTo(targetX, targetZ).route(x, z)
}
