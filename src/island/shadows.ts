/** The shadows of all that stands still, as a grid over the island, cast once per look. */
import { luminance } from './colour.ts'
import type { Look } from './look.ts'
import { BOUNDS, JUMPPADS, OBSTACLES } from './map.ts'
import type { Weather } from './weather.ts'

/** Coarser than the terrain: shadows have soft edges. */
export const SHADE_CELLS_PER_METRE = 4
export const SHADE_WIDTH = (BOUNDS.maxX - BOUNDS.minX) * SHADE_CELLS_PER_METRE
export const SHADE_HEIGHT = (BOUNDS.maxZ - BOUNDS.minZ) * SHADE_CELLS_PER_METRE

/** A byte of the grid for full light. */
export const FULL_LIGHT = 255

/** Shadows of a low sun end here, in metres. */
const LONGEST = 6

/**
 * How much light reaches each cell of the ground, FULL_LIGHT for all of it: rows from north to
 * south, as in the terrain.
 */
export function castShadows({ weather, scenery }: Look): Uint8Array {
  const shade = new Uint8Array(SHADE_WIDTH * SHADE_HEIGHT).fill(FULL_LIGHT)
  const dark = Math.round(FULL_LIGHT * Math.max(0.35, shadowShare(weather)))
  const { sun } = weather
  const cast = (x: number, z: number, radius: number, height: number) => {
    const stretch = Math.min(height / sun.y, LONGEST)
    darken(shade, x, z, x - sun.x * stretch, z - sun.z * stretch, radius, dark)
  }
  for (const { x, z, radius, height } of OBSTACLES) cast(x, z, radius, height)
  for (const { x, z, radius } of JUMPPADS) cast(x, z, radius * 0.8, 0.8)
  for (const { x, y, z, radius, height } of scenery) {
    if (y >= 0) cast(x, z, radius * 0.8, height * 0.8)
  }
  return shade
}

/** Darkens all cells within `radius` of the line from (x0, z0) to (x1, z1). */
function darken(
  shade: Uint8Array,
  x0: number,
  z0: number,
  x1: number,
  z1: number,
  radius: number,
  to: number,
): void {
  const cell = (metres: number, low: number, cells: number) =>
    Math.max(0, Math.min(cells, Math.floor((metres - low) * SHADE_CELLS_PER_METRE)))
  const left = cell(Math.min(x0, x1) - radius, BOUNDS.minX, SHADE_WIDTH - 1)
  const right = cell(Math.max(x0, x1) + radius, BOUNDS.minX, SHADE_WIDTH - 1)
  const top = cell(Math.min(z0, z1) - radius, BOUNDS.minZ, SHADE_HEIGHT - 1)
  const bottom = cell(Math.max(z0, z1) + radius, BOUNDS.minZ, SHADE_HEIGHT - 1)
  const dx = x1 - x0
  const dz = z1 - z0
  const lengthSquared = Math.max(1e-9, dx * dx + dz * dz)
  for (let j = top; j <= bottom; j++) {
    const z = BOUNDS.minZ + (j + 0.5) / SHADE_CELLS_PER_METRE - z0
    for (let i = left; i <= right; i++) {
      const x = BOUNDS.minX + (i + 0.5) / SHADE_CELLS_PER_METRE - x0
      const share = Math.max(0, Math.min(1, (x * dx + z * dz) / lengthSquared))
      const offX = x - share * dx
      const offZ = z - share * dz
      if (offX * offX + offZ * offZ < radius * radius) shade[j * SHADE_WIDTH + i] = to
    }
  }
}

/** How bright a shadow on level ground is, as a share of the ground in the sun. */
function shadowShare({ skylight, sun }: Weather): number {
  const sky = luminance(skylight)
  return sky / (sky + luminance(sun.light) * sun.y)
}
