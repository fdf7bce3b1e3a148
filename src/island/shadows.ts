/** Shadows of all static objects, as a grid over the island, computed once per look. */
import { luminance } from './colour.ts'
import type { Look } from './look.ts'
import type { Obstacle, Rectangle } from './map.ts'
import type { Weather } from './weather.ts'

/** Resolution of the grid, coarser than the terrain because shadows have soft edges. */
const SHADE_CELLS_PER_METRE = 4

/** Grid value of full light, and the minimum fraction of it that a shadow leaves. */
const FULL_LIGHT = 255
const DARKEST = 0.35

/** Minimum fraction of the light that shadows must remove to be drawn at all. */
const FAINT = 0.05

/** Maximum length of a shadow, in metres, for a low sun. */
const LONGEST = 6

/** Light that reaches the ground: 255 for all of it. */
export interface Shade {
  /** [height, width], rows from north to south as in the terrain grid. */
  readonly cells: Uint8Array
  readonly width: number
  readonly height: number
}

/** Returns the light that reaches each cell of a look's ground. */
export function castShadows({ world, weather, scenery }: Look): Shade {
  const { minX, maxX, minZ, maxZ } = world.bounds
  const width = (maxX - minX) * SHADE_CELLS_PER_METRE
  const height = (maxZ - minZ) * SHADE_CELLS_PER_METRE
  const cells = new Uint8Array(width * height).fill(FULL_LIGHT)
  const shade = { cells, width, height }
  const share = Math.max(DARKEST, shadowShare(weather))
  if (share > 1 - FAINT) return shade
  const dark = Math.round(FULL_LIGHT * share)
  const under = (x: number, z: number, radius: number, high: number) =>
    cast(shade, world.bounds, weather, { x, z, radius, height: high }, dark)
  for (const { x, z, radius, height: high } of world.obstacles) under(x, z, radius, high)
  for (const { x, z, radius } of world.jumppads) under(x, z, 0.8 * radius, 0.8)
  for (const { x, y, z, radius, height: high } of scenery) {
    if (y >= 0) under(x, z, 0.8 * radius, 0.8 * high)
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
  { cells, width, height }: Shade,
  { minX, minZ }: Rectangle,
  { sun }: Weather,
  thing: Obstacle,
  dark: number,
): void {
  const { x, z, radius } = thing
  const stretch = Math.min(thing.height / sun.y, LONGEST)
  const dx = -sun.x * stretch
  const dz = -sun.z * stretch
  const left = cell(Math.min(x, x + dx) - radius - minX, width)
  const right = cell(Math.max(x, x + dx) + radius - minX, width)
  const top = cell(Math.min(z, z + dz) - radius - minZ, height)
  const bottom = cell(Math.max(z, z + dz) + radius - minZ, height)
  const lengthSquared = Math.max(1e-9, dx * dx + dz * dz)
  for (let j = top; j <= bottom; j++) {
    const offZ = minZ + (j + 0.5) / SHADE_CELLS_PER_METRE - z
    for (let i = left; i <= right; i++) {
      const offX = minX + (i + 0.5) / SHADE_CELLS_PER_METRE - x
      // Distance to the segment from the foot to the tip of the shadow.
      const along = (offX * dx + offZ * dz) / lengthSquared
      const share = Math.max(0, Math.min(1, along))
      const asideX = offX - share * dx
      const asideZ = offZ - share * dz
      if (asideX * asideX + asideZ * asideZ < radius * radius) cells[j * width + i] = dark
    }
  }
}

/** Returns the index of the cell `metres` from the grid's edge, clamped to 0…cells − 1. */
function cell(metres: number, cells: number): number {
  return Math.max(0, Math.min(cells - 1, Math.floor(metres * SHADE_CELLS_PER_METRE)))
}
