/** Gulls that circle over the island; their positions are a function of time, computed on the GPU. */
import { DoubleSide, MeshBasicMaterial } from 'three'
import { facets } from './shaping.ts'
import { wind } from './sway-material.ts'

/** Returns two wings of two parts each, 1.24 m from tip to tip. */
export function gull() {
  const wing = (side: -1 | 1) => {
    const faces = [
      [
        [0, 0, -0.16],
        [0, 0, 0.2],
        [side * 0.3, 0, 0.08],
        [side * 0.3, 0, -0.12],
      ],
      [
        [side * 0.3, 0, -0.12],
        [side * 0.3, 0, 0.08],
        [side * 0.62, 0, 0.12],
      ],
    ] as const
    return side > 0 ? faces : faces.map((face) => face.toReversed())
  }
  return facets([...wing(-1), ...wing(1)])
}

export const GULLS = 6

export class GullMaterial extends MeshBasicMaterial {
  constructor() {
    super({ side: DoubleSide })
    this.onBeforeCompile = (shader) => {
      Object.assign(shader.uniforms, { wind })
      shader.vertexShader = shader.vertexShader
        .replace('#include <common>', '#include <common>\nuniform float wind;')
        .replace('#include <begin_vertex>', FLIGHT)
    }
  }
}

const FLIGHT = /* glsl */ `
  #include <begin_vertex>
  float bird = float(gl_InstanceID);
  float radius = 15.0 + 3.7 * bird;
  float turn = (wind * 4.2 + 90.0 * bird) / radius;
  float beat = sin(wind * 7.0 + 2.1 * bird) * smoothstep(-0.2, 0.5, sin(wind * 0.5 + 1.7 * bird));
  transformed.y += abs(position.x) * (0.35 + 0.75 * beat);
  float bank = -0.35;
  transformed.xy = mat2(cos(bank), sin(bank), -sin(bank), cos(bank)) * transformed.xy;
  transformed.xz = mat2(cos(turn), -sin(turn), sin(turn), cos(turn)) * transformed.xz;
  vec2 centre = vec2(4.0 * sin(1.9 * bird), -13.0 + 5.0 * cos(2.3 * bird));
  transformed += vec3(
    centre.x + radius * cos(turn),
    8.5 + 1.1 * bird + sin(wind * 0.7 + bird),
    centre.y - radius * sin(turn));
`
