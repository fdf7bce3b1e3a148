/** Geometry of what stands on the island: obstacles, ramps, foliage and rocks. Made once. */
import {
  BufferAttribute,
  BufferGeometry,
  Color,
  ConeGeometry,
  CylinderGeometry,
  DodecahedronGeometry,
  IcosahedronGeometry,
  LatheGeometry,
  Vector2,
  Vector3,
} from 'three'
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js'
import { RAMP } from '../../island/ramps.ts'
import { grain, shaded } from './land.ts'

const WHITE = new Color(1, 1, 1)

/** A turned stone, radius 1 and height 1: foot, shaft with a groove, and a cap of its own. */
export function pillarSide(): BufferGeometry {
  const profile = [
    [1.06, 0],
    [1.06, 0.05],
    [1, 0.09],
    [0.98, 0.62],
    [0.9, 0.645],
    [0.9, 0.685],
    [0.98, 0.71],
    [1, 0.96],
  ] as const
  return new LatheGeometry(
    profile.map(([radius, height]) => new Vector2(radius, height)),
    20,
  ).toNonIndexed()
}

export function pillarTop(): BufferGeometry {
  const profile = [
    [1, 0.955],
    [1.04, 0.965],
    [1.04, 0.99],
    [0.97, 1],
    [0, 1.02],
  ] as const
  return new LatheGeometry(
    profile.map(([radius, height]) => new Vector2(radius, height)),
    20,
  ).toNonIndexed()
}

type Corner = readonly [along: number, aside: number, up: number]

/** From the agent's ramp (−1…1 along and aside, 0…1 up) to metres; along is −z. */
function place([along, aside, up]: Corner): Vector3 {
  return new Vector3(aside * RAMP.halfWidth, up * RAMP.height, -along * RAMP.halfLength)
}

function facets(faces: readonly Corner[][]): BufferGeometry {
  const positions: number[] = []
  for (const face of faces) {
    const [first, ...rest] = face.map(place)
    for (let i = 0; i + 1 < rest.length; i++) {
      for (const corner of [first, rest[i], rest[i + 1]]) {
        if (corner) positions.push(corner.x, corner.y, corner.z)
      }
    }
  }
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(Float32Array.from(positions), 3))
  geometry.computeVertexNormals()
  return geometry
}

/** The wedge: slope, back and sides; sides a little darker. It throws towards −z. */
export function rampBody(): BufferGeometry {
  const slope = facets([
    [
      [-1, -1, 0.02],
      [-1, 1, 0.02],
      [1, 1, 1],
      [1, -1, 1],
    ],
  ])
  const sides = facets([
    [
      [1, 1, 0],
      [1, -1, 0],
      [1, -1, 1],
      [1, 1, 1],
    ],
    [
      [-1, 1, 0],
      [1, 1, 0],
      [1, 1, 1],
      [-1, 1, 0.02],
    ],
    [
      [-1, -1, 0],
      [-1, -1, 0.02],
      [1, -1, 1],
      [1, -1, 0],
    ],
    [
      [-1, -1, 0],
      [-1, 1, 0],
      [-1, 1, 0.02],
      [-1, -1, 0.02],
    ],
  ])
  return mergeGeometries([slope, sides])
}

/** One arrow on the slope, its point at `along` (−1 foot … 1 far edge). */
export function rampArrow(along: number): BufferGeometry {
  const lift = 0.012
  const at = (a: number, aside: number): Corner => [a, aside, (a + 1) / 2 + lift]
  const wide = 0.6
  const deep = 0.3
  const thick = 0.2
  const half = (side: -1 | 1) => [
    at(along, 0),
    at(along - deep, side * wide),
    at(along - deep - thick, side * wide),
    at(along - thick, 0),
  ]
  return facets([half(-1), half(1).reverse()])
}

/** Moves each corner a little, the same for corners that share a place; radius stays near 1. */
function roughened(geometry: BufferGeometry, strength: number, salt: number): BufferGeometry {
  const positions = geometry.getAttribute('position')
  for (let i = 0; i < positions.count; i++) {
    const x = positions.getX(i)
    const y = positions.getY(i)
    const z = positions.getZ(i)
    const place = Math.round(x * 40) * 7919 + Math.round(y * 40) * 104729 + Math.round(z * 40) * 31
    const scale = 1 + strength * (2 * grain(place & 0xffff, salt) - 1)
    positions.setXYZ(i, x * scale, y * scale, z * scale)
  }
  geometry.computeVertexNormals()
  return geometry
}

/** Foliage gets brighter towards its top, as if the sky lit it. */
function litFromAbove(geometry: BufferGeometry, low: number, high: number): BufferGeometry {
  const positions = geometry.getAttribute('position')
  const colours = new Float32Array(3 * positions.count)
  for (let i = 0; i < positions.count; i++) {
    colours.fill(low + (high - low) * positions.getY(i), 3 * i, 3 * i + 3)
  }
  geometry.setAttribute('color', new BufferAttribute(colours, 3))
  return geometry
}

function blob(x: number, y: number, z: number, radius: number, salt: number): BufferGeometry {
  const ball = roughened(new IcosahedronGeometry(1, 1), 0.12, salt)
  ball.deleteAttribute('uv')
  return ball.scale(radius, radius * 0.86, radius).translate(x, y, z)
}

/** All of these fill radius 1 and height 1, standing at 0. */
export function bush(): BufferGeometry {
  return litFromAbove(
    mergeGeometries([
      blob(0, 0.52, 0, 0.62, 1),
      blob(0.48, 0.36, 0.16, 0.45, 2),
      blob(-0.42, 0.34, 0.26, 0.46, 3),
      blob(0.05, 0.32, -0.5, 0.42, 4),
    ]),
    0.6,
    1.15,
  )
}

export function treeCrown(): BufferGeometry {
  return litFromAbove(
    mergeGeometries([
      blob(0, 0.72, 0, 0.3, 5).scale(1.9, 1, 1.9),
      blob(0.45, 0.6, 0.2, 0.22, 6).scale(1.2, 1, 1.2),
      blob(-0.42, 0.62, 0.3, 0.22, 7).scale(1.2, 1, 1.2),
      blob(0.1, 0.58, -0.5, 0.22, 8).scale(1.2, 1, 1.2),
    ]),
    0.45,
    1.15,
  )
}

export function firCrown(): BufferGeometry {
  const tiers = [
    { y: 0.32, radius: 1, height: 0.42 },
    { y: 0.54, radius: 0.78, height: 0.38 },
    { y: 0.78, radius: 0.54, height: 0.44 },
  ]
  const cones = tiers.map(({ y, radius, height }, i) => {
    const cone = new ConeGeometry(radius, height, 9, 1).toNonIndexed()
    cone.deleteAttribute('uv')
    return roughened(cone, 0.05, 11 + i).translate(0, y, 0)
  })
  return litFromAbove(mergeGeometries(cones), 0.6, 1.1)
}

export function trunk(): BufferGeometry {
  const stem = new CylinderGeometry(0.09, 0.14, 0.55, 7).toNonIndexed()
  return shaded(stem.translate(0, 0.27, 0), WHITE)
}

export function rock(): BufferGeometry {
  const stone = roughened(new DodecahedronGeometry(1, 0), 0.16, 21)
  stone.deleteAttribute('uv')
  return litFromAbove(stone.scale(1, 0.62, 1).translate(0, 0.42, 0), 0.75, 1.1)
}
