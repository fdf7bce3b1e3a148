/** Material of the island's top: the episode's ground, laid out by noise, with a kerb along the shore. */
import { type IUniform, MeshStandardMaterial, Vector2 } from 'three'
import type { GroundLook, SceneLook } from './scene-look.ts'
import { NOISE, SHORE } from './shaders.ts'
import type { ShoreMap } from './shore-map.ts'

export class GroundMaterial extends MeshStandardMaterial {
  readonly #uniforms: Record<string, IUniform>

  constructor(shore: ShoreMap, plain: boolean) {
    super({ roughness: 0.95, metalness: 0 })
    if (plain) this.defines = { ...this.defines, PLAIN: '' }
    this.#uniforms = {
      shoreMap: { value: shore.texture },
      shoreArea: { value: shore.area },
      groundDark: { value: null },
      groundMiddle: { value: null },
      groundLight: { value: null },
      platformDark: { value: null },
      platformMiddle: { value: null },
      platformLight: { value: null },
      kerbTint: { value: null },
      /** Shares of the colour that come from broad patches: of the ground, of the platforms. */
      patches: { value: new Vector2() },
    }
    this.onBeforeCompile = (shader) => {
      Object.assign(shader.uniforms, this.#uniforms)
      shader.vertexShader = shader.vertexShader
        .replace('#include <common>', '#include <common>\nvarying vec3 groundPlace;')
        .replace(
          '#include <begin_vertex>',
          '#include <begin_vertex>\ngroundPlace = (modelMatrix * vec4(position, 1.0)).xyz;',
        )
      shader.fragmentShader = shader.fragmentShader
        .replace('#include <common>', `#include <common>\n${HEAD}`)
        .replace('#include <color_fragment>', BODY)
    }
  }

  show(look: SceneLook): void {
    this.#lay('ground', look.ground)
    this.#lay('platform', look.platform)
    this.#set('kerbTint', look.kerb)
    this.#set('patches', new Vector2(look.ground.patches, look.platform.patches))
  }

  #lay(name: 'ground' | 'platform', { dark, middle, light }: GroundLook): void {
    this.#set(`${name}Dark`, dark)
    this.#set(`${name}Middle`, middle)
    this.#set(`${name}Light`, light)
  }

  #set(name: string, value: unknown): void {
    const uniform = this.#uniforms[name]
    if (uniform) uniform.value = value
  }
}

const HEAD = /* glsl */ `
  varying vec3 groundPlace;
  uniform vec3 groundDark, groundMiddle, groundLight;
  uniform vec3 platformDark, platformMiddle, platformLight;
  uniform vec3 kerbTint;
  uniform vec2 patches;
  ${NOISE}
  ${SHORE}
  vec3 layGround(vec3 dark, vec3 middle, vec3 light, float value) {
    return value < 0.5
      ? mix(dark, middle, smoothstep(0.0, 1.0, value * 2.0))
      : mix(middle, light, smoothstep(0.0, 1.0, value * 2.0 - 1.0));
  }
  /** Slabs with joints, for platforms. */
  float slabs(vec2 p) {
    vec2 q = p / vec2(1.5, 1.0);
    q.x += 0.5 * mod(floor(q.y), 2.0);
    vec2 f = abs(fract(q) - 0.5);
    vec2 edge = smoothstep(0.46, 0.495, f);
    return (0.42 + 0.32 * hash21(floor(q))) * (1.0 - 0.75 * max(edge.x, edge.y));
  }
`

const BODY = /* glsl */ `
  vec2 place = groundPlace.xz;
  vec4 shore = shoreAt(place);
  float inland = shoreDistance(shore);
  float broad = fbm(place * 0.16 + 3.0);
  float fine = fbm(place * 2.1 + 11.0);
  float grains = noise(place * 21.0) * 0.6 + noise(place * 43.0) * 0.4;
  float grassValue = mix(0.65 * fine + 0.35 * grains, broad, patches.x);
  vec3 tint = layGround(groundDark, groundMiddle, groundLight,
    clamp(0.5 + 1.25 * (grassValue - 0.5) + 0.22 * (grains - 0.5), 0.0, 1.0));
  float slabValue = slabs(place) + 0.3 * (fine - 0.5) + 0.25 * patches.y * (broad - 0.5);
  vec3 slabTint = layGround(platformDark, platformMiddle, platformLight, clamp(slabValue, 0.0, 1.0));
  tint = mix(tint, slabTint, smoothstep(0.3, 0.7, shore.g));
  float ragged = inland + 0.16 * (fine - 0.5);
  tint = mix(tint, kerbTint * (0.86 + 0.24 * grains), 1.0 - smoothstep(0.24, 0.4, ragged));
  diffuseColor.rgb *= tint * shore.b;
`
