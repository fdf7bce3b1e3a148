/** How an episode turned: the course it walked, and where that came round. */
import { atan2, distance, JUMPPADS, type Point, wrapAngle } from '../island/index.ts'

/** Where the character is at one moment: before a decision, or, the last one, after all of them. */
export interface Moment extends Point {
  /** How many times the sea has returned it. */
  readonly swims: number
  /** Yaw of its body, radians. */
  readonly facing: number
}

/** Decisions over which a course is taken, and the metres that these must have covered. */
const STRIDES = 3
const STRIDE_METRES = 0.6

/** Metres from the middle of a jumppad within which someone is near it. */
export const NEAR_JUMPPAD = 5

/**
 * The head's two corners between the jumppads, metres: beyond them is only sea, so that whoever
 * stands here has gone past the jumppads.
 */
const PAST = { minX: 3.6, maxX: 9, maxZ: -27 } as const

/**
 * The yaw of the way walked at each moment, radians: over the last STRIDES decisions, or, where
 * these were too short to tell, as before. At the start and after a swim it is the body's yaw.
 */
function coursesOf(moments: readonly Moment[]): number[] {
  let course = 0
  return moments.map((moment, i) => {
    if (moment.swims !== moments[i - 1]?.swims) course = moment.facing
    const from = moments[i - STRIDES]
    if (from?.swims === moment.swims && distance(from.x, from.z, moment) >= STRIDE_METRES) {
      course = atan2(from.x - moment.x, from.z - moment.z)
    }
    return course
  })
}

/** Whether a place is near a jumppad, or past the jumppads by the sea. */
function isNearOrPast({ x, z }: Point): boolean {
  const aside = Math.abs(x)
  const past = aside > PAST.minX && aside < PAST.maxX && z < PAST.maxZ
  return past || JUMPPADS.some((jumppad) => distance(x, z, jumppad) < NEAR_JUMPPAD)
}

/**
 * The largest angle, 0…π radians, between a course near a jumppad or past the jumppads and any
 * later course before the next swim; 0 for who never came near.
 */
export function turnNearJumppad(moments: readonly Moment[]): number {
  const courses = coursesOf(moments)
  let largest = 0
  moments.forEach((moment, i) => {
    if (!isNearOrPast(moment)) return
    for (let later = i + 1; moments[later]?.swims === moment.swims; later++) {
      // Both indices are below the length, so the courses exist.
      const turn = wrapAngle((courses[later] as number) - (courses[i] as number))
      largest = Math.max(largest, Math.abs(turn))
    }
  })
  return largest
}

/**
 * Radians of the longest turning in one sense that was not undone: 2π for a full circle. What turns
 * to one side cancels what turned to the other, and a swim begins anew.
 */
export function winding(moments: readonly Moment[]): number {
  const courses = coursesOf(moments)
  let turned = 0
  let lowest = 0
  let highest = 0
  let longest = 0
  courses.forEach((course, i) => {
    const fresh = moments[i]?.swims !== moments[i - 1]?.swims
    turned = fresh ? 0 : turned + wrapAngle(course - (courses[i - 1] ?? course))
    lowest = fresh ? 0 : Math.min(lowest, turned)
    highest = fresh ? 0 : Math.max(highest, turned)
    longest = Math.max(longest, turned - lowest, highest - turned)
  })
  return longest
}
