/** How the character's limbs stand at a moment: numbers in, angles out, nothing of Three.js. */
import type { Pose } from '../../lab/pose.ts'

/** Angles in radians; limbs turn about their joint, positive swings forward and up. */
export interface Gait {
  legLeft: number
  legRight: number
  kneeLeft: number
  kneeRight: number
  armLeft: number
  armRight: number
  /** How far the arms stand out from the body. */
  armsOut: number
  /** The sword arm sweeps across the body while it strikes. */
  sweep: number
  lean: number
  /** Metres the hips are raised. */
  bob: number
  /** Radians the hips turn with each step. */
  twist: number
  headNod: number
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
  }
}

/** Metres of one full stride, left foot to left foot; as in the agent's pixels. */
export const STRIDE = 2.4
const FULL_SPEED = 5.8
const SWING_SECONDS = 0.5

/**
 * `covered` is the ground covered since the episode began, in metres, so that feet do not slide;
 * `thrown` is the time in seconds since a jumppad was touched; `time` makes the breath at rest.
 */
export function walk(
  pose: Pose,
  covered: number,
  thrown: number | undefined,
  time: number,
  out: Gait,
): Gait {
  const effort = Math.min(1, pose.speed / FULL_SPEED)
  const turn = (2 * Math.PI * covered) / STRIDE
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
  const breath = (1 - effort) * 0.012 * Math.sin(time * 2.2)
  out.bob = breath + 0.055 * effort * Math.abs(Math.cos(turn))
  out.headNod = 0.1 * effort
  if (thrown !== undefined) fly(thrown, out)
  else if (!pose.grounded) leap(pose.velocityY, out)
  if (pose.attack > 0) strike(1 - pose.attack / SWING_SECONDS, out)
  return out
}

/** In the air of its own jump: knees up on the way up, feet down again before the ground. */
function leap(velocityY: number, out: Gait): void {
  const rising = Math.max(-1, Math.min(1, velocityY / 6))
  out.legLeft = 0.55 + 0.3 * rising
  out.legRight = -0.25
  out.kneeLeft = -0.9 - 0.4 * rising
  out.kneeRight = -0.7
  out.armLeft = 0.5
  out.armRight = -0.3
  out.armsOut = 0.75
  out.lean = -0.1
  out.bob = 0
}

/** Thrown by a jumppad: arms up, legs trailing. */
function fly(seconds: number, out: Gait): void {
  const open = Math.min(1, seconds * 4)
  const kick = Math.sin(seconds * 9) * 0.25 * open
  out.legLeft = -0.35 * open + kick
  out.legRight = -0.35 * open - kick
  out.kneeLeft = -0.45 * open
  out.kneeRight = -0.45 * open
  out.armLeft = 2.5 * open
  out.armRight = 2.5 * open
  out.armsOut = 0.5 * open
  out.lean = -0.25 * open
  out.bob = 0
}

/** A swing from over the shoulder down across the body; `part` runs from 0 to 1. */
function strike(part: number, out: Gait): void {
  const p = Math.max(0, Math.min(1, part))
  const raised = p < 0.25 ? p / 0.25 : 1 - (p - 0.25) / 0.75
  out.armRight = 2.6 * raised + 0.3
  out.sweep = 0.9 * (p - 0.3)
  out.twist += 0.5 * (p < 0.25 ? -p / 0.25 : p - 0.5)
  out.armsOut = 0.2
}
