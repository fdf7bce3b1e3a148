import { DoubleSide } from 'three'

/**
 * What light and foam are drawn with. Equal for all of them, so that they share one shader: a
 * processor that has to draw takes long to compile one.
 */
export const GLOWING = {
  transparent: true,
  vertexColors: true,
  depthWrite: false,
  toneMapped: false,
  side: DoubleSide,
} as const
