/** Shadows of all static objects, as a grid over the island, computed once per look. */
import { luminance } from './colour.ts'
import type { Look } from './look.ts'
import { BOUNDS, JUMPPADS, OBSTACLES } from './map.ts'
import type { Weather } from './weather.ts'

/** Resolution of the grid, coarser than the terrain because shadows have soft edges. */
const SHADE_CELLS_PER_METRE = 4
export const SHADE_WIDTH = (BOUNDS.maxX - BOUNDS.minX) * SHADE_CELLS_PER_METRE
const SHADE_HEIGHT = (BOUNDS.maxZ - BOUNDS.minZ) * SHADE_CELLS_PER_METRE

/** Grid value of full light, and the minimum fraction of it that a shadow leaves. */
const FULL_LIGHT = 255
const DARKEST = 0.35

/** Minimum fraction of the light that shadows must remove to be drawn at all. */
const FAINT = 0.05

/** Maximum length of a shadow, in metres, for a low sun. */
const LONGEST = 6

/**
 * Returns the light that reaches each cell of the ground, 255 for all of it: [SHADE_HEIGHT,
 * SHADE_WIDTH], rows from north to south as in the terrain grid.
 */
export function castShadows({ weather, scenery }: Look): Uint8Array {
  const shade = new Uint8Array(SHADE_WIDTH * SHADE_HEIGHT).fill(FULL_LIGHT)
  const share = Math.max(DARKEST, shadowShare(weather))
  if (share > 1 - FAINT) return shade
  const dark = Math.round(FULL_LIGHT * share)
  for (const { x, z, radius, height } of OBSTACLES) {
    cast(shade, weather, x, z, radius, height, dark)
  }
  for (const { x, z, radius } of JUMPPADS) cast(shade, weather, x, z, 0.8 * radius, 0.8, dark)
  for (const { x, y, z, radius, height } of scenery) {
    if (y >= 0) cast(shade, weather, x, z, 0.8 * radius, 0.8 * height, dark)
  }
  return shade
}

/** Returns the brightness of level ground in shadow relative to that in the sun. */
function shadowShare({ skylight, sun }: Weather): number {
  const sky = luminance(skylight)
  return sky / (sky + luminance(sun.light) * sun.y)
}

/** Darkens the ground under an upright object and away from the sun. */
function cast(
  shade: Uint8Array,
  { sun }: Weather,
  x: number,
  z: number,
  radius: number,
  height: number,
  dark: number,
): void {
  const stretch = Math.min(height / sun.y, LONGEST)
  const dx = -sun.x * stretch
  const dz = -sun.z * stretch
  const left = cell(Math.min(x, x + dx) - radius - BOUNDS.minX, SHADE_WIDTH)
  const right = cell(Math.max(x, x + dx) + radius - BOUNDS.minX, SHADE_WIDTH)
  const top = cell(Math.min(z, z + dz) - radius - BOUNDS.minZ, SHADE_HEIGHT)
  const bottom = cell(Math.max(z, z + dz) + radius - BOUNDS.minZ, SHADE_HEIGHT)
  const lengthSquared = Math.max(1e-9, dx * dx + dz * dz)
  for (let j = top; j <= bottom; j++) {
    const offZ = BOUNDS.minZ + (j + 0.5) / SHADE_CELLS_PER_METRE - z
    for (let i = left; i <= right; i++) {
      const offX = BOUNDS.minX + (i + 0.5) / SHADE_CELLS_PER_METRE - x
      // Distance to the segment from the foot to the tip of the shadow.
      const along = (offX * dx + offZ * dz) / lengthSquared
      const share = Math.max(0, Math.min(1, along))
      const asideX = offX - share * dx
      const asideZ = offZ - share * dz
      if (asideX * asideX + asideZ * asideZ < radius * radius) shade[j * SHADE_WIDTH + i] = dark
    }
  }
}

/** Returns the index of the cell `metres` from the grid's edge, clamped to 0…cells − 1. */
function cell(metres: number, cells: number): number {
  return Math.max(0, Math.min(cells - 1, Math.floor(metres * SHADE_CELLS_PER_METRE)))
}
