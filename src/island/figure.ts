/**
 * The character as the agent sees it: a figure of a few boxes that shows which way it faces and
 * whether it walks, jumps or attacks. It covers little of the view.
 */
import type { View } from './camera.ts'
import type { Canvas, Pigment } from './canvas.ts'
import { cos, sin } from './exact.ts'
import type { Look } from './look.ts'
import { ATTACK_SECONDS } from './motion.ts'
import type { Paint } from './paint.ts'
import { Polygon } from './polygon.ts'
import { drawShadow } from './shapes.ts'
import type { IslandState } from './state.ts'
import type { Weather } from './weather.ts'

/** Distance walked per full stride, in metres. */
const STRIDE = 2.4

/** Axes of the body in camera space: right, up, ahead: [3, 3]. */
const axes = new Float64Array(9)
/** Position of the feet in camera space. */
const feet = new Float64Array(3)
/** Cosines of the angles between the sun and the normals of the body's right, top and front. */
const sunOn = new Float64Array(3)

/** Draws the character and its shadow on the ground. */
export function drawFigure(
  canvas: Canvas,
  view: View,
  state: IslandState,
  { world, weather }: Look,
  paint: Paint,
): void {
  if (world.onLand(state.x, state.z)) drawShadow(canvas, view, state.x, state.z, 0.5, 150)
  placeBody(view, state, weather)
  const speed = Math.sqrt(state.velocityX * state.velocityX + state.velocityZ * state.velocityZ)
  const step = state.grounded ? Math.min(1, speed / 3) * 0.38 * stride(state) : 0.25
  const raised = state.grounded ? 0 : 1
  const blow = state.attack > 0 ? 1 - Math.abs(2 * (state.attack / ATTACK_SECONDS) - 1) : 0
  // Arguments: lower end (right, up, ahead), upper end, half-width, half-depth; all in metres.
  limb(canvas, view, paint.trousers, -0.16, 0, step, -0.14, 0.8, 0, 0.12, 0.13)
  limb(canvas, view, paint.trousers, 0.16, 0, -step, 0.14, 0.8, 0, 0.12, 0.13)
  limb(canvas, view, paint.shirt, 0, 0.78, 0, 0, 1.4, 0.04, 0.29, 0.17)
  limb(canvas, view, paint.pack, 0, 0.92, -0.26, 0, 1.34, -0.24, 0.2, 0.11)
  limb(canvas, view, paint.skin, 0, 1.42, 0.04, 0, 1.74, 0.04, 0.15, 0.16)
  limb(canvas, view, paint.shirt, -0.44, 0.8 + raised, -step, -0.37, 1.38, 0, 0.08, 0.09)
  const reach = 0.7 * blow
  const hand = 0.8 + Math.max(raised, 0.5 * blow)
  limb(canvas, view, paint.shirt, 0.44, hand, step + reach, 0.37, 1.38, 0, 0.08, 0.09)
  if (blow > 0) {
    limb(canvas, view, paint.blade, 0.44, hand, reach, 0.5, hand + 0.9, reach + 0.5, 0.05, 0.09)
  }
}

/**
 * Returns a triangle wave in −1…1 of the distance along `facing`, so that the feet do not slide.
 */
function stride({ x, z, facing }: IslandState): number {
  const covered = (-x * sin(facing) - z * cos(facing)) / STRIDE
  const phase = covered - Math.floor(covered)
  return 4 * Math.abs(phase - 0.5) - 1
}

function placeBody(view: View, state: IslandState, { sun }: Weather): void {
  const s = sin(state.facing)
  const c = cos(state.facing)
  view.see(state.x, state.y, state.z)
  feet[0] = view.across
  feet[1] = view.above
  feet[2] = view.depth
  axis(0, view, c, -s)
  axes[3] = 0
  axes[4] = view.upY
  axes[5] = view.forwardY
  axis(6, view, -s, -c)
  sunOn[0] = sun.x * c - sun.z * s
  sunOn[1] = sun.y
  sunOn[2] = -sun.x * s - sun.z * c
}

/** Writes a level world direction to `axes` from index `at` on, in camera space. */
function axis(at: number, view: View, x: number, z: number): void {
  axes[at] = x * view.rightX + z * view.rightZ
  axes[at + 1] = x * view.upX + z * view.upZ
  axes[at + 2] = x * view.forwardX + z * view.forwardZ
}

/** Faces of a box without its bottom, counter-clockwise. Corner bits: 1 right, 2 top, 4 ahead. */
const SIDES = [
  { corners: [1, 5, 7, 3], axis: 0, sign: 1 },
  { corners: [0, 2, 6, 4], axis: 0, sign: -1 },
  { corners: [2, 3, 7, 6], axis: 1, sign: 1 },
  { corners: [4, 6, 7, 5], axis: 2, sign: 1 },
  { corners: [0, 1, 3, 2], axis: 2, sign: -1 },
] as const

const face = new Polygon()

/** Camera-space corners of the box being drawn: [8, 3]. */
const box = new Float64Array(24)

/** Draws a slanted box from its lower end (right0, up0, ahead0) to its upper end (…1). */
function limb(
  canvas: Canvas,
  view: View,
  pigment: Pigment,
  right0: number,
  up0: number,
  ahead0: number,
  right1: number,
  up1: number,
  ahead1: number,
  halfWidth: number,
  halfDepth: number,
): void {
  // All indices below are within the fixed-size arrays above.
  for (let i = 0; i < 8; i++) {
    const isTop = (i & 2) !== 0
    const right = (isTop ? right1 : right0) + ((i & 1) !== 0 ? halfWidth : -halfWidth)
    const up = isTop ? up1 : up0
    const ahead = (isTop ? ahead1 : ahead0) + ((i & 4) !== 0 ? halfDepth : -halfDepth)
    for (let k = 0; k < 3; k++) {
      box[3 * i + k] =
        (feet[k] as number) +
        right * (axes[k] as number) +
        up * (axes[3 + k] as number) +
        ahead * (axes[6 + k] as number)
    }
  }
  for (let f = 0; f < SIDES.length; f++) {
    const side = SIDES[f] as (typeof SIDES)[number]
    const sun = Math.max(0, (sunOn[side.axis] as number) * side.sign)
    canvas.ink(view, pigment, sun, 0)
    face.begin()
    for (let k = 0; k < 4; k++) {
      const at = 3 * (side.corners[k] as number)
      face.corner(box[at] as number, box[at + 1] as number, box[at + 2] as number)
    }
    face.fill(canvas)
  }
}
