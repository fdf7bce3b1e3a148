/** Geometry of a jumppad: a wedge with rails, and the panel that lies on it and throws. */
import { BufferAttribute, type BufferGeometry, CylinderGeometry, RingGeometry } from 'three'
import { RoundedBoxGeometry } from 'three/addons/geometries/RoundedBoxGeometry.js'
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js'
import { RAMP } from '../../island/ramps.ts'
import { type Corner, colouredBy, facets } from './shaping.ts'

/** Length of the slope in metres, and the angle in radians by which it rises. */
export const SLOPE = {
  length: Math.hypot(2 * RAMP.halfLength, RAMP.height),
  angle: Math.atan2(RAMP.height, 2 * RAMP.halfLength),
} as const

const RAIL = 0.17
const PANEL_WIDTH = 2 * (RAMP.halfWidth - RAIL) - 0.06
const PANEL_THICKNESS = 0.14

/** Converts coordinates of the agent's ramp (−1…1 along and aside, 0…1 up) to metres; it throws towards −z. */
function corner(along: number, aside: number, up: number): Corner {
  return [aside * RAMP.halfWidth, up * RAMP.height, -along * RAMP.halfLength]
}

/** Returns the wedge under the panel, with a rail on each side; brightness as vertex colours. */
export function rampFrame(): BufferGeometry {
  const wedge = facets([
    [corner(-1, -1, 0), corner(-1, 1, 0), corner(1, 1, 0.95), corner(1, -1, 0.95)],
    [corner(1, 1, 0), corner(1, -1, 0), corner(1, -1, 0.95), corner(1, 1, 0.95)],
    [corner(-1, 1, 0), corner(1, 1, 0), corner(1, 1, 0.95)],
    [corner(-1, -1, 0), corner(1, -1, 0.95), corner(1, -1, 0)],
  ])
  const rails = [-1, 1].map((side) => {
    const rail = new RoundedBoxGeometry(RAIL, 0.22, SLOPE.length + 0.06, 1, 0.05)
      .translate(0, 0.04, -SLOPE.length / 2)
      .rotateX(SLOPE.angle)
      .translate(side * (RAMP.halfWidth - RAIL / 2), 0, RAMP.halfLength)
    return colouredBy(rail, () => [1.35, 1.35, 1.35])
  })
  return mergeGeometries([
    colouredBy(wedge, (_, y) => [0.75 + 0.15 * y, 0.75 + 0.15 * y, 0.8]),
    ...rails,
  ])
}

/** Returns the panel, hinged at its foot in the origin and extending along −z. */
export function rampPanel(): BufferGeometry {
  const panel = new RoundedBoxGeometry(PANEL_WIDTH, PANEL_THICKNESS, SLOPE.length - 0.08, 2, 0.05)
  panel.deleteAttribute('uv')
  return panel.translate(0, PANEL_THICKNESS / 2, -SLOPE.length / 2)
}

/** Returns an arrowhead on the panel, with its tip at the origin, pointing along −z. */
export function rampArrow(): BufferGeometry {
  const wide = 1.15
  const deep = 0.62
  const thick = 0.42
  const up = PANEL_THICKNESS + 0.012
  const half = (side: -1 | 1): Corner[] => [
    [0, up, 0],
    [side * wide, up, deep],
    [side * wide, up, deep + thick],
    [0, up, thick],
  ]
  return facets([half(-1), half(1).reverse()])
}

/** Returns a ring of radius 1 on the ground that fades towards both rims; opacity as the colours' alpha. */
export function glowRing(): BufferGeometry {
  const ring = new RingGeometry(0.72, 1, 48, 2).rotateX(-Math.PI / 2)
  return faded(ring, (x, _, z) => 1 - Math.abs(Math.hypot(x, z) - 0.86) / 0.14)
}

/** Returns a column of light, about 1 in radius and 1 in height, that fades upwards. */
export function glowColumn(): BufferGeometry {
  const column = new CylinderGeometry(1.08, 0.92, 1, 32, 4, true).translate(0, 0.5, 0)
  return faded(column, (_, y) => (1 - y) ** 2)
}

function faded(
  geometry: BufferGeometry,
  opacityAt: (x: number, y: number, z: number) => number,
): BufferGeometry {
  const positions = geometry.getAttribute('position')
  const colours = new Float32Array(4 * positions.count).fill(1)
  for (let i = 0; i < positions.count; i++) {
    const opacity = opacityAt(positions.getX(i), positions.getY(i), positions.getZ(i))
    colours[4 * i + 3] = Math.max(0, opacity)
  }
  geometry.setAttribute('color', new BufferAttribute(colours, 4))
  return geometry
}
