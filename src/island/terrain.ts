/**
 * What the ground is made of at every place, as a fine grid: made once from the map, so that the
 * renderer can ask for every pixel.
 */
import { BOUNDS, onLand, SURFACES, type Surface } from './map.ts'

export const CELLS_PER_METRE = 8
export const GRID_WIDTH = (BOUNDS.maxX - BOUNDS.minX) * CELLS_PER_METRE
export const GRID_HEIGHT = (BOUNDS.maxZ - BOUNDS.minZ) * CELLS_PER_METRE

/** What a cell holds. Land comes from LAND on; outside the grid there is open sea. */
export const OPEN_SEA = 0
export const SURF = 1
export const LAND = 2
export const GROUND = 2
export const GROUND_KERB = 3
export const PLATFORM = 4
export const PLATFORM_KERB = 5

/** Metres of kerb along the edge of land, and of foam along it in the sea. */
const KERB_WIDTH = 0.3
const SURF_WIDTH = 0.55

let grid: Uint8Array | undefined

/** The grid: rows from north (minZ) to south, each from west (minX) to east. */
export function terrain(): Uint8Array {
  grid ??= survey()
  return grid
}

function survey(): Uint8Array {
  const cells = new Uint8Array(GRID_WIDTH * GRID_HEIGHT)
  const platforms = SURFACES.filter(({ name }) => /platform|bridge/.test(name))
  for (let j = 0; j < GRID_HEIGHT; j++) {
    const z = BOUNDS.minZ + (j + 0.5) / CELLS_PER_METRE
    for (let i = 0; i < GRID_WIDTH; i++) {
      const x = BOUNDS.minX + (i + 0.5) / CELLS_PER_METRE
      if (!onLand(x, z)) {
        cells[j * GRID_WIDTH + i] = landWithin(SURF_WIDTH, x, z) ? SURF : OPEN_SEA
        continue
      }
      const material = platforms.some((surface) => inside(surface, x, z)) ? PLATFORM : GROUND
      cells[j * GRID_WIDTH + i] = material + (allLandWithin(KERB_WIDTH, x, z) ? 0 : 1)
    }
  }
  return cells
}

/** Eight directions, near enough a circle. */
const AROUND = [-1, -0.7, 0, 0.7, 1].flatMap((dx) =>
  [-1, -0.7, 0, 0.7, 1]
    .filter((dz) => Math.abs(dx * dx + dz * dz - 1) < 0.1)
    .map((dz) => ({ dx, dz })),
)

function landWithin(distance: number, x: number, z: number): boolean {
  return AROUND.some(({ dx, dz }) => onLand(x + dx * distance, z + dz * distance))
}

function allLandWithin(distance: number, x: number, z: number): boolean {
  return AROUND.every(({ dx, dz }) => onLand(x + dx * distance, z + dz * distance))
}

/** Whether the point is on the same side of every edge of the convex surface. */
function inside({ corners }: Surface, x: number, z: number): boolean {
  let left = 0
  let right = 0
  corners.forEach((from, i) => {
    const to = corners[(i + 1) % corners.length] ?? from
    const side = (to.x - from.x) * (z - from.z) - (to.z - from.z) * (x - from.x)
    if (side > 0) left++
    if (side < 0) right++
  })
  return left === 0 || right === 0
}
