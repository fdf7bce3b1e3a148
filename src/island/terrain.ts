/**
 * Terrain grid: the kind of surface in every cell of a fine grid, computed once for a world,
 * so that the renderer can look it up for every pixel.
 */
import type { Surface } from './map.ts'
import { perWorld, type World } from './world.ts'

export const CELLS_PER_METRE = 8

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

export interface Terrain {
  /** Cell codes [height, width], rows from north (minZ), cells from west (minX). */
  readonly cells: Uint8Array
  readonly width: number
  readonly height: number
}

/** Returns the terrain of a world. */
export const terrainOf = perWorld((world): Terrain => {
  const land = surveyLand(world)
  const { width, height } = land
  const cells = Uint8Array.from(land.cells)
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++) {
      const at = j * width + i
      const here = land.cells[at] ?? OPEN_SEA
      const reach = here === OPEN_SEA ? SURF_CELLS : KERB_CELLS
      if (!isNearShore(land, i, j, reach)) continue
      cells[at] = here === OPEN_SEA ? SURF : here + 1
    }
  }
  return { cells, width, height }
})

/** Returns OPEN_SEA, GROUND or PLATFORM for each cell, sampled at its centre. */
function surveyLand(world: World): Terrain {
  const { minX, maxX, minZ, maxZ } = world.bounds
  const width = (maxX - minX) * CELLS_PER_METRE
  const height = (maxZ - minZ) * CELLS_PER_METRE
  const cells = new Uint8Array(width * height)
  const platforms = world.map.surfaces.filter(({ material }) => material !== 'ground')
  for (let j = 0; j < height; j++) {
    const z = minZ + (j + 0.5) / CELLS_PER_METRE
    for (let i = 0; i < width; i++) {
      const x = minX + (i + 0.5) / CELLS_PER_METRE
      if (!world.onLand(x, z)) continue
      const isPlatform = platforms.some((surface) => isInside(surface, x, z))
      cells[j * width + i] = isPlatform ? PLATFORM : GROUND
    }
  }
  return { cells, width, height }
}

/**
 * Returns whether any of the eight cells `reach` away is land where this one is sea, or vice versa.
 */
function isNearShore({ cells, width }: Terrain, i: number, j: number, reach: number): boolean {
  const isLand = (cells[j * width + i] ?? OPEN_SEA) !== OPEN_SEA
  for (let dj = -reach; dj <= reach; dj += reach) {
    for (let di = -reach; di <= reach; di += reach) {
      // There is no land near the grid's edges, where this would wrap into the next row.
      const other = cells[(j + dj) * width + i + di] ?? OPEN_SEA
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
