/** Ramps of a world's jumppads as flat faces in world space, all of one shape, built once. */
import type { View } from './camera.ts'
import type { Canvas, Pigment } from './canvas.ts'
import { cos, sin } from './exact.ts'
import type { Look } from './look.ts'
import type { Jumppad } from './map.ts'
import type { Paint } from './paint.ts'
import { Polygon } from './polygon.ts'
import type { Weather } from './weather.ts'
import { perWorld } from './world.ts'

/** Half-length and half-width of a ramp, and the height of its far edge, in metres. */
export const RAMP = { halfLength: 1.6, halfWidth: 1.9, height: 1.9 } as const

/** Starts of the stripes across the slope, and their width (−1 is the foot, 1 the far edge). */
const STRIPES = [-0.5, 0.2]
const STRIPE_WIDTH = 0.32
/**
 * Maximum depth in metres at which stripes are drawn; beyond it they would only darken the ramp.
 */
const STRIPES_SEEN_WITHIN = 16
const STRIPE_LIFT = 1e-4

/** Factor on the haze over ramps, which must stay visible from afar. */
const HAZE_SHARE = 0.6

interface Face {
  readonly material: 'slope' | 'stripe' | 'side'
  /** x, y, z of each corner, counter-clockwise as seen from outside. */
  readonly corners: Float64Array
  readonly normalX: number
  readonly normalY: number
  readonly normalZ: number
}

interface Ramp {
  readonly pad: Jumppad
  readonly faces: readonly Face[]
}

/** A corner of the ramp: along (−1 foot … 1 far edge), aside (−1 left … 1 right), up (0…1). */
type Corner = readonly [along: number, aside: number, up: number]

const rampsOf = perWorld(({ jumppads }): readonly Ramp[] =>
  jumppads.map((pad) => ({ pad, faces: facesOf(pad) })),
)

function facesOf(pad: Jumppad): Face[] {
  const band = (from: number, to: number): Corner[] => [
    [from, -1, (from + 1) / 2],
    [from, 1, (from + 1) / 2],
    [to, 1, (to + 1) / 2],
    [to, -1, (to + 1) / 2],
  ]
  const s = sin(pad.yaw)
  const c = cos(pad.yaw)
  const face = (material: Face['material'], corners: Corner[]): Face => {
    const world = corners.flatMap(([along, aside, up]) => [
      pad.x - s * along * RAMP.halfLength + c * aside * RAMP.halfWidth,
      up * RAMP.height,
      pad.z - c * along * RAMP.halfLength - s * aside * RAMP.halfWidth,
    ])
    return { material, corners: Float64Array.from(world), ...normalOf(world) }
  }
  return [
    face('slope', band(-1, 1)),
    ...STRIPES.map((from) => face('stripe', band(from, from + STRIPE_WIDTH))),
    face('side', [
      [1, 1, 0],
      [1, -1, 0],
      [1, -1, 1],
      [1, 1, 1],
    ]),
    face('side', [
      [-1, 1, 0],
      [1, 1, 0],
      [1, 1, 1],
    ]),
    face('side', [
      [-1, -1, 0],
      [1, -1, 1],
      [1, -1, 0],
    ]),
  ]
}

function normalOf(world: readonly number[]) {
  const [x0, y0, z0, x1, y1, z1, x2, y2, z2] = world as [
    ...[number, number, number, number, number, number, number, number, number],
    ...number[],
  ] // at least three corners
  const x = (y1 - y0) * (z2 - z0) - (z1 - z0) * (y2 - y0)
  const y = (z1 - z0) * (x2 - x0) - (x1 - x0) * (z2 - z0)
  const z = (x1 - x0) * (y2 - y0) - (y1 - y0) * (x2 - x0)
  const length = Math.sqrt(x * x + y * y + z * z)
  return { normalX: x / length, normalY: y / length, normalZ: z / length }
}

const polygon = new Polygon()

/** Draws the ramps of all jumppads. */
export function drawRamps(
  canvas: Canvas,
  view: View,
  { world, weather }: Look,
  paint: Paint,
): void {
  const ramps = rampsOf(world)
  for (let i = 0; i < ramps.length; i++) {
    const { pad, faces } = ramps[i] as Ramp // i is in range
    view.see(pad.x, 0, pad.z)
    const { depth } = view
    if (depth < -3 || Math.abs(view.across) > depth + 6) continue
    const haze = HAZE_SHARE * view.hazeAt(Math.max(0, depth))
    for (let j = 0; j < faces.length; j++) {
      const face = faces[j] as Face // j is in range
      if (face.material === 'stripe' && depth > STRIPES_SEEN_WITHIN) continue
      canvas.ink(view, pigmentOf(face, paint), lightOn(face, weather), haze)
      drawFace(canvas, view, face)
    }
  }
}

function pigmentOf({ material }: Face, paint: Paint): Pigment {
  if (material === 'slope') return paint.slope
  return material === 'stripe' ? paint.stripe : paint.rampSide
}

function lightOn({ normalX, normalY, normalZ }: Face, { sun }: Weather): number {
  return Math.max(0, normalX * sun.x + normalY * sun.y + normalZ * sun.z)
}

function drawFace(canvas: Canvas, view: View, { corners, material }: Face): void {
  polygon.begin()
  for (let k = 0; k < corners.length; k += 3) {
    // Corners are triples.
    view.see(corners[k] as number, corners[k + 1] as number, corners[k + 2] as number)
    polygon.seen(view)
  }
  polygon.fill(canvas, material === 'stripe' ? STRIPE_LIFT : 0)
}
