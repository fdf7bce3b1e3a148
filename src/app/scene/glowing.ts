import { DoubleSide } from 'three'

/**
 * Material parameters of light and foam. The same for all of them, so that they share one shader:
 * compiling one takes long under software rendering.
 */
export const GLOWING = {
  transparent: true,
  vertexColors: true,
  depthWrite: false,
  toneMapped: false,
  side: DoubleSide,
} as const
