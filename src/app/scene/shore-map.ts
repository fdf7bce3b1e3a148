/**
 * A small texture of the island from above for shaders: distance to the shore, kind of ground, and
 * ambient occlusion by obstacles and jumppads.
 */
import { DataTexture, LinearFilter, RGBAFormat, UnsignedByteType, Vector4 } from 'three'
import type { Point, World } from '../../island/index.ts'
import { isPlanked } from './land.ts'
import { distanceInside } from './outline.ts'

/** Margin of the texture around the bounds in metres, and its resolution. */
const MARGIN = 12
const TEXELS_PER_METRE = 3

/** Range of signed distances to the shore that maps to 0…1, in metres; half of it is on land. */
export const SHORE_RANGE = 28

/** Shore map of a world with the area that it covers. */
export interface ShoreMap {
  readonly texture: DataTexture
  /** Its north-west corner (x, z), width and depth in metres. */
  readonly area: Vector4
}

/**
 * Returns the texture. Red: distance to the shore, 0.5 at the line, rising on land; bridges count as
 * sea. Green: 1 on platforms. Blue: ambient light, 1 in the open.
 */
export function shoreMap(world: World, shores: readonly Point[][]): ShoreMap {
  const { minX, maxX, minZ, maxZ } = world.bounds
  const area = new Vector4(
    minX - MARGIN,
    minZ - MARGIN,
    maxX - minX + 2 * MARGIN,
    maxZ - minZ + 2 * MARGIN,
  )
  const columns = area.z * TEXELS_PER_METRE
  const rows = area.w * TEXELS_PER_METRE
  const data = new Uint8Array(4 * columns * rows)
  const land = world.map.surfaces.filter((surface) => !isPlanked(surface))
  // At sea the nearest land is on a surface's own few edges; inland, those may run across the land.
  const outlines = land.map(({ corners }) => corners)
  const platforms = world.map.surfaces.filter(({ material }) => material === 'platform')
  for (let row = 0; row < rows; row++) {
    const z = area.y + (row + 0.5) / TEXELS_PER_METRE
    for (let column = 0; column < columns; column++) {
      const x = area.x + (column + 0.5) / TEXELS_PER_METRE
      const inside = land.some((surface) => distanceInside(surface, x, z) >= 0)
      const metres = inside ? nearestLine(shores, x, z) : -nearestLine(outlines, x, z)
      const at = 4 * (row * columns + column)
      data[at] = byte(0.5 + metres / SHORE_RANGE)
      data[at + 1] = platforms.some((surface) => distanceInside(surface, x, z) >= 0) ? 255 : 0
      data[at + 2] = byte(openness(world, x, z))
      data[at + 3] = 255
    }
  }
  const texture = new DataTexture(data, columns, rows, RGBAFormat, UnsignedByteType)
  texture.minFilter = LinearFilter
  texture.magFilter = LinearFilter
  texture.needsUpdate = true
  return { texture, area }
}

function nearestLine(lines: readonly (readonly Point[])[], x: number, z: number): number {
  let nearest = Number.POSITIVE_INFINITY
  for (const line of lines) {
    let before = line.at(-1)
    for (const point of line) {
      if (before) nearest = Math.min(nearest, squaredToSegment(before, point, x, z))
      before = point
    }
  }
  return Math.sqrt(nearest)
}

function squaredToSegment(a: Point, b: Point, x: number, z: number): number {
  const dx = b.x - a.x
  const dz = b.z - a.z
  const along = ((x - a.x) * dx + (z - a.z) * dz) / (dx * dx + dz * dz || 1)
  const share = Math.max(0, Math.min(1, along))
  const offX = a.x + share * dx - x
  const offZ = a.z + share * dz - z
  return offX * offX + offZ * offZ
}

/** Returns the ambient light, 0.45…1: dark right beside obstacles and ramps, which half hide the sky. */
function openness({ obstacles, jumppads }: World, x: number, z: number): number {
  let open = 1
  for (const solid of [...obstacles, ...jumppads]) {
    const gap = Math.hypot(x - solid.x, z - solid.z) - solid.radius
    open = Math.min(open, 0.45 + 0.55 * Math.max(0, Math.min(1, gap / 1.3)))
  }
  return open
}

function byte(share: number): number {
  return Math.round(255 * Math.max(0, Math.min(1, share)))
}
