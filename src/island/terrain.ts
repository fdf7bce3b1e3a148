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

/** Cells of kerb along the edge of land (0.25 m), and of foam along it in the sea (0.5 m). */
const KERB_CELLS = 2
const SURF_CELLS = 4

let grid: Uint8Array | undefined

/** The grid: rows from north (minZ) to south, each from west (minX) to east. */
export function terrain(): Uint8Array {
  grid ??= survey()
  return grid
}

function survey(): Uint8Array {
  const land = surveyLand()
  const cells = Uint8Array.from(land)
  for (let j = 0; j < GRID_HEIGHT; j++) {
    for (let i = 0; i < GRID_WIDTH; i++) {
      const at = j * GRID_WIDTH + i
      const here = land[at] ?? OPEN_SEA
      const reach = here === OPEN_SEA ? SURF_CELLS : KERB_CELLS
      if (!isNearShore(land, i, j, reach)) continue
      cells[at] = here === OPEN_SEA ? SURF : here + 1
    }
  }
  return cells
}

/** OPEN_SEA, GROUND or PLATFORM in each cell, by its middle. */
function surveyLand(): Uint8Array {
  const land = new Uint8Array(GRID_WIDTH * GRID_HEIGHT)
  const platforms = SURFACES.filter(({ name }) => /platform|bridge/.test(name))
  for (let j = 0; j < GRID_HEIGHT; j++) {
    const z = BOUNDS.minZ + (j + 0.5) / CELLS_PER_METRE
    for (let i = 0; i < GRID_WIDTH; i++) {
      const x = BOUNDS.minX + (i + 0.5) / CELLS_PER_METRE
      if (!onLand(x, z)) continue
      const isPlatform = platforms.some((surface) => isInside(surface, x, z))
      land[j * GRID_WIDTH + i] = isPlatform ? PLATFORM : GROUND
    }
  }
  return land
}

/** Whether eight cells around, so many away, are not all land or all sea like the cell itself. */
function isNearShore(land: Uint8Array, i: number, j: number, reach: number): boolean {
  const isLand = (land[j * GRID_WIDTH + i] ?? OPEN_SEA) !== OPEN_SEA
  for (let dj = -reach; dj <= reach; dj += reach) {
    for (let di = -reach; di <= reach; di += reach) {
      // The island keeps away from the grid's edges, where cells would be taken from the next row.
      const other = land[(j + dj) * GRID_WIDTH + i + di] ?? OPEN_SEA
      if ((other !== OPEN_SEA) !== isLand) return true
    }
  }
  return false
}

/** Whether the point is on the same side of every edge of the convex surface. */
function isInside({ corners }: Surface, x: number, z: number): boolean {
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
