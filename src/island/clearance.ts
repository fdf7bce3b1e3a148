/**
 * Clearance tests: where a body can stand, and walk in a straight line, without touching the sea or
 * an obstacle.
 */
import { BOUNDS, OBSTACLES, onLand, type Point } from './map.ts'
import { BODY_RADIUS } from './motion.ts'

/** Clearance in metres from a path to the edge of the land, and from a body to an obstacle. */
export const EDGE_CLEARANCE = 0.35
const OBSTACLE_CLEARANCE = 0.1

/** Side of a cell of the clear-land grid, in metres. */
const CELL = 0.25
const COLUMNS = Math.ceil(BOUNDS.maxX / CELL)
const ROWS = Math.ceil((BOUNDS.maxZ - BOUNDS.minZ) / CELL)

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

/** [ROWS, COLUMNS], x ≥ 0: 1 where the centre of the cell is on land, clear of the edge; else 0. */
let clearCells: Uint8Array | undefined

function clearLand(): Uint8Array {
  if (clearCells === undefined) {
    clearCells = new Uint8Array(ROWS * COLUMNS)
    for (let row = 0; row < ROWS; row++) {
      for (let column = 0; column < COLUMNS; column++) {
        const x = (column + 0.5) * CELL
        const z = BOUNDS.minZ + (row + 0.5) * CELL
        const clear = ALL_ROUND.every((side) =>
          onLand(x + side.x * EDGE_CLEARANCE, z + side.z * EDGE_CLEARANCE),
        )
        clearCells[row * COLUMNS + column] = clear ? 1 : 0
      }
    }
  }
  return clearCells
}

function onClearLand(cells: Uint8Array, x: number, z: number): boolean {
  const column = Math.floor(Math.abs(x) / CELL)
  const row = Math.floor((z - BOUNDS.minZ) / CELL)
  return column < COLUMNS && row >= 0 && row < ROWS && cells[row * COLUMNS + column] === 1
}

/** Returns whether a body can stand at (x, z) with clearance to the sea and the obstacles. */
export function isClear(x: number, z: number): boolean {
  return isWayClear(x, z, x, z)
}

/** Returns whether a body can walk the straight segment between two points with clearance. */
export function isWayClear(fromX: number, fromZ: number, toX: number, toZ: number): boolean {
  const dx = toX - fromX
  const dz = toZ - fromZ
  const squared = dx * dx + dz * dz
  for (const { x, z, radius } of OBSTACLES) {
    const along = squared === 0 ? 0 : ((x - fromX) * dx + (z - fromZ) * dz) / squared
    const t = Math.max(0, Math.min(1, along))
    const awayX = fromX + t * dx - x
    const awayZ = fromZ + t * dz - z
    const room = radius + BODY_RADIUS + OBSTACLE_CLEARANCE
    if (awayX * awayX + awayZ * awayZ < room * room) return false
  }
  const cells = clearLand()
  const samples = Math.ceil(Math.sqrt(squared) / CELL)
  for (let i = 0; i <= samples; i++) {
    const t = samples === 0 ? 0 : i / samples
    if (!onClearLand(cells, fromX + t * dx, fromZ + t * dz)) return false
  }
  return true
}

/** Returns the point if clear, else a clear cell centre near it; throws a RangeError if none. */
export function nearestClear(x: number, z: number): Point {
  if (isClear(x, z)) return { x, z }
  const centreX = (Math.floor(x / CELL) + 0.5) * CELL
  const centreZ = (Math.floor(z / CELL) + 0.5) * CELL
  for (let ring = 1; ring <= ROWS; ring++) {
    const found = nearestOnRing(x, z, centreX, centreZ, ring)
    if (found !== undefined) return found
  }
  throw new RangeError(`There is no land near (${x}, ${z}): expected a place on the island.`)
}

/** Returns the clear cell centre nearest to (x, z) on a square ring around the centre, if any. */
function nearestOnRing(x: number, z: number, centreX: number, centreZ: number, ring: number) {
  let found: Point | undefined
  let shortest = Number.POSITIVE_INFINITY
  for (let i = -ring; i <= ring; i++) {
    for (let j = -ring; j <= ring; j += Math.abs(i) === ring ? 1 : 2 * ring) {
      const place = { x: centreX + i * CELL, z: centreZ + j * CELL }
      const length = distance(x, z, place)
      if (length < shortest && isClear(place.x, place.z)) {
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
