/** Geometry of plants and rocks, each about 1 in radius and height, with its foot at height 0. */
import {
  type BufferGeometry,
  Color,
  ConeGeometry,
  CylinderGeometry,
  DodecahedronGeometry,
  IcosahedronGeometry,
  Vector3,
} from 'three'
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js'
import { grain } from './grain.ts'
import { type Corner, colouredBy, facets, litFromAbove, roughened, shaded } from './shaping.ts'

function blob(x: number, y: number, z: number, radius: number, salt: number): BufferGeometry {
  const ball = roughened(new IcosahedronGeometry(1, 1), 0.13, salt)
  ball.deleteAttribute('uv')
  return ball.scale(radius, radius * 0.84, radius).translate(x, y, z)
}

/**
 * Merges the balls and bends their normals halfway towards those of one ball around `centre`, a height
 * above the foot in model units, so that many small balls look like one crown.
 */
function rounded(balls: BufferGeometry[], centre: number): BufferGeometry {
  const crown = mergeGeometries(balls)
  const positions = crown.getAttribute('position')
  const normals = crown.getAttribute('normal')
  const own = new Vector3()
  const ball = new Vector3()
  for (let i = 0; i < normals.count; i++) {
    own.fromBufferAttribute(normals, i)
    ball.fromBufferAttribute(positions, i).setY(positions.getY(i) - centre)
    own.lerp(ball.normalize(), 0.5).normalize()
    normals.setXYZ(i, own.x, own.y, own.z)
  }
  return crown
}

export function bush(): BufferGeometry {
  return litFromAbove(
    rounded(
      [
        blob(0, 0.52, 0, 0.62, 1),
        blob(0.48, 0.36, 0.16, 0.45, 2),
        blob(-0.42, 0.34, 0.26, 0.46, 3),
        blob(0.05, 0.32, -0.5, 0.42, 4),
        blob(-0.1, 0.28, 0.55, 0.36, 15),
      ],
      0.3,
    ),
    0.52,
    1.2,
  )
}

/** Returns a crown that is wider than it is high, as on a stem this thin. */
export function treeCrown(): BufferGeometry {
  const puffs = [
    [0, 0.82, 0, 0.5],
    [0.42, 0.66, 0.18, 0.46],
    [-0.4, 0.68, 0.26, 0.44],
    [0.08, 0.64, -0.46, 0.46],
    [-0.3, 0.6, -0.3, 0.38],
    [0.16, 0.58, 0.5, 0.38],
  ] as const
  const crown = puffs.map(([x, y, z, radius], i) =>
    blob(x, 0, z, radius, 5 + i)
      .scale(1, 0.42, 1)
      .translate(0, y, 0),
  )
  return litFromAbove(rounded(crown, 0.62), 0.1, 1.2)
}

export function firCrown(): BufferGeometry {
  const tiers = [
    { y: 0.3, radius: 1, height: 0.36 },
    { y: 0.48, radius: 0.82, height: 0.34 },
    { y: 0.66, radius: 0.62, height: 0.34 },
    { y: 0.84, radius: 0.4, height: 0.34 },
  ]
  const cones = tiers.map(({ y, radius, height }, i) => {
    const cone = new ConeGeometry(radius, height, 10, 1).toNonIndexed()
    cone.deleteAttribute('uv')
    return roughened(cone, 0.07, 11 + i)
      .rotateY(1.3 * i)
      .translate(0, y, 0)
  })
  return litFromAbove(mergeGeometries(cones), 0.5, 1.15)
}

export function trunk(): BufferGeometry {
  const stem = new CylinderGeometry(0.07, 0.15, 0.6, 7, 2).toNonIndexed()
  return shaded(stem.translate(0, 0.29, 0), new Color(1, 1, 1))
}

export function rock(): BufferGeometry {
  const stone = roughened(new DodecahedronGeometry(1, 0), 0.16, 21)
  stone.deleteAttribute('uv')
  return litFromAbove(stone.scale(1, 0.62, 1).translate(0, 0.42, 0), 0.75, 1.1)
}

const BLADES = 7

/** Returns a tuft of blades that lean outwards, dark at the foot; needs a double-sided material. */
export function tuft(): BufferGeometry {
  const blades = Array.from({ length: BLADES }, (_, i) => {
    const turn = (2 * Math.PI * i) / BLADES + grain(i, 61)
    const lean = 0.35 + 0.6 * grain(i, 62)
    const x = Math.cos(turn)
    const z = Math.sin(turn)
    const foot = 0.25
    const wide = 0.16
    const left: Corner = [foot * x - wide * z, 0, foot * z + wide * x]
    const right: Corner = [foot * x + wide * z, 0, foot * z - wide * x]
    return [left, right, [lean * x, 0.6 + 0.4 * grain(i, 63), lean * z] satisfies Corner]
  })
  const geometry = facets(blades)
  // All blades are lit like the ground they stand on: those that face away would be black.
  const normals = geometry.getAttribute('normal')
  for (let i = 0; i < normals.count; i++) normals.setXYZ(i, 0, 1, 0)
  return litFromAbove(geometry, 0.7, 1.25)
}

/** Returns a stalk with a head. */
export function flower(): BufferGeometry {
  const head = new IcosahedronGeometry(0.34, 0).scale(1, 0.26, 1).translate(0, 0.95, 0)
  const stalk = new ConeGeometry(0.07, 0.9, 3, 1, true).toNonIndexed().translate(0, 0.45, 0)
  return mergeGeometries([
    colouredBy(head, () => [1.15, 1.15, 1.15]),
    colouredBy(stalk, () => [0.3, 0.42, 0.22]),
  ])
}
