/** Characters, trails and other marks on a map, in metres: call `drawInMetres` first. */
import type { Point } from '../../island/index.ts'
import type { Pose } from '../../lab/playback/pose.ts'
import { stageColour } from '../stages.ts'
import { LONGEST_PIECE, type Trail } from '../stores/live.ts'
import type { MapLook } from './looks.ts'
import type { Canvas2d } from './view.ts'

export interface Stroke {
  readonly colour: string
  /** Line width in metres. */
  readonly width: number
  readonly opacity: number
}

export function drawTrail(
  context: Canvas2d,
  trail: Trail,
  width: number,
  opacity: number,
  look: MapLook,
) {
  const colour = stageColour(trail.stage)[look.stages]
  drawPath(context, trail.points, { colour, width, opacity })
}

/** Draws a line through points `[2 × n]`, with a gap wherever the sea put the character back. */
export function drawPath(context: Canvas2d, points: ArrayLike<number>, stroke: Stroke): void {
  if (points.length < 4) return
  context.save()
  context.globalAlpha = stroke.opacity
  context.strokeStyle = stroke.colour
  context.lineWidth = stroke.width
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.beginPath()
  tracePath(context, points)
  context.stroke()
  context.restore()
}

/** Adds the points from `first` to `last`, both included, to the context's current path. */
export function tracePath(
  context: Canvas2d,
  points: ArrayLike<number>,
  first = 0,
  last = points.length / 2 - 1,
): void {
  let lastX = Number.POSITIVE_INFINITY
  let lastZ = 0
  for (let i = first; i <= last; i++) {
    const x = points[2 * i] ?? 0
    const z = points[2 * i + 1] ?? 0
    if (Math.hypot(x - lastX, z - lastZ) < LONGEST_PIECE) context.lineTo(x, z)
    else context.moveTo(x, z)
    lastX = x
    lastZ = z
  }
}

/** Draws a character as an arrowhead, larger the higher it is above the ground. */
export function drawCharacter(
  context: Canvas2d,
  place: Point,
  { facing, y }: Pick<Pose, 'facing' | 'y'>,
  colour: string,
  look: MapLook,
): void {
  context.save()
  context.translate(place.x, place.z)
  context.rotate(-facing)
  const size = 1 + Math.min(1, Math.max(0, y) * 0.12)
  context.scale(size, size)
  context.fillStyle = colour
  context.strokeStyle = look.outline
  context.lineWidth = 0.22
  context.lineJoin = 'round'
  context.beginPath()
  context.moveTo(0, -1.35)
  context.lineTo(0.95, 0.95)
  context.lineTo(0, 0.5)
  context.lineTo(-0.95, 0.95)
  context.closePath()
  context.fill()
  context.stroke()
  context.restore()
}

/** Draws a dot with an outline: one character among many. */
export function drawDot(context: Canvas2d, x: number, z: number, colour: string, look: MapLook) {
  context.beginPath()
  context.arc(x, z, 0.42, 0, 2 * Math.PI)
  context.fillStyle = colour
  context.fill()
  context.lineWidth = 0.12
  context.strokeStyle = look.outline
  context.stroke()
}

/** Draws a ring where an episode ended without reaching a jumppad. */
export function drawRing(context: Canvas2d, x: number, z: number, colour: string, look: MapLook) {
  context.beginPath()
  context.arc(x, z, 0.38, 0, 2 * Math.PI)
  context.fillStyle = look.land
  context.fill()
  context.lineWidth = 0.16
  context.strokeStyle = colour
  context.stroke()
}

/** Draws a ring that grows and fades as `part` goes from 0 to 1, after a jumppad's throw. */
export function drawPulse(context: Canvas2d, { x, z }: Point, part: number, colour: string): void {
  context.save()
  context.globalAlpha = 0.8 * (1 - part)
  context.beginPath()
  context.arc(x, z, 1.4 + 2.2 * part, 0, 2 * Math.PI)
  context.lineWidth = 0.3
  context.strokeStyle = colour
  context.stroke()
  context.restore()
}
