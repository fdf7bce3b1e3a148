/**
 * Pose of the character between two decisions, for display only: the simulation never uses it.
 */
import type { IslandState } from '../../island/index.ts'

/** Pose of the character, in metres and radians as in the island. */
export interface Pose {
  x: number
  y: number
  z: number
  facing: number
  cameraYaw: number
  cameraPitch: number
  /** Ground speed in metres per second. */
  speed: number
  velocityY: number
  grounded: boolean
  /** Remaining seconds of a swing; 0 without one. */
  attack: number
}

export function createPose(): Pose {
  return {
    x: 0,
    y: 0,
    z: 0,
    facing: 0,
    cameraYaw: 0,
    cameraPitch: 0,
    speed: 0,
    velocityY: 0,
    grounded: true,
    attack: 0,
  }
}

/** Longest step in metres: a longer one means that the sea put the character back. */
const LONGEST_STRIDE = 3

/** Writes the pose at fraction `part` (0…1) between two states into `out`, and returns it. */
export function interpolatePose(from: IslandState, to: IslandState, part: number, out: Pose): Pose {
  const jumped = Math.hypot(to.x - from.x, to.z - from.z) > LONGEST_STRIDE
  const a = jumped ? to : from
  out.x = mix(a.x, to.x, part)
  out.y = mix(a.y, to.y, part)
  out.z = mix(a.z, to.z, part)
  out.facing = mixAngle(a.facing, to.facing, part)
  out.cameraYaw = mixAngle(a.cameraYaw, to.cameraYaw, part)
  out.cameraPitch = mix(a.cameraPitch, to.cameraPitch, part)
  out.speed = mix(groundSpeed(a), groundSpeed(to), part)
  out.velocityY = mix(a.velocityY, to.velocityY, part)
  out.grounded = part < 0.5 ? a.grounded : to.grounded
  out.attack = Math.max(0, mix(a.attack, to.attack, part))
  return out
}

/** Throw: seconds of crouching first, then speeds along and up in m/s, and half the gravity in m/s². */
const THROW = { crouch: 0.12, along: 7.5, up: 15.5, halfGravity: 8 } as const

/**
 * Returns the offset of a character thrown by a jumppad, `seconds` after the touch: metres along the
 * pad's yaw and upwards. The top of the arc, 7.5 m up, is reached about a second after the touch.
 */
export function launchOffset(seconds: number): { along: number; up: number } {
  const { crouch, along, up, halfGravity } = THROW
  const flight = Math.max(0, seconds - crouch)
  const squat = seconds < crouch ? -0.18 * Math.sin((seconds / crouch) * Math.PI) : 0
  return { along: along * flight, up: squat + up * flight - halfGravity * flight * flight }
}

function groundSpeed(state: IslandState): number {
  return Math.hypot(state.velocityX, state.velocityZ)
}

function mix(a: number, b: number, part: number): number {
  return a + (b - a) * part
}

/** Interpolates between two angles in radians, the short way round. */
export function mixAngle(a: number, b: number, part: number): number {
  const turn = 2 * Math.PI
  const difference = ((((b - a + Math.PI) % turn) + turn) % turn) - Math.PI
  return a + difference * part
}
