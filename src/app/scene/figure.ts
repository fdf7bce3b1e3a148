/**
 * Geometry of the character, about 1.75 m tall and as wide as in the agent's frames: rounded boxes
 * and spheres with vertex colours, one geometry for each part that moves.
 */
import {
  type BufferGeometry,
  CapsuleGeometry,
  Color,
  CylinderGeometry,
  SphereGeometry,
  TorusGeometry,
} from 'three'
import { RoundedBoxGeometry } from 'three/addons/geometries/RoundedBoxGeometry.js'
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js'
import type { SceneLook } from './scene-look.ts'
import { shaded } from './shaping.ts'

type Outfit = Pick<SceneLook, 'skin' | 'shirt' | 'trousers' | 'pack' | 'slope'>

/** Heights of the joints above the feet, in metres. */
export const JOINTS = { hip: 0.82, knee: 0.4, shoulder: 1.3, neck: 1.38 } as const

export interface Figure {
  readonly torso: BufferGeometry
  readonly head: BufferGeometry
  readonly scarf: BufferGeometry
  readonly thigh: BufferGeometry
  readonly shin: BufferGeometry
  readonly arm: BufferGeometry
  readonly blade: BufferGeometry
}

const BOOT = new Color('#2c2a2e')
const INK = new Color('#1c2226')
const STEEL = new Color('#dfe7ea')

function part(geometry: BufferGeometry, colour: Color): BufferGeometry {
  const loose = geometry.index ? geometry.toNonIndexed() : geometry
  return shaded(loose, colour)
}

/** Returns the parts, each hanging from its joint at the origin, for a character that faces −z. */
export function figure({ skin, shirt, trousers, pack, slope }: Outfit): Figure {
  const darker = shirt.clone().multiplyScalar(0.72)
  return {
    torso: mergeGeometries([
      part(new RoundedBoxGeometry(0.54, 0.56, 0.32, 3, 0.12).translate(0, 0.3, 0), shirt),
      part(new RoundedBoxGeometry(0.46, 0.2, 0.29, 2, 0.08).translate(0, 0.02, 0), trousers),
      part(
        new TorusGeometry(0.235, 0.03, 6, 20)
          .rotateX(Math.PI / 2)
          .scale(1.06, 1, 0.68)
          .translate(0, 0.1, 0),
        INK,
      ),
      part(new RoundedBoxGeometry(0.38, 0.42, 0.2, 3, 0.08).translate(0, 0.34, 0.25), pack),
      part(
        new CapsuleGeometry(0.075, 0.3, 3, 10).rotateZ(Math.PI / 2).translate(0, 0.6, 0.25),
        darker,
      ),
      ...[-0.11, 0.11].map((x) =>
        part(new RoundedBoxGeometry(0.05, 0.36, 0.02, 1, 0.008).translate(x, 0.34, 0.355), darker),
      ),
      part(
        new TorusGeometry(0.145, 0.07, 8, 20)
          .rotateX(Math.PI / 2)
          .scale(1.05, 0.9, 0.95)
          .translate(0, 0.56, 0),
        slope,
      ),
    ]),
    head: mergeGeometries([
      part(new SphereGeometry(0.2, 20, 14).scale(0.97, 1.02, 0.97).translate(0, 0.2, -0.02), skin),
      ...hairAndCap(pack),
      part(new SphereGeometry(0.028, 8, 6).translate(-0.072, 0.18, -0.2), INK),
      part(new SphereGeometry(0.028, 8, 6).translate(0.072, 0.18, -0.2), INK),
      part(new CylinderGeometry(0.08, 0.09, 0.1, 10).translate(0, 0, 0), skin),
    ]),
    scarf: scarf(slope),
    thigh: part(new CapsuleGeometry(0.105, 0.28, 4, 12).translate(0, -0.2, 0), trousers),
    shin: mergeGeometries([
      part(new CapsuleGeometry(0.088, 0.2, 4, 12).translate(0, -0.16, 0), trousers),
      part(new RoundedBoxGeometry(0.18, 0.17, 0.32, 2, 0.06).translate(0, -0.32, -0.05), BOOT),
    ]),
    arm: mergeGeometries([
      part(new CapsuleGeometry(0.085, 0.26, 4, 12).translate(0, -0.18, 0), shirt),
      part(new CapsuleGeometry(0.068, 0.14, 4, 10).translate(0, -0.42, -0.03), skin),
    ]),
    blade: mergeGeometries([
      part(new RoundedBoxGeometry(0.035, 0.08, 0.86, 1, 0.015).translate(0, 0, -0.5), STEEL),
      part(new RoundedBoxGeometry(0.06, 0.16, 0.06, 1, 0.02).translate(0, 0, -0.07), INK),
    ]),
  }
}

/** Returns a cap with its brim to the front, and hair below it at the back. */
function hairAndCap(tint: Color): BufferGeometry[] {
  const hair = tint.clone().lerp(INK, 0.72)
  return [
    part(
      new SphereGeometry(0.212, 20, 10, 0, 2 * Math.PI, 0, 1.95)
        .rotateX(0.5)
        .translate(0, 0.21, 0.005),
      hair,
    ),
    part(
      new SphereGeometry(0.226, 20, 8, 0, 2 * Math.PI, 0, 1.35)
        .rotateX(-0.08)
        .translate(0, 0.235, -0.005),
      tint,
    ),
    part(new SphereGeometry(0.035, 8, 6).translate(0, 0.46, 0.01), hair),
    part(
      new CylinderGeometry(0.17, 0.18, 0.025, 18)
        .scale(1, 1, 1.15)
        .rotateX(0.14)
        .translate(0, 0.275, -0.16),
      tint.clone().multiplyScalar(0.8),
    ),
  ]
}

/** Returns the two tails of a scarf, which extend from the origin along +z. */
function scarf(tint: Color): BufferGeometry {
  const tail = (x: number, length: number, turn: number, shade: number) =>
    part(
      new RoundedBoxGeometry(0.13, 0.035, length, 2, 0.015)
        .translate(0, 0, length / 2)
        .rotateY(turn)
        .translate(x, 0, 0),
      tint.clone().multiplyScalar(shade),
    )
  return mergeGeometries([tail(-0.04, 0.62, -0.16, 1), tail(0.05, 0.48, 0.14, 0.82)])
}
