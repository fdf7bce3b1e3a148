/**
 * Terrain grid: the kind of surface in every cell of a fine grid, computed once from the map, so
 * that the renderer can look it up for every pixel.
 */
import { BOUNDS, onLand, SURFACES, type Surface } from './map.ts'

export const CELLS_PER_METRE = 8
export const GRID_WIDTH = (BOUNDS.maxX - BOUNDS.minX) * CELLS_PER_METRE
export const GRID_HEIGHT = (BOUNDS.maxZ - BOUNDS.minZ) * CELLS_PER_METRE

/** Cell codes. Codes from LAND up are land; everything outside the grid is open sea. */
export const OPEN_SEA = 0
export const SURF = 1
export const LAND = 2
export const GROUND = 2
export const GROUND_KERB = 3
export const PLATFORM = 4
export const PLATFORM_KERB = 5

/** Widths in cells of the kerb along the edge of the land (0.25 m) and of the surf (0.5 m). */
const KERB_CELLS = 2
const SURF_CELLS = 4

let grid: Uint8Array | undefined

/** Returns the grid [GRID_HEIGHT, GRID_WIDTH], rows from north (minZ), cells from west (minX). */
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

/** Returns OPEN_SEA, GROUND or PLATFORM for each cell, sampled at its centre. */
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

/**
 * Returns whether any of the eight cells `reach` away is land where this one is sea, or vice versa.
 */
function isNearShore(land: Uint8Array, i: number, j: number, reach: number): boolean {
  const isLand = (land[j * GRID_WIDTH + i] ?? OPEN_SEA) !== OPEN_SEA
  for (let dj = -reach; dj <= reach; dj += reach) {
    for (let di = -reach; di <= reach; di += reach) {
      // There is no land near the grid's edges, where this would wrap into the next row.
      const other = land[(j + dj) * GRID_WIDTH + i + di] ?? OPEN_SEA
      if ((other !== OPEN_SEA) !== isLand) return true
    }
  }
  return false
}

/** Returns whether the convex surface contains the point, its boundary included. */
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
