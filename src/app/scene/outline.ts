/**
 * Traces the shore as closed lines along which a scalar field is zero, cell by cell (marching
 * squares). Works for any field, so that a change of the map needs no change here.
 */
import type { Point, Surface } from '../../island/index.ts'

/** Returns the distance in metres to the edge of a convex surface: positive inside, negative outside. */
export function distanceInside({ corners }: Surface, x: number, z: number): number {
  let area = 0
  let nearest = Number.POSITIVE_INFINITY
  let farthest = Number.NEGATIVE_INFINITY
  let from = corners.at(-1)
  // Called tens of thousands of times for a shore map, hence a plain loop.
  for (const to of corners) {
    if (!from) break
    const dx = to.x - from.x
    const dz = to.z - from.z
    area += from.x * to.z - to.x * from.z
    const side = (dx * (z - from.z) - dz * (x - from.x)) / Math.sqrt(dx * dx + dz * dz)
    nearest = Math.min(nearest, side)
    farthest = Math.max(farthest, side)
    from = to
  }
  return area > 0 ? nearest : -farthest
}

/** Metres by which surfaces are expanded, so that no seam opens between neighbours. */
const SEAM = 0.02

/** Returns a function for the distance in metres to the edge of the surfaces' union, positive inside. */
export function fieldOf(surfaces: readonly Surface[]): (x: number, z: number) => number {
  return (x, z) => {
    let highest = Number.NEGATIVE_INFINITY
    for (const surface of surfaces) highest = Math.max(highest, distanceInside(surface, x, z))
    return highest + SEAM
  }
}

interface Area {
  readonly minX: number
  readonly maxX: number
  readonly minZ: number
  readonly maxZ: number
}

/**
 * Returns the closed lines around the area where `field` is positive, counter-clockwise on paper with
 * z upwards; holes run the other way. `cell` is the grid spacing in metres. The field may change by at
 * most 1 m per metre, as distances do.
 */
export function traceOutlines(
  field: (x: number, z: number) => number,
  area: Area,
  cell: number,
): Point[][] {
  const next = new Map<string, { from: Point; to: Point }>()
  // Avoids round numbers, where maps have their edges: a crossing at a grid point would be ambiguous.
  const shift = 0.371 * cell
  for (let x = area.minX - shift; x < area.maxX; x += cell) {
    for (let z = area.minZ - shift; z < area.maxZ; z += cell) {
      // Most cells are too far from the shore to be crossed by it.
      if (Math.abs(field(x + cell / 2, z + cell / 2)) > cell) continue
      for (const segment of crossCell(field, x, z, cell)) next.set(name(segment.from), segment)
    }
  }
  const outlines: Point[][] = []
  while (next.size > 0) {
    const outline: Point[] = []
    let [key] = next.keys()
    for (let segment = key && next.get(key); segment && key; segment = next.get(key)) {
      outline.push(segment.from)
      next.delete(key)
      key = name(segment.to)
    }
    if (outline.length > 2) outlines.push(outline)
  }
  return outlines
}

/** Returns a key for a crossing, equal in neighbouring cells because rounding hides the last bits. */
function name({ x, z }: Point): string {
  return `${Math.round(x * 1e5)} ${Math.round(z * 1e5)}`
}

/** Returns the segments of the outline through one cell, with land on the left. */
function crossCell(
  field: (x: number, z: number) => number,
  x: number,
  z: number,
  cell: number,
): { from: Point; to: Point }[] {
  const corners = [
    { x, z },
    { x: x + cell, z },
    { x: x + cell, z: z + cell },
    { x, z: z + cell },
  ].map((corner) => ({ ...corner, height: field(corner.x, corner.z) }))
  const leaves: Point[] = []
  const enters: Point[] = []
  corners.forEach((a, i) => {
    const b = corners[(i + 1) % 4] ?? a
    if (a.height > 0 === b.height > 0) return
    const share = a.height / (a.height - b.height)
    const crossing = { x: a.x + (b.x - a.x) * share, z: a.z + (b.z - a.z) * share }
    if (a.height > 0) leaves.push(crossing)
    else enters.push(crossing)
  })
  // Going round a cell, land ends at `leaves` and begins again at the `enters` after it.
  return leaves.flatMap((from, i) => {
    const to = enters[i]
    return to ? [{ from, to }] : []
  })
}

/** Returns the same closed line with points about `spacing` metres apart. */
export function resample(outline: readonly Point[], spacing: number): Point[] {
  const lengths = outline.map((from, i) => {
    const to = outline[(i + 1) % outline.length] ?? from
    return Math.hypot(to.x - from.x, to.z - from.z)
  })
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const count = Math.max(3, Math.round(total / spacing))
  const points: Point[] = []
  let edge = 0
  let before = 0
  for (let i = 0; i < count; i++) {
    const along = (i * total) / count
    while (before + (lengths[edge] ?? 0) < along && edge < outline.length - 1) {
      before += lengths[edge] ?? 0
      edge++
    }
    const from = outline[edge]
    const to = outline[(edge + 1) % outline.length]
    if (!from || !to) break
    const share = (along - before) / (lengths[edge] || 1)
    points.push({ x: from.x + (to.x - from.x) * share, z: from.z + (to.z - from.z) * share })
  }
  return points
}
