/** The sea: shallow round the land, foam at the shore, glitter under the sun, haze far out. */
import { ShaderMaterial, type Texture, UniformsLib, UniformsUtils } from 'three'
import type { SceneLook } from './scene-look.ts'
import { NOISE, SHORE } from './shaders.ts'

export class SeaMaterial extends ShaderMaterial {
  constructor(shoreMap: Texture, plain: boolean) {
    super({
      defines: plain ? { PLAIN: '' } : {},
      fog: true,
      uniforms: {
        ...UniformsUtils.clone(UniformsLib.fog),
        shoreMap: { value: shoreMap },
        time: { value: 0 },
        deepTint: { value: null },
        crestTint: { value: null },
        foamTint: { value: null },
        skyTint: { value: null },
        sunTint: { value: null },
        sun: { value: null },
        light: { value: 1 },
      },
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
    })
  }

  show(look: SceneLook): void {
    const { uniforms } = this
    for (const [name, value] of Object.entries({
      deepTint: look.sea.deep,
      crestTint: look.sea.crest,
      foamTint: look.sea.foam,
      skyTint: look.horizon,
      sunTint: look.sunColour.clone().multiplyScalar(look.sunIntensity / Math.PI),
      sun: look.sun,
      light: Math.min(1, (look.sunIntensity * 0.7 + look.skyIntensity) / Math.PI),
    })) {
      const uniform = uniforms[name]
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
  uniform vec3 deepTint, crestTint, foamTint, skyTint, sunTint, sun;
  ${NOISE}
  ${SHORE}
  float swell(vec2 p) {
    return octaves(p * 0.22 + vec2(time * 0.10, time * 0.05), 3)
      + 0.5 * octaves(p * 0.55 - vec2(time * 0.13, -time * 0.09), 3);
  }
  void main() {
    vec2 p = place.xz;
    vec3 toEye = cameraPosition - place;
    float far = length(toEye);
    toEye /= far;
    float calm = exp(-far * 0.012);
    float height = swell(p);
    float step = 0.35 + far * 0.006;
    vec2 slope = vec2(swell(p + vec2(step, 0.0)), swell(p + vec2(0.0, step))) - height;
    vec3 normal = normalize(vec3(-slope.x * 0.9 * calm, step, -slope.y * 0.9 * calm));
    float offshore = -shoreDistance(shoreAt(p));
    float shallow = exp(-max(0.0, offshore) * 0.55);
    vec3 water = mix(deepTint, crestTint, clamp(0.75 * shallow + 0.55 * (height - 0.75), 0.0, 1.0));
    water *= light;
    float grazing = pow(1.0 - max(0.0, dot(normal, toEye)), 4.0);
    vec3 shade = mix(water, skyTint, 0.75 * grazing);
    vec3 halfway = normalize(sun + toEye);
    shade += sunTint * pow(max(0.0, dot(normal, halfway)), 180.0) * 1.6;
    float ripple = octaves(p * 1.3 + vec2(time * 0.2, -time * 0.15), 2);
    float wash = offshore - 0.35 + 0.28 * sin(time * 0.9 + ripple * 5.0);
    float edge = 1.0 - smoothstep(0.05, 0.42, wash + 0.5 * (ripple - 0.5));
    float line = smoothstep(0.16, 0.0, abs(wash - 0.95 + 0.9 * (ripple - 0.5))) * 0.45;
    shade = mix(shade, foamTint * (0.35 + 0.65 * light), clamp(max(edge, line), 0.0, 0.92));
    gl_FragColor = vec4(shade, 1.0);
    #include <tonemapping_fragment>
    #include <colorspace_fragment>
    #include <fog_fragment>
  }
`
