/** Material of the sea: a floor near land, breakers at the shore, glitter under the sun, haze far out. */
import { ShaderMaterial, UniformsLib, UniformsUtils } from 'three'
import type { SceneLook } from './scene-look.ts'
import { NOISE, SHORE } from './shaders.ts'
import type { ShoreMap } from './shore-map.ts'

export class SeaMaterial extends ShaderMaterial {
  constructor(shore: ShoreMap, plain: boolean) {
    super({
      defines: plain ? { PLAIN: '' } : {},
      fog: true,
      uniforms: {
        ...UniformsUtils.clone(UniformsLib.fog),
        shoreMap: { value: shore.texture },
        shoreArea: { value: shore.area },
        time: { value: 0 },
        deepTint: { value: null },
        shallowTint: { value: null },
        crestTint: { value: null },
        foamTint: { value: null },
        horizonTint: { value: null },
        zenithTint: { value: null },
        sunTint: { value: null },
        sun: { value: null },
        light: { value: 1 },
      },
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
    })
  }

  show(look: SceneLook): void {
    for (const [name, value] of Object.entries({
      deepTint: look.sea.deep,
      shallowTint: look.sea.shallow,
      crestTint: look.sea.crest,
      foamTint: look.sea.foam,
      horizonTint: look.horizon,
      zenithTint: look.zenith,
      sunTint: look.sunColour.clone().multiplyScalar(look.sunIntensity / Math.PI),
      sun: look.sun,
      light: Math.min(1, (look.sunIntensity * 0.7 + look.skyIntensity) / Math.PI),
    })) {
      const uniform = this.uniforms[name]
      if (uniform) uniform.value = value
    }
  }

  set time(seconds: number) {
    const uniform = this.uniforms.time
    if (uniform) uniform.value = seconds
  }
}

const VERTEX = /* glsl */ `
  #include <fog_pars_vertex>
  varying vec3 place;
  void main() {
    vec4 world = modelMatrix * vec4(position, 1.0);
    place = world.xyz;
    vec4 mvPosition = viewMatrix * world;
    gl_Position = projectionMatrix * mvPosition;
    #include <fog_vertex>
  }
`

const FRAGMENT = /* glsl */ `
  #include <common>
  #include <fog_pars_fragment>
  varying vec3 place;
  uniform float time, light;
  uniform vec3 deepTint, shallowTint, crestTint, foamTint, horizonTint, zenithTint, sunTint, sun;
  ${NOISE}
  ${SHORE}
  float swell(vec2 p) {
    return octaves(p * 0.22 + vec2(time * 0.10, time * 0.05), 3)
      + 0.5 * octaves(p * 0.55 - vec2(time * 0.13, -time * 0.09), 3);
  }
  /** Breakers: the wash that comes and goes at the very edge, and lines that roll in behind it. */
  float foamAt(vec2 p, float offshore) {
    float lace = octaves(p * 1.9 + vec2(time * 0.11, -time * 0.08), 3);
    float place = octaves(p * 0.28 + 7.0, 2);
    float wash = offshore - 0.42 - 0.3 * sin(time * 0.8 + place * 12.0);
    float edge = 1.0 - smoothstep(0.0, 0.5, wash + 0.9 * (lace - 0.5));
    float roll = 0.5 + 0.5 * sin(offshore * 3.0 + time * 0.9 + place * 16.0);
    float line = pow(roll, 8.0) * exp(-0.5 * max(0.0, offshore)) * smoothstep(0.42, 0.6, lace);
    return clamp(edge + 0.8 * line, 0.0, 1.0);
  }
  void main() {
    vec2 p = place.xz;
    vec3 toEye = cameraPosition - place;
    float far = length(toEye);
    toEye /= far;
    float calm = exp(-far * 0.012);
    float height = swell(p);
    float reach = 0.35 + far * 0.006;
    vec2 slope = vec2(swell(p + vec2(reach, 0.0)), swell(p + vec2(0.0, reach))) - height;
    vec3 normal = normalize(vec3(-slope.x * 1.1 * calm, reach, -slope.y * 1.1 * calm));
    float offshore = -shoreDistance(shoreAt(p));
    float shallow = exp(-max(0.0, offshore) * 0.24);
    vec3 water = mix(deepTint, crestTint, clamp(0.3 + 0.9 * (height - 0.72), 0.0, 1.0));
    water = mix(water, shallowTint, shallow * (0.82 + 0.4 * (height - 0.75)));
    float ray = 1.0 - abs(2.0 * noise(p * 1.1 + 0.8 * slope / reach + time * 0.22) - 1.0);
    water += shallowTint * 0.35 * shallow * pow(ray, 9.0);
    water *= light;
    float facing = max(0.0, dot(normal, toEye));
    vec3 mirrored = reflect(-toEye, normal);
    vec3 sky = mix(horizonTint, zenithTint, smoothstep(0.0, 0.7, abs(mirrored.y)));
    vec3 shade = mix(water, sky, 0.04 + 0.72 * pow(1.0 - facing, 4.0));
    float gleam = max(0.0, dot(normal, normalize(sun + toEye)));
    float sparkle = smoothstep(0.62, 0.9, noise(p * 3.1 + vec2(time * 0.9, -time * 0.7)));
    shade += sunTint * (0.5 * pow(gleam, 60.0) + 2.6 * sparkle * pow(gleam, 220.0));
    float foam = foamAt(p, offshore);
    float cap = smoothstep(1.1, 1.25, height) * smoothstep(0.45, 0.65, noise(p * 2.3)) * 0.5 * calm;
    shade = mix(shade, foamTint * (0.3 + 0.7 * light), max(0.94 * foam, cap));
    gl_FragColor = vec4(shade, 1.0);
    #include <tonemapping_fragment>
    #include <colorspace_fragment>
    #include <fog_fragment>
  }
`
