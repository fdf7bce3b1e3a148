/**
 * The map of the island: flat ground at height 0, divided into convex surfaces that adjoin edge to
 * edge, four obstacles, three jumppads, and sea all around. Modelled on the trajectory heatmap of
 * "Aligning Agents like Large Language Models" (arXiv 2406.04208): spawns at the foot, a neck, a
 * hexagonal head, the left and right jumppads on diagonals off its shoulders.
 *
 * Units are metres; +x is east, −z is north. The map is symmetric under x → −x, and the terrain
 * lookup uses |x|, so that it is symmetric bit for bit.
 */

export interface Point {
  readonly x: number
  readonly z: number
}

export type SurfaceName =
  | 'spawn platform'
  | 'neck'
  | 'head'
  | 'middle jetty'
  | 'west jetty'
  | 'east jetty'
  | 'west platform'
  | 'east platform'
  | 'west bridge'
  | 'east bridge'

/** A convex piece of ground; its corners are in order around it, in either sense of rotation. */
export interface Surface {
  readonly name: SurfaceName
  readonly corners: readonly Point[]
}

/** A solid upright cylinder on the ground; radius and height in metres. */
export interface Obstacle extends Point {
  readonly radius: number
  readonly height: number
}

export type JumppadName = 'left' | 'middle' | 'right'

/** A disc on the ground; touching it ends the episode. Its ramp rises towards `yaw`. */
export interface Jumppad extends Point {
  readonly name: JumppadName
  readonly yaw: number
  readonly radius: number
}

/** Height of the sea surface in metres; the ground is at 0. */
export const SEA_LEVEL = -1.5

/** Rectangle that contains all land and some sea around it, in metres. */
export const BOUNDS = { minX: -21, maxX: 21, minZ: -37, maxZ: 11 } as const

function rectangle(name: SurfaceName, x0: number, x1: number, z0: number, z1: number): Surface {
  const corners = [
    { x: x0, z: z0 },
    { x: x1, z: z0 },
    { x: x1, z: z1 },
    { x: x0, z: z1 },
  ]
  return { name, corners }
}

function mirrored(name: SurfaceName, surface: Surface): Surface {
  return { name, corners: surface.corners.map(({ x, z }) => ({ x: -x, z })) }
}

/** The head. Its shoulder from (15, −19) to (6, −31) has the outward normal (0.8, −0.6). */
const HEAD: Surface = {
  name: 'head',
  corners: [
    { x: 6, z: -8 },
    { x: 15, z: -19 },
    { x: 6, z: -31 },
    { x: -6, z: -31 },
    { x: -15, z: -19 },
    { x: -6, z: -8 },
  ],
}

/**
 * Jetty at a right angle to the middle of the right shoulder, (10.5, −25); 6 m wide, 7.5 m long.
 */
const EAST_JETTY: Surface = {
  name: 'east jetty',
  corners: [
    { x: 12.3, z: -22.6 },
    { x: 18.3, z: -27.1 },
    { x: 14.7, z: -31.9 },
    { x: 8.7, z: -27.4 },
  ],
}

const EAST_BRIDGE = rectangle('east bridge', 3.5, 8, -5.6, -2.6)
const EAST_PLATFORM = rectangle('east platform', 8, 18, -7, 3)

/** All surfaces; the western ones are mirrored from the eastern ones. */
export const SURFACES: readonly Surface[] = [
  rectangle('spawn platform', -5, 5, -1, 8),
  rectangle('neck', -3.5, 3.5, -8, -1),
  HEAD,
  rectangle('middle jetty', -3, 3, -34, -31),
  EAST_JETTY,
  mirrored('west jetty', EAST_JETTY),
  EAST_PLATFORM,
  mirrored('west platform', EAST_PLATFORM),
  EAST_BRIDGE,
  mirrored('west bridge', EAST_BRIDGE),
]

export const OBSTACLES: readonly Obstacle[] = [
  { x: -3.5, z: -15, radius: 1.3, height: 2.6 },
  { x: 3.5, z: -15, radius: 1.3, height: 2.6 },
  { x: -3.5, z: -22, radius: 1.3, height: 2.6 },
  { x: 3.5, z: -22, radius: 1.3, height: 2.6 },
]

/** Yaw of the left shoulder's outward normal: its sine is 0.8 and its cosine 0.6. */
const SHOULDER_YAW = 0.9272952180016122

/** Jumppads from west to east; their names are the sides as seen from the spawns. */
export const JUMPPADS: readonly Jumppad[] = [
  { name: 'left', x: -14.9, z: -28.3, yaw: SHOULDER_YAW, radius: 1.6 },
  { name: 'middle', x: 0, z: -32, yaw: 0, radius: 1.6 },
  { name: 'right', x: 14.9, z: -28.3, yaw: -SHOULDER_YAW, radius: 1.6 },
]

export const SPAWNS: readonly Point[] = [
  { x: -1.5, z: 2.5 },
  { x: 1.5, z: 2.5 },
  { x: -1.5, z: 4.5 },
  { x: 1.5, z: 4.5 },
]

/** A surface as half-planes: (x, z) is inside if nx·x + nz·z + c ≥ −CRACK for each edge. */
interface HalfPlanes {
  readonly minZ: number
  readonly maxZ: number
  /** nx, nz, c of each edge: [edges, 3]. */
  readonly edges: Float64Array
}

/** Margin in metres added to surfaces, so that rounding opens no crack between neighbours. */
const CRACK = 1e-9

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

/** Half-planes of the surfaces in the eastern half, which suffice because `onLand` uses |x|. */
const EASTERN = SURFACES.filter(({ corners }) => corners.some(({ x }) => x > 0)).map(halfPlanes)

/** Returns whether there is ground at (x, z). Mirror-symmetric bit for bit. */
export function onLand(x: number, z: number): boolean {
  const east = Math.abs(x)
  for (const { minZ, maxZ, edges } of EASTERN) {
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
export function obstacleAt(x: number, z: number, radius: number): Obstacle | undefined {
  return OBSTACLES.find((obstacle) => within(x, z, obstacle, obstacle.radius + radius))
}

/** Returns the jumppad whose disc contains (x, z), if any. */
export function jumppadAt(x: number, z: number): Jumppad | undefined {
  return JUMPPADS.find((jumppad) => within(x, z, jumppad, jumppad.radius))
}

function within(x: number, z: number, centre: Point, distance: number): boolean {
  const dx = x - centre.x
  const dz = z - centre.z
  return dx * dx + dz * dz < distance * distance
}
