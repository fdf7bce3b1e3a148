/** Material of instanced plants that sway in the wind: the foot stands still, the top moves. */
import { MeshStandardMaterial, type MeshStandardMaterialParameters } from 'three'

/** Uniform with the island time in seconds, shared by all materials because one wind blows everywhere. */
export const wind = { value: 0 }

export class SwayMaterial extends MeshStandardMaterial {
  /** `bend` is how far the top moves, as a share of the plant's own radius. */
  constructor(bend: number, parameters: MeshStandardMaterialParameters = {}) {
    super({ vertexColors: true, roughness: 0.95, ...parameters })
    const strength = { value: bend }
    this.onBeforeCompile = (shader) => {
      Object.assign(shader.uniforms, { wind, strength })
      shader.vertexShader = shader.vertexShader
        .replace('#include <common>', '#include <common>\nuniform float wind, strength;')
        .replace('#include <begin_vertex>', SWAY)
    }
  }
}

const SWAY = /* glsl */ `
  #include <begin_vertex>
  vec3 foot = (modelMatrix * instanceMatrix * vec4(0.0, 0.0, 0.0, 1.0)).xyz;
  float gust = sin(wind * 1.5 + 0.45 * foot.x + 0.3 * foot.z)
    + 0.45 * sin(wind * 3.7 + 1.3 * foot.x - 0.9 * foot.z + position.x);
  float give = strength * position.y * position.y * gust;
  transformed.xz += vec2(give, 0.6 * give);
`
