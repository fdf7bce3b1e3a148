/** Text description of a clip's path, for screen readers. */

import { DECISION_SECONDS, type Ending, HOME, type Point, type World } from '../../island/index.ts'
import { capitalised, endingPhrase } from '../sentences.ts'
import { LONGEST_PIECE } from '../stores/live.ts'

/** Distance in metres from a straight line up to which a bend is left out. */
const TOLERANCE = 1.5

const WINDS = [
  'north',
  'north-east',
  'east',
  'south-east',
  'south',
  'south-west',
  'west',
  'north-west',
] as const

interface Walked {
  /** Positions x, z before the first decision and after each one. */
  readonly path: Float32Array
  readonly ending: Ending
}

/** Describes the start, each leg with its direction and length, falls into the sea, and the ending. */
export function describePath({ path, ending }: Walked, world: World = HOME): string {
  const points = pointsOf(path)
  const [start] = points
  if (!start) return ''
  const legs = stretches(points).map((stretch) => legsOf(stretch))
  const walked = legs.map((parts) => parts.join(', then ') || 'stands still')
  const seconds = ((points.length - 1) * DECISION_SECONDS).toFixed(1)
  return [
    `Starts ${placeOf(start, world)}.`,
    `${capitalised(walked.join(', falls into the sea, returns to the start, '))}.`,
    `${endingPhrase(ending)} after ${seconds} seconds.`,
  ].join(' ')
}

function pointsOf(path: Float32Array): Point[] {
  return Array.from({ length: path.length / 2 }, (_, index) => ({
    x: path[2 * index] ?? 0,
    z: path[2 * index + 1] ?? 0,
  }))
}

/** Splits the path at falls into the sea, which put the character back. */
function stretches(points: readonly Point[]): Point[][] {
  const parts: Point[][] = []
  let last: Point | undefined
  for (const point of points) {
    if (!last || distance(last, point) > LONGEST_PIECE) parts.push([])
    parts.at(-1)?.push(point)
    last = point
  }
  return parts
}

function legsOf(points: readonly Point[]): string[] {
  const corners = simplified(points)
  return corners.slice(1).flatMap((to, index) => {
    const from = corners[index]
    const metres = from ? Math.round(distance(from, to)) : 0
    return from && metres >= 1 ? [`goes ${windOf(from, to)} for ${metres} metres`] : []
  })
}

/** Returns the corners of the path simplified to within `TOLERANCE` (Douglas & Peucker 1973). */
export function simplified(points: readonly Point[]): Point[] {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || points.length < 3) return [...points]
  let farthest = 0
  let off = 0
  for (const [index, point] of points.entries()) {
    const away = distanceToLine(point, first, last)
    if (away <= off) continue
    off = away
    farthest = index
  }
  if (off <= TOLERANCE) return [first, last]
  const before = simplified(points.slice(0, farthest + 1))
  return [...before.slice(0, -1), ...simplified(points.slice(farthest))]
}

function distanceToLine(point: Point, from: Point, to: Point): number {
  const length = distance(from, to)
  if (length === 0) return distance(point, from)
  const cross = (to.x - from.x) * (from.z - point.z) - (from.x - point.x) * (to.z - from.z)
  return Math.abs(cross) / length
}

function windOf(from: Point, to: Point): string {
  // North is −z; angles grow clockwise.
  const angle = Math.atan2(to.x - from.x, from.z - to.z)
  return (
    WINDS[Math.round((angle / (2 * Math.PI)) * WINDS.length + WINDS.length) % WINDS.length] ?? ''
  )
}

function placeOf(start: Point, { map: { spawns } }: World): string {
  const spawn = spawns.find((each) => distance(each, start) < 1)
  if (!spawn)
    return `at ${Math.round(start.x)} metres east and ${Math.round(-start.z)} metres north`
  if (spawns.length === 1) return 'at the spawn'
  const middle = spawns.reduce(
    (sum, { x, z }) => ({ x: sum.x + x / spawns.length, z: sum.z + z / spawns.length }),
    { x: 0, z: 0 },
  )
  return `at the ${windOf(middle, spawn)} spawn`
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.z - b.z)
}
