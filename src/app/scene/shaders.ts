/** GLSL snippets that several materials share. */
import { SHORE_RANGE } from './shore-map.ts'

/**
 * Value noise and its sum over octaves, both in 0…1. With `PLAIN` defined there is only one octave,
 * for software rendering.
 */
export const NOISE = /* glsl */ `
  float hash21(vec2 p) {
    p = fract(p * vec2(0.1031, 0.1030));
    p += dot(p, p.yx + 33.33);
    return fract((p.x + p.y) * p.x * 31.7);
  }
  float noise(vec2 p) {
    vec2 cell = floor(p);
    vec2 f = fract(p);
    f = f * f * (3.0 - 2.0 * f);
    return mix(
      mix(hash21(cell), hash21(cell + vec2(1.0, 0.0)), f.x),
      mix(hash21(cell + vec2(0.0, 1.0)), hash21(cell + vec2(1.0, 1.0)), f.x),
      f.y);
  }
  #ifdef PLAIN
    #define OCTAVES 1
  #else
    #define OCTAVES 4
  #endif
  float octaves(vec2 p, int count) {
    float sum = 0.0;
    float most = 0.0;
    float strength = 0.5;
    for (int octave = 0; octave < OCTAVES; octave++) {
      if (octave >= count) break;
      sum += strength * noise(p);
      most += strength;
      p = p * 2.03 + 17.0;
      strength *= 0.5;
    }
    return sum / most;
  }
  float fbm(vec2 p) {
    return octaves(p, 4);
  }
`

/** GLSL that reads the shore map at a world position; `shoreDistance` is in metres, positive on land. */
export const SHORE = /* glsl */ `
  uniform sampler2D shoreMap;
  uniform vec4 shoreArea;
  vec4 shoreAt(vec2 place) {
    return texture2D(shoreMap, (place - shoreArea.xy) / shoreArea.zw);
  }
  float shoreDistance(vec4 shore) {
    return (shore.r - 0.5) * ${SHORE_RANGE.toFixed(3)};
  }
`
