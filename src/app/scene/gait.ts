/** Posture of the character's limbs at a moment: numbers in, angles out, independent of Three.js. */
import type { Pose } from '../../lab/playback/pose.ts'

/** Angles in radians unless noted; limbs turn about their joint, and positive swings forward and up. */
export interface Gait {
  legLeft: number
  legRight: number
  kneeLeft: number
  kneeRight: number
  armLeft: number
  armRight: number
  /** Angle between the arms and the body. */
  armsOut: number
  /** Sweep of the sword arm across the body during a strike. */
  sweep: number
  lean: number
  /** Height in metres by which the hips are raised. */
  bob: number
  /** Turn of the upper body on the hips with each step. */
  twist: number
  headNod: number
  /** Rotation of the body during a throw; negative is forwards. */
  tumble: number
  /** Lift of the scarf behind the body; at 0 it hangs straight down. */
  scarf: number
  /** Height as a share of the normal one: squashed below 1, stretched above. */
  stretch: number
}

export function createGait(): Gait {
  return {
    legLeft: 0,
    legRight: 0,
    kneeLeft: 0,
    kneeRight: 0,
    armLeft: 0,
    armRight: 0,
    armsOut: 0.12,
    sweep: 0,
    lean: 0,
    bob: 0,
    twist: 0,
    headNod: 0,
    tumble: 0,
    scarf: 0,
    stretch: 1,
  }
}

/** Information that a pose lacks: what came before it and what comes next. In seconds and metres. */
export interface Course {
  /** Distance covered since the episode began; keeps the feet from sliding. */
  covered: number
  /** Time since a jumppad was touched; undefined unless one was. */
  thrown: number | undefined
  /** Time since the feet last came down. */
  landed: number
  /** Depth of the crouch before a leap, 0…1, while the feet are still on the ground. */
  gathering: number
  /** Island time, for breathing at rest. */
  time: number
}

/** Length of a full stride in metres, left foot to left foot, as in the agent's frames. */
export const STRIDE = 2.4
const FULL_SPEED = 5.8
const SWING_SECONDS = 0.5

/** Writes the limbs' posture into `out` and returns it. */
export function walk(pose: Pose, course: Course, out: Gait): Gait {
  const effort = Math.min(1, pose.speed / FULL_SPEED)
  const turn = (2 * Math.PI * course.covered) / STRIDE
  const step = Math.sin(turn)
  out.legLeft = 0.85 * effort * step
  out.legRight = -out.legLeft
  out.kneeLeft = -effort * (0.35 + 0.75 * Math.max(0, Math.cos(turn)))
  out.kneeRight = -effort * (0.35 + 0.75 * Math.max(0, -Math.cos(turn)))
  out.armLeft = -0.8 * effort * step
  out.armRight = 0.8 * effort * step
  out.armsOut = 0.1 + 0.12 * effort
  out.sweep = 0
  out.lean = -0.2 * effort
  out.twist = 0.14 * effort * step
  out.tumble = 0
  const breath = (1 - effort) * Math.sin(course.time * 2.2)
  out.bob = 0.012 * breath + 0.055 * effort * Math.abs(Math.cos(turn))
  out.headNod = 0.1 * effort
  out.scarf = 0.15 + 0.95 * effort + 0.14 * Math.sin(course.time * 7 + turn)
  // Lowest where both feet are down, tallest in mid-stride.
  out.stretch = 1 + 0.03 * effort * Math.cos(2 * turn) + 0.008 * breath
  if (course.thrown !== undefined) fly(course.thrown, out)
  else if (!pose.grounded) leap(pose.velocityY, out)
  else settle(course, out)
  if (pose.attack > 0) strike(1 - pose.attack / SWING_SECONDS, out)
  return out
}

const SETTLE_SECONDS = 0.28

/** Applies the give after a landing and the crouch before a leap: knees bent, body squashed. */
function settle({ landed, gathering }: Course, out: Gait): void {
  const rest = Math.max(0, 1 - landed / SETTLE_SECONDS)
  const give = Math.max(gathering, rest * rest * Math.cos(9 * landed))
  out.stretch -= 0.2 * give
  out.bob -= 0.12 * Math.max(0, give)
  out.kneeLeft -= 0.8 * Math.max(0, give)
  out.kneeRight -= 0.8 * Math.max(0, give)
  out.legLeft += 0.4 * Math.max(0, give)
  out.legRight += 0.4 * Math.max(0, give)
  out.armsOut += 0.5 * Math.max(0, give)
  out.armLeft -= 0.6 * gathering
  out.armRight -= 0.6 * gathering
  out.lean -= 0.2 * Math.max(0, give)
}

/** Poses a jump: knees up on the way up, feet down again before the ground. */
function leap(velocityY: number, out: Gait): void {
  const rising = Math.max(-1, Math.min(1, velocityY / 6))
  out.legLeft = 0.55 + 0.3 * rising
  out.legRight = -0.25
  out.kneeLeft = -0.9 - 0.4 * rising
  out.kneeRight = -0.7
  out.armLeft = 0.5 + 0.5 * rising
  out.armRight = -0.3
  out.armsOut = 0.75 - 0.25 * rising
  out.lean = -0.1
  out.bob = 0
  out.scarf = 0.8 - 0.9 * rising
  // Stretched at both ends of the arc, almost normal at the top.
  out.stretch = 0.98 + 0.14 * rising * rising
}

/** Phases of a throw, in seconds: pressed into the panel, one tumble on the way up, spread on the way down. */
const PRESSED = 0.12
const TUMBLE = { from: 0.3, to: 1 } as const

function fly(seconds: number, out: Gait): void {
  if (seconds < PRESSED) {
    const press = Math.sin((seconds / PRESSED) * (Math.PI / 2))
    out.stretch = 1 - 0.34 * press
    out.kneeLeft = -1.1 * press
    out.kneeRight = -1.1 * press
    out.legLeft = 0.6 * press
    out.legRight = 0.6 * press
    out.bob = -0.16 * press
    out.armsOut = 0.6 * press
    return
  }
  const open = Math.min(1, (seconds - PRESSED) * 6)
  const turned = smooth((seconds - TUMBLE.from) / (TUMBLE.to - TUMBLE.from))
  const tuck = Math.sin(Math.PI * turned)
  const kick = Math.sin(seconds * 9) * 0.22 * open * (1 - tuck)
  out.tumble = -2 * Math.PI * turned
  out.legLeft = -0.35 * open + kick + 1.7 * tuck
  out.legRight = -0.35 * open - kick + 1.7 * tuck
  out.kneeLeft = -0.4 * open - 1.4 * tuck
  out.kneeRight = -0.4 * open - 1.4 * tuck
  out.armLeft = 2.6 * open - 1.4 * tuck - 1.1 * turned
  out.armRight = 2.6 * open - 1.4 * tuck - 1.1 * turned
  out.armsOut = 0.4 * open + 0.9 * turned * (1 - tuck)
  out.lean = -0.25 * open * (1 - tuck)
  out.twist = 0
  out.bob = 0
  out.scarf = 0.4
  out.stretch = 1 + 0.3 * Math.exp(-5 * (seconds - PRESSED)) - 0.12 * tuck
}

function smooth(part: number): number {
  const p = Math.max(0, Math.min(1, part))
  return p * p * (3 - 2 * p)
}

/** Poses a sword swing: back over the shoulder, then down across the body; `part` runs from 0 to 1. */
function strike(part: number, out: Gait): void {
  const p = Math.max(0, Math.min(1, part))
  const drawn = p < 0.25 ? smooth(p / 0.25) : 1 - smooth((p - 0.25) / 0.35)
  out.armRight = 0.35 + 2.6 * drawn
  out.sweep = -0.35 + 1.25 * (1 - drawn) * (p < 0.25 ? 0 : 1)
  out.twist += 0.55 * (p < 0.25 ? -drawn : 0.9 * (1 - drawn) * (1 - p))
  out.lean += p < 0.25 ? 0.12 * drawn : -0.18 * (1 - drawn) * (1 - p)
  out.armLeft -= 0.4 * (1 - p)
  out.armsOut = 0.22
}
