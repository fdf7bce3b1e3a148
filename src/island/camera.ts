/**
 * The third-person camera: it hangs on a boom behind a pivot just over the character's head and
 * looks where `cameraYaw` and `cameraPitch` say. The page's scene uses the same numbers, so that
 * people and the agent see the island from one place.
 */
import { cos, sin } from './exact.ts'
import { FRAME_HEIGHT, FRAME_WIDTH } from './observation.ts'
import type { IslandState } from './state.ts'
import type { Weather } from './weather.ts'

/** Geometry of the camera; metres. */
export const CAMERA = {
  /** Length of the boom from the pivot back to the eye. */
  distance: 5,
  /** Height of the pivot over the feet. */
  pivot: 2.1,
  /** The eye never sinks below this; looking up shortens the boom instead. */
  lowest: 0.8,
  /** Share of a jump's height that the camera follows. */
  follow: 0.6,
  /** Tangent of half the horizontal field of view, which is 85.0°. */
  tanHalfWidth: 11 / 12,
  /** Tangent of half the vertical field of view, which is 49.2°, for pictures twice as wide as high. */
  tanHalfHeight: (11 / 12) * (FRAME_HEIGHT / FRAME_WIDTH),
} as const

/** Pixels across a picture for each metre across at a depth of one metre. Pixels are square. */
export const FOCAL_PIXELS = FRAME_WIDTH / 2 / CAMERA.tanHalfWidth

/** Nothing nearer than this is drawn, in metres along the viewing direction. */
export const NEAR = 0.5

/** Where the eye is and which way it looks (a unit vector). */
export interface CameraPose {
  eyeX: number
  eyeY: number
  eyeZ: number
  forwardX: number
  forwardY: number
  forwardZ: number
}

/** The camera's pose for a state. Looking up or down is no roll: its right is always level. */
export function cameraPose(state: IslandState): CameraPose {
  const pose = { eyeX: 0, eyeY: 0, eyeZ: 0, forwardX: 0, forwardY: 0, forwardZ: 0 }
  placeCamera(pose, state)
  return pose
}

/** The same into an existing object. */
export function placeCamera(pose: CameraPose, state: IslandState): void {
  const rise = sin(state.cameraPitch)
  const level = cos(state.cameraPitch)
  pose.forwardX = -sin(state.cameraYaw) * level
  pose.forwardY = rise
  pose.forwardZ = -cos(state.cameraYaw) * level
  // Who falls into the sea is watched from above, so the eye never goes under the ground.
  const pivotY = CAMERA.pivot + CAMERA.follow * Math.max(0, state.y)
  const room = pivotY - CAMERA.lowest
  const boom = rise * CAMERA.distance > room ? room / rise : CAMERA.distance
  pose.eyeX = state.x - pose.forwardX * boom
  pose.eyeY = pivotY - rise * boom
  pose.eyeZ = state.z - pose.forwardZ * boom
}

/**
 * A camera that is being drawn through: its axes, the light as it comes from here, and the point
 * that was looked at last.
 *
 * Camera space is across (to the right), above (up the picture) and depth (along the view), in
 * metres from the eye.
 */
export class View implements CameraPose {
  eyeX = 0
  eyeY = 0
  eyeZ = 0
  forwardX = 0
  forwardY = 0
  forwardZ = 0
  rightX = 0
  rightZ = 0
  upX = 0
  upY = 0
  upZ = 0
  /** What a metre of level ground straight ahead adds to the depth and takes from the height. */
  level = 0
  tilt = 0

  /** The unit vector to the sun, told in level axes: to the right, up, and towards the eye. */
  sunRight = 0
  sunUp = 0
  sunToward = 0

  hazeR = 0
  hazeG = 0
  hazeB = 0
  #hazeSquared = 1

  /** Set by `see`. */
  across = 0
  above = 0
  depth = 0

  /** Takes its place behind the state's character, in the weather's light. */
  place(state: IslandState, weather: Weather): void {
    placeCamera(this, state)
    const s = sin(state.cameraYaw)
    const c = cos(state.cameraYaw)
    this.rightX = c
    this.rightZ = -s
    this.level = cos(state.cameraPitch)
    this.tilt = -this.forwardY
    this.upX = -s * this.tilt
    this.upY = this.level
    this.upZ = -c * this.tilt
    const { sun, horizon, hazeDistance } = weather
    this.sunRight = sun.x * c - sun.z * s
    this.sunUp = sun.y
    this.sunToward = sun.x * s + sun.z * c
    this.hazeR = horizon[0]
    this.hazeG = horizon[1]
    this.hazeB = horizon[2]
    this.#hazeSquared = hazeDistance * hazeDistance
  }

  /** Looks at a point of the world: sets across, above and depth. */
  see(x: number, y: number, z: number): void {
    const dx = x - this.eyeX
    const dy = y - this.eyeY
    const dz = z - this.eyeZ
    this.across = dx * this.rightX + dz * this.rightZ
    this.above = dx * this.upX + dy * this.upY + dz * this.upZ
    this.depth = dx * this.forwardX + dy * this.forwardY + dz * this.forwardZ
  }

  /** Share (0…1) of the haze's colour in what is seen at a depth. */
  hazeAt(depth: number): number {
    const squared = depth * depth
    return squared / (squared + this.#hazeSquared)
  }
}
