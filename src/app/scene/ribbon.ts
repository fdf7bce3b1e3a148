/** Flat ribbons for paths over the ground. */
import { BufferAttribute, BufferGeometry, Color, DynamicDrawUsage } from 'three'
import { stageColour } from '../stages.ts'
import { LONGEST_PIECE, type Trail } from '../stores/live.ts'

/** Returns an empty geometry with room for `pieces` segments, to be filled by `layRibbons`. */
export function ribbonGeometry(pieces: number): BufferGeometry {
  const geometry = new BufferGeometry()
  for (const [name, size] of [
    ['position', 3],
    ['color', 4],
  ] as const) {
    const attribute = new BufferAttribute(new Float32Array(6 * pieces * size), size)
    attribute.setUsage(DynamicDrawUsage)
    geometry.setAttribute(name, attribute)
  }
  geometry.setDrawRange(0, 0)
  return geometry
}

interface RibbonStyle {
  readonly width: number
  readonly height: number
  /** Opacity of the trail at an index, 0…1. */
  opacity(index: number): number
}

/** Writes the trails as quads in the colours of their stages, until the geometry is full. */
export function layRibbons(
  geometry: BufferGeometry,
  trails: readonly Trail[],
  style: RibbonStyle,
): void {
  const positions = geometry.getAttribute('position')
  const colours = geometry.getAttribute('color')
  const tint = new Color()
  let at = 0
  trails.forEach(({ points, stage }, index) => {
    tint.set(stageColour(stage).scene)
    const opacity = style.opacity(index)
    for (let i = 0; i + 3 < points.length && at + 6 <= positions.count; i += 2) {
      const corners = quad(points, i, style.width / 2)
      if (!corners) continue
      for (const { x, z } of corners) {
        positions.setXYZ(at, x, style.height, z)
        colours.setXYZW(at, tint.r, tint.g, tint.b, opacity)
        at++
      }
    }
  })
  positions.needsUpdate = true
  colours.needsUpdate = true
  geometry.setDrawRange(0, at)
}

/** Returns two triangles along a segment, mitred by sharing its neighbours' normals; undefined for a jump. */
function quad(points: readonly number[], i: number, half: number) {
  const from = normalAt(points, i)
  const to = normalAt(points, i + 2)
  const x0 = points[i] ?? 0
  const z0 = points[i + 1] ?? 0
  const x1 = points[i + 2] ?? 0
  const z1 = points[i + 3] ?? 0
  if (Math.hypot(x1 - x0, z1 - z0) > LONGEST_PIECE) return undefined
  const a = { x: x0 + from.x * half, z: z0 + from.z * half }
  const b = { x: x0 - from.x * half, z: z0 - from.z * half }
  const c = { x: x1 + to.x * half, z: z1 + to.z * half }
  const d = { x: x1 - to.x * half, z: z1 - to.z * half }
  return [a, b, c, b, d, c]
}

/** Returns the horizontal unit vector across the path at a point. */
function normalAt(points: readonly number[], i: number): { x: number; z: number } {
  const before = Math.max(0, i - 2)
  const after = Math.min(points.length - 2, i + 2)
  const dx = (points[after] ?? 0) - (points[before] ?? 0)
  const dz = (points[after + 1] ?? 0) - (points[before + 1] ?? 0)
  const length = Math.hypot(dx, dz) || 1
  return { x: dz / length, z: -dx / length }
}
