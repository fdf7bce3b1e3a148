/** Material of the sky, seen from inside a sphere: gradient, sun, drifting clouds, hills on the horizon. */
import { BackSide, ShaderMaterial } from 'three'
import type { SceneLook } from './scene-look.ts'
import { NOISE } from './shaders.ts'

export class SkyMaterial extends ShaderMaterial {
  constructor(plain: boolean) {
    super({
      defines: plain ? { PLAIN: '' } : {},
      side: BackSide,
      depthWrite: false,
      fog: false,
      // Fog is not tone-mapped either, and the two have to match at the horizon.
      toneMapped: false,
      uniforms: {
        time: { value: 0 },
        zenith: { value: null },
        horizon: { value: null },
        cloudTint: { value: null },
        cloudCover: { value: 0 },
        hillTint: { value: null },
        hillHeight: { value: 0 },
        hillShift: { value: 0 },
        sun: { value: null },
        sunTint: { value: null },
        sunDisc: { value: null },
      },
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
    })
  }

  show(look: SceneLook): void {
    for (const [name, value] of Object.entries({
      zenith: look.zenith,
      horizon: look.horizon,
      cloudTint: look.cloudTint,
      cloudCover: look.cloudCover,
      hillTint: look.hillTint,
      hillHeight: look.hillHeight,
      hillShift: look.hillShift,
      sun: look.sun,
      sunTint: look.sunColour.clone().multiplyScalar(look.sunIntensity / Math.PI),
      sunDisc: look.sunDisc,
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
  varying vec3 direction;
  void main() {
    direction = position;
    // Always around the eye, however far the camera goes.
    vec4 place = projectionMatrix * vec4(mat3(viewMatrix) * position, 1.0);
    gl_Position = place.xyww;
  }
`

const FRAGMENT = /* glsl */ `
  #include <common>
  varying vec3 direction;
  uniform float time, cloudCover, hillHeight, hillShift;
  uniform vec3 zenith, horizon, cloudTint, hillTint, sun, sunTint, sunDisc;
  ${NOISE}
  void main() {
    vec3 d = normalize(direction);
    float up = max(0.0, d.y);
    vec3 sky = mix(horizon, zenith, pow(smoothstep(0.0, 0.75, up), 0.7));
    float toSun = max(0.0, dot(d, sun));
    sky += sunTint * (0.22 * pow(toSun, 8.0) + 0.35 * pow(toSun, 90.0));
    vec2 plane = d.xz / (up + 0.12) * 1.1 + vec2(time * 0.006, time * 0.004);
    float thickness = fbm(plane * 1.1 + 5.0) + 0.3 * (fbm(plane * 4.1) - 0.5);
    float veil = smoothstep(0.72 - 0.5 * cloudCover, 1.02 - 0.5 * cloudCover, thickness);
    veil *= smoothstep(0.02, 0.25, up) * 0.92;
    float disc = smoothstep(0.9993, 0.9997, toSun);
    sky = mix(sky, sunDisc * 1.2, disc * (1.0 - veil));
    // Brighter on the side that the sun is on.
    float facing = thickness - fbm(plane * 1.1 + 5.0 + 0.3 * sun.xz);
    float lit = clamp(0.55 + 2.2 * facing, 0.0, 1.0);
    vec3 cloud = mix(cloudTint * 0.88, mix(cloudTint, vec3(1.0), 0.55), lit)
      + sunTint * 0.2 * pow(toSun, 4.0);
    sky = mix(sky, cloud, veil);
    float azimuth = atan(d.x, -d.z) * 5.0 + hillShift;
    float ridge = (fbm(vec2(azimuth, 1.0)) - 0.34) * 1.5 * hillHeight;
    float hill = smoothstep(ridge + 0.004, ridge - 0.004, d.y) * step(0.001, hillHeight);
    sky = mix(sky, mix(hillTint, horizon, 0.45 + 0.5 * smoothstep(0.05, -0.02, d.y)), hill);
    gl_FragColor = vec4(mix(sky, horizon, smoothstep(0.012, -0.03, d.y)), 1.0);
    #include <tonemapping_fragment>
    #include <colorspace_fragment>
  }
`
