/** Geometry of the land: the flat top, the cliffs around it, the bridges. */
import {
  BoxGeometry,
  BufferAttribute,
  BufferGeometry,
  Color,
  ShapeGeometry,
  ShapePath,
} from 'three'
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js'
import { type Point, SEA_LEVEL, type Surface, type World } from '../../island/index.ts'
import { grain } from './grain.ts'
import { fieldOf, resample, traceOutlines } from './outline.ts'
import { shaded } from './shaping.ts'

/** Returns whether a surface is drawn as planks: bridges that are rectangles along the axes; other bridges look like land. */
export function isPlanked({ material, corners }: Surface): boolean {
  const xs = new Set(corners.map(({ x }) => x))
  const zs = new Set(corners.map(({ z }) => z))
  return material === 'bridge' && corners.length === 4 && xs.size === 2 && zs.size === 2
}

/** Spacing of shore points in metres: short enough to keep corners, long enough for visible facets. */
const SHORE_SPACING = 0.55

/** Returns the closed outlines of all land except planked bridges; those of holes run the other way. */
export function shorelines({ map, bounds }: World): Point[][] {
  const field = fieldOf(map.surfaces.filter((surface) => !isPlanked(surface)))
  return traceOutlines(field, bounds, 0.25).map((line) => resample(line, SHORE_SPACING))
}

/** Returns the walkable top at height 0. */
export function landTop(shores: readonly Point[][]): BufferGeometry {
  const path = new ShapePath()
  for (const shore of shores) {
    for (const [i, { x, z }] of shore.entries()) {
      if (i === 0) path.moveTo(x, -z)
      else path.lineTo(x, -z)
    }
  }
  // Tells outlines from holes by their sense of rotation.
  const shapes = shores.length === 0 ? [] : path.toShapes()
  const geometry = new ShapeGeometry(shapes)
  geometry.rotateX(-Math.PI / 2)
  geometry.deleteAttribute('uv')
  return geometry
}

/** Rings of a cliff from the top down: height, outward offset and roughness in metres, and brightness. */
const RINGS = [
  { y: 0, out: 0, rough: 0, shade: 1.25 },
  { y: -0.14, out: 0.05, rough: 0.03, shade: 1.2 },
  { y: -0.4, out: -0.04, rough: 0.12, shade: 1 },
  { y: -0.75, out: 0.1, rough: 0.2, shade: 1.2 },
  { y: -1.1, out: 0.06, rough: 0.24, shade: 0.95 },
  { y: SEA_LEVEL + 0.12, out: 0.34, rough: 0.3, shade: 0.85 },
  { y: SEA_LEVEL - 0.1, out: 0.42, rough: 0.2, shade: 0.5 },
  { y: SEA_LEVEL - 1.6, out: 0.9, rough: 0.4, shade: 0.4 },
] as const

/** Returns faceted rock around the land, with brightness as vertex colours. */
export function cliffs(shores: readonly Point[][]): BufferGeometry {
  const positions: number[] = []
  const colours: number[] = []
  shores.forEach((shore, s) => {
    const rings = RINGS.map((ring, r) => shore.map((_, i) => cliffPoint(shore, i, ring, r + 7 * s)))
    for (let r = 0; r + 1 < RINGS.length; r++) {
      for (let i = 0; i < shore.length; i++) {
        const j = (i + 1) % shore.length
        const quad = [rings[r]?.[i], rings[r]?.[j], rings[r + 1]?.[i], rings[r + 1]?.[j]]
        for (const corner of [0, 1, 2, 1, 3, 2]) {
          const point = quad[corner]
          if (!point) continue
          positions.push(point.x, point.y, point.z)
          colours.push(point.shade, point.shade, point.shade)
        }
      }
    }
  })
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(Float32Array.from(positions), 3))
  geometry.setAttribute('color', new BufferAttribute(Float32Array.from(colours), 3))
  geometry.computeVertexNormals()
  return geometry
}

function cliffPoint(
  shore: readonly Point[],
  i: number,
  ring: (typeof RINGS)[number],
  salt: number,
) {
  const at = shore[i] ?? { x: 0, z: 0 }
  const before = shore[(i + shore.length - 1) % shore.length] ?? at
  const after = shore[(i + 1) % shore.length] ?? at
  const length = Math.hypot(after.x - before.x, after.z - before.z) || 1
  // Land is on the left of the line (z upwards), so outwards is to its right.
  const outX = (after.z - before.z) / length
  const outZ = -(after.x - before.x) / length
  const out = ring.out + ring.rough * (2 * grain(i, salt) - 1)
  const lift = ring.rough * 0.5 * (2 * grain(i, salt + 31) - 1)
  return {
    x: at.x + outX * out,
    y: ring.y + lift,
    z: at.z + outZ * out,
    shade: ring.shade * (0.92 + 0.16 * grain(i, salt + 57)),
  }
}

const PLANK = 0.42

/** Returns the bridges, each of planks on two beams, with brightness as vertex colours; nothing without any. */
export function bridges({ map }: World): BufferGeometry {
  const parts: BufferGeometry[] = []
  for (const { corners } of map.surfaces.filter(isPlanked)) {
    const xs = corners.map(({ x }) => x)
    const zs = corners.map(({ z }) => z)
    const west = Math.min(...xs) - 0.25
    const east = Math.max(...xs) + 0.25
    const north = Math.min(...zs)
    const south = Math.max(...zs)
    const count = Math.round((east - west) / PLANK)
    const width = (east - west) / count
    for (let i = 0; i < count; i++) {
      const plank = box(width - 0.05, 0.12, south - north, 0.8 + 0.4 * grain(i, 91))
      plank.rotateX(0.012 * (grain(i, 97) - 0.5))
      plank.translate(west + (i + 0.5) * width, -0.06, (north + south) / 2)
      parts.push(plank)
    }
    for (const z of [north + 0.2, south - 0.2]) {
      const beam = box(east - west, 0.24, 0.16, 0.55)
      beam.translate((west + east) / 2, -0.24, z)
      parts.push(beam)
    }
  }
  return parts.length === 0 ? new BufferGeometry() : mergeGeometries(parts)
}

function box(width: number, height: number, depth: number, shade: number): BufferGeometry {
  return shaded(new BoxGeometry(width, height, depth), new Color(shade, shade, shade))
}
