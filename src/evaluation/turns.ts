/** Turning during an episode, measured on the course that the character walked. */
import { atan2, distance, isWithin, type Point, type World, wrapAngle } from '../island/index.ts'

/** State of the character before a decision or, for the last moment, after all of them. */
export interface TurnMoment extends Point {
  /** Number of falls into the sea so far. */
  readonly swims: number
  /** Yaw of the body, radians. */
  readonly facing: number
}

/** Number of decisions over which a course is measured. */
const STRIDES = 3
/** Metres that these decisions must have covered. */
const STRIDE_METRES = 0.6

/** Distance from the centre of a jumppad that counts as near it, metres. */
export const NEAR_JUMPPAD = 5

/**
 * Returns the course at each moment, as a yaw in radians: the direction walked over the last
 * STRIDES decisions or, where these covered too little to tell, the previous course. At the start
 * and after a fall into the sea it is the yaw of the body.
 */
function coursesOf(moments: readonly TurnMoment[]): number[] {
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

/** Returns whether a position is near a jumppad, or past the jumppads by the sea. */
function isNearOrPast({ map, jumppads }: World, place: Point): boolean {
  return (
    (map.beyond ?? []).some((area) => isWithin(area, place)) ||
    jumppads.some((jumppad) => distance(place.x, place.z, jumppad) < NEAR_JUMPPAD)
  )
}

/**
 * Returns the largest angle, 0…π radians, between a course near a jumppad or past the jumppads and
 * any later course before the next fall into the sea; 0 if the character never came near.
 */
export function turnNearJumppad(world: World, moments: readonly TurnMoment[]): number {
  const courses = coursesOf(moments)
  let largest = 0
  moments.forEach((moment, i) => {
    if (!isNearOrPast(world, moment)) return
    for (let later = i + 1; moments[later]?.swims === moment.swims; later++) {
      // Both indices are below the length, so the courses exist.
      const turn = wrapAngle((courses[later] as number) - (courses[i] as number))
      largest = Math.max(largest, Math.abs(turn))
    }
  })
  return largest
}

/**
 * Returns the longest net turning in one direction, radians: 2π for a full circle. Turning to one
 * side cancels turning to the other, and a fall into the sea resets the sum.
 */
export function winding(moments: readonly TurnMoment[]): number {
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
