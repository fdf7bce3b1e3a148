/** An island as a world to play in: its map, with fast answers about every place. */
import { canonicalJson } from './canonical-json.ts'
import { Digest } from './digest.ts'
import type { IslandMap, Jumppad, JumppadName, Obstacle, Point, Rectangle, Surface } from './map.ts'
import { HOME_MAP } from './maps/home.ts'

/** A surface as half-planes: (x, z) is inside if nx·x + nz·z + c ≥ −CRACK for each edge. */
interface HalfPlanes {
  readonly minZ: number
  readonly maxZ: number
  /** nx, nz, c of each edge: [edges, 3]. */
  readonly edges: Float64Array
}

/** Margin in metres added to surfaces, so that rounding opens no crack between neighbours. */
const CRACK = 1e-9

/** Everything about an island that never changes during an episode. */
export class World {
  readonly map: IslandMap
  readonly jumppads: readonly Jumppad[]
  /** Names of the jumppads, in their order. */
  readonly outcomes: readonly JumppadName[]
  /** Endings of episodes: 'none' and the outcomes. */
  readonly endings: readonly JumppadName[]
  readonly obstacles: readonly Obstacle[]
  readonly bounds: Rectangle
  /** Whether the ground is its own mirror image under x → −x. Then all lookups use |x|, so that they are symmetric bit for bit. */
  readonly symmetric: boolean
  readonly #halfPlanes: readonly HalfPlanes[]

  constructor(map: IslandMap) {
    this.map = map
    this.jumppads = map.jumppads
    this.outcomes = map.jumppads.map(({ name }) => name)
    this.endings = ['none', ...this.outcomes]
    this.obstacles = map.obstacles
    this.bounds = map.bounds ?? boundsOf(map.surfaces)
    this.symmetric = isSymmetric(map.surfaces)
    // With |x|, surfaces in the eastern half suffice.
    this.#halfPlanes = map.surfaces
      .filter(({ corners }) => !this.symmetric || corners.some(({ x }) => x > 0))
      .map(halfPlanes)
  }

  /** Returns the coordinate by which the ground at `x` is looked up. */
  fold(x: number): number {
    return this.symmetric ? Math.abs(x) : x
  }

  /** Returns whether there is ground at (x, z). */
  onLand(x: number, z: number): boolean {
    const east = this.fold(x)
    for (const { minZ, maxZ, edges } of this.#halfPlanes) {
      if (z < minZ - CRACK || z > maxZ + CRACK) continue
      let i = 0
      while (i < edges.length) {
        // The length is a multiple of three, so all three reads are in range.
        const side = (edges[i] as number) * east + (edges[i + 1] as number) * z
        if (side + (edges[i + 2] as number) < -CRACK) break
        i += 3
      }
      if (i === edges.length) return true
    }
    return false
  }

  /** Returns an obstacle that a disc of this radius at (x, z) overlaps, if any. */
  obstacleAt(x: number, z: number, radius: number): Obstacle | undefined {
    return this.obstacles.find((obstacle) => within(x, z, obstacle, obstacle.radius + radius))
  }

  /** Returns the jumppad whose disc contains (x, z), if any. */
  jumppadAt(x: number, z: number): Jumppad | undefined {
    return this.jumppads.find((jumppad) => within(x, z, jumppad, jumppad.radius))
  }
}

/** Width in metres of the sea between the land and a world's bounds: room for surf and sea rocks. */
const MARGIN = 3

function boundsOf(surfaces: readonly Surface[]): Rectangle {
  const corners = surfaces.flatMap((surface) => surface.corners)
  // An island that is being drawn may have no land left.
  if (corners.length === 0) corners.push({ x: 0, z: 0 })
  const xs = corners.map(({ x }) => x)
  const zs = corners.map(({ z }) => z)
  return {
    minX: Math.floor(Math.min(...xs)) - MARGIN,
    maxX: Math.ceil(Math.max(...xs)) + MARGIN,
    minZ: Math.floor(Math.min(...zs)) - MARGIN,
    maxZ: Math.ceil(Math.max(...zs)) + MARGIN,
  }
}

function isSymmetric(surfaces: readonly Surface[]): boolean {
  const name = (corners: readonly Point[], sign: number) =>
    corners
      .map(({ x, z }) => `${sign * x + 0} ${z}`)
      .toSorted()
      .join(' ')
  const names = new Set(surfaces.map(({ corners }) => name(corners, 1)))
  return surfaces.every(({ corners }) => names.has(name(corners, -1)))
}

function halfPlanes(surface: Surface): HalfPlanes {
  const { corners } = surface
  const edges: number[] = []
  const inside = { x: 0, z: 0 }
  for (const corner of corners) {
    inside.x += corner.x / corners.length
    inside.z += corner.z / corners.length
  }
  corners.forEach((from, i) => {
    const to = corners[(i + 1) % corners.length] ?? from
    const length = Math.sqrt((to.x - from.x) * (to.x - from.x) + (to.z - from.z) * (to.z - from.z))
    const nx = (to.z - from.z) / length
    const nz = (from.x - to.x) / length
    const c = -(nx * from.x + nz * from.z)
    const sign = Math.sign(nx * inside.x + nz * inside.z + c)
    edges.push(sign * nx, sign * nz, sign * c)
  })
  const zs = corners.map(({ z }) => z)
  return { minZ: Math.min(...zs), maxZ: Math.max(...zs), edges: Float64Array.from(edges) }
}

function within(x: number, z: number, centre: Point, distance: number): boolean {
  const dx = x - centre.x
  const dz = z - centre.z
  return dx * dx + dz * dz < distance * distance
}

/** Returns a function that computes something of a world once, and keeps it as long as the world. */
export function perWorld<T extends object>(compute: (world: World) => T): (world: World) => T {
  const kept = new WeakMap<World, T>()
  return (world) => {
    let found = kept.get(world)
    if (found === undefined) {
      found = compute(world)
      kept.set(world, found)
    }
    return found
  }
}

/** The island of the paper, on which all shipped agents were trained. */
export const HOME = new World(HOME_MAP)

const byMap = new WeakMap<IslandMap, World>([[HOME_MAP, HOME]])
/** Worlds used last, by their maps as JSON, oldest first: maps that were sent or read are other objects. */
const recent = new Map<string, World>()
/** Maximum number of these: more islands than a page or an experiment has at a time. */
const RECENT_LIMIT = 16

/** Returns the world that an episode is played in. */
export function worldOf({ island = HOME_MAP }: { readonly island?: IslandMap | undefined }): World {
  const known = byMap.get(island)
  if (known !== undefined) return known
  const text = canonicalJson(island)
  const world = text === homeText() ? HOME : (recent.get(text) ?? new World(island))
  byMap.set(island, world)
  if (world === HOME) return world
  recent.delete(text)
  recent.set(text, world)
  for (const oldest of [...recent.keys()].slice(0, -RECENT_LIMIT)) recent.delete(oldest)
  return world
}

const digests = perWorld(({ map }) => {
  const digest = new Digest()
  for (const character of canonicalJson(map)) digest.addNumber(character.codePointAt(0) ?? 0)
  return { hex: digest.hex() }
})

/** Returns a digest of an island's map, 16 hexadecimal digits, the same whatever the order of its fields. */
export function mapDigest(island: IslandMap): string {
  return digests(worldOf({ island })).hex
}

let homeJson: string | undefined
function homeText(): string {
  homeJson ??= canonicalJson(HOME_MAP)
  return homeJson
}
