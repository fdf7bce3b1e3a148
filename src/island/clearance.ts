/**
 * Clearance tests: where a body can stand, and walk in a straight line, without touching the sea or
 * an obstacle.
 */
import type { Point } from './map.ts'
import { BODY_RADIUS } from './motion.ts'
import { perWorld, type World } from './world.ts'

/** Clearance in metres from a path to the edge of the land, and from a body to an obstacle. */
export const EDGE_CLEARANCE = 0.35
const OBSTACLE_CLEARANCE = 0.1

/** Side of a cell of the clear-land grid, in metres. */
const CELL = 0.25

const DIAGONAL = Math.SQRT1_2

/** Unit vectors in the eight compass directions. */
export const ALL_ROUND: readonly Point[] = [
  { x: 1, z: 0 },
  { x: DIAGONAL, z: DIAGONAL },
  { x: 0, z: 1 },
  { x: -DIAGONAL, z: DIAGONAL },
  { x: -1, z: 0 },
  { x: -DIAGONAL, z: -DIAGONAL },
  { x: 0, z: -1 },
  { x: DIAGONAL, z: -DIAGONAL },
]

/** Grid of the land that is clear of the edge. */
interface ClearLand {
  /** [rows, columns]: 1 where the centre of the cell is on land, clear of the edge; else 0. */
  readonly cells: Uint8Array
  readonly rows: number
  readonly columns: number
  /** Coordinates of the grid's corner; a symmetric world has the cells of its eastern half alone. */
  readonly x: number
  readonly z: number
}

/** Grids by the surfaces of their worlds: those that differ in obstacles alone share one. */
const grids = new WeakMap<World['map']['surfaces'], Map<string, ClearLand>>()

const clearLandOf = perWorld((world): ClearLand => {
  const { surfaces } = world.map
  const ofSurfaces = grids.get(surfaces) ?? new Map<string, ClearLand>()
  grids.set(surfaces, ofSurfaces)
  const name = JSON.stringify(world.bounds)
  const found = ofSurfaces.get(name) ?? clearLand(world)
  ofSurfaces.set(name, found)
  return found
})

function clearLand(world: World): ClearLand {
  const { minX, maxX, minZ, maxZ } = world.bounds
  const x = world.symmetric ? 0 : minX
  const columns = Math.ceil((maxX - x) / CELL)
  const rows = Math.ceil((maxZ - minZ) / CELL)
  const cells = new Uint8Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const atX = x + (column + 0.5) * CELL
      const atZ = minZ + (row + 0.5) * CELL
      const clear = ALL_ROUND.every((side) =>
        world.onLand(atX + side.x * EDGE_CLEARANCE, atZ + side.z * EDGE_CLEARANCE),
      )
      cells[row * columns + column] = clear ? 1 : 0
    }
  }
  return { cells, rows, columns, x, z: minZ }
}

function onClearLand(world: World, land: ClearLand, x: number, z: number): boolean {
  const column = Math.floor((world.fold(x) - land.x) / CELL)
  const row = Math.floor((z - land.z) / CELL)
  const inside = column >= 0 && column < land.columns && row >= 0 && row < land.rows
  return inside && land.cells[row * land.columns + column] === 1
}

/** Returns whether a body can stand at (x, z) with clearance to the sea and the obstacles. */
export function isClear(world: World, x: number, z: number): boolean {
  return isWayClear(world, x, z, x, z)
}

/** Returns whether a body can walk the straight segment between two points with clearance. */
export function isWayClear(
  world: World,
  fromX: number,
  fromZ: number,
  toX: number,
  toZ: number,
): boolean {
  const dx = toX - fromX
  const dz = toZ - fromZ
  const squared = dx * dx + dz * dz
  for (const { x, z, radius } of world.obstacles) {
    const along = squared === 0 ? 0 : ((x - fromX) * dx + (z - fromZ) * dz) / squared
    const t = Math.max(0, Math.min(1, along))
    const awayX = fromX + t * dx - x
    const awayZ = fromZ + t * dz - z
    const room = radius + BODY_RADIUS + OBSTACLE_CLEARANCE
    if (awayX * awayX + awayZ * awayZ < room * room) return false
  }
  const land = clearLandOf(world)
  const samples = Math.ceil(Math.sqrt(squared) / CELL)
  for (let i = 0; i <= samples; i++) {
    const t = samples === 0 ? 0 : i / samples
    if (!onClearLand(world, land, fromX + t * dx, fromZ + t * dz)) return false
  }
  return true
}

/** Returns the point if clear, else a clear cell centre near it; throws a RangeError if none. */
export function nearestClear(world: World, x: number, z: number): Point {
  if (isClear(world, x, z)) return { x, z }
  const centreX = (Math.floor(x / CELL) + 0.5) * CELL
  const centreZ = (Math.floor(z / CELL) + 0.5) * CELL
  const { rows } = clearLandOf(world)
  for (let ring = 1; ring <= rows; ring++) {
    const found = nearestOnRing(world, { x, z }, { x: centreX, z: centreZ }, ring)
    if (found !== undefined) return found
  }
  throw new RangeError(`There is no land near (${x}, ${z}): expected a place on the island.`)
}

/** Returns the clear cell centre nearest to (x, z) on a square ring around the centre, if any. */
function nearestOnRing(world: World, { x, z }: Point, centre: Point, ring: number) {
  let found: Point | undefined
  let shortest = Number.POSITIVE_INFINITY
  for (let i = -ring; i <= ring; i++) {
    for (let j = -ring; j <= ring; j += Math.abs(i) === ring ? 1 : 2 * ring) {
      const place = { x: centre.x + i * CELL, z: centre.z + j * CELL }
      const length = distance(x, z, place)
      if (length < shortest && isClear(world, place.x, place.z)) {
        shortest = length
        found = place
      }
    }
  }
  return found
}

/** Returns the distance from (x, z) to a point, in metres. */
export function distance(x: number, z: number, to: Point): number {
  const dx = to.x - x
  const dz = to.z - z
  return Math.sqrt(dx * dx + dz * dz)
}
