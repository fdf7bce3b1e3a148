/**
 * The third-person camera: on a boom behind a pivot just above the character's head, oriented by
 * `cameraYaw` and `cameraPitch`. The page's scene uses the same parameters, so that people and the
 * agent see the island from the same viewpoint.
 */
import { cos, sin } from './exact.ts'
import { FRAME_HEIGHT, FRAME_WIDTH } from './observation.ts'
import type { IslandState } from './state.ts'
import type { Weather } from './weather.ts'

/** Geometry of the camera, in metres. */
export const CAMERA = {
  /** Length of the boom from the pivot back to the eye. */
  distance: 5,
  /** Height of the pivot above the feet. */
  pivot: 2.1,
  /** Minimum height of the eye; looking up shortens the boom to keep it. */
  lowest: 0.8,
  /** Fraction of a jump's height that the camera follows. */
  follow: 0.6,
  /** Tangent of half the horizontal field of view, which is 85.0°. */
  tanHalfWidth: 11 / 12,
  /** Tangent of half the vertical field of view, which is 49.2°, at an aspect ratio of 2:1. */
  tanHalfHeight: (11 / 12) * (FRAME_HEIGHT / FRAME_WIDTH),
} as const

/** Focal length in pixels: pixels per metre at a depth of one metre. Pixels are square. */
export const FOCAL_PIXELS = FRAME_WIDTH / 2 / CAMERA.tanHalfWidth

/** Near plane: minimum depth that is drawn, in metres along the viewing direction. */
export const NEAR = 0.5

/** Position of the eye in metres, and viewing direction as a unit vector. */
export interface CameraPose {
  eyeX: number
  eyeY: number
  eyeZ: number
  forwardX: number
  forwardY: number
  forwardZ: number
}

/**
 * Returns the camera's pose for a state. The camera never rolls: its right axis is always level.
 */
export function cameraPose(state: IslandState): CameraPose {
  const pose = { eyeX: 0, eyeY: 0, eyeZ: 0, forwardX: 0, forwardY: 0, forwardZ: 0 }
  placeCamera(pose, state)
  return pose
}

/** Writes the same pose into an existing object. */
export function placeCamera(pose: CameraPose, state: IslandState): void {
  const rise = sin(state.cameraPitch)
  const level = cos(state.cameraPitch)
  pose.forwardX = -sin(state.cameraYaw) * level
  pose.forwardY = rise
  pose.forwardZ = -cos(state.cameraYaw) * level
  // A fall into the sea is shown from above, so that the eye never goes below the ground.
  const pivotY = CAMERA.pivot + CAMERA.follow * Math.max(0, state.y)
  const room = pivotY - CAMERA.lowest
  const boom = rise * CAMERA.distance > room ? room / rise : CAMERA.distance
  pose.eyeX = state.x - pose.forwardX * boom
  pose.eyeY = pivotY - rise * boom
  pose.eyeZ = state.z - pose.forwardZ * boom
}

/**
 * State of the camera for one frame: its axes, the sun and haze as seen from it, and the point that
 * was transformed last.
 *
 * Camera space is across (right in the picture), above (up in the picture) and depth (along the
 * viewing direction), in metres from the eye.
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
  /** Increase of `depth` (level) and of `above` (tilt) per metre of level ground straight ahead. */
  level = 0
  tilt = 0

  /** Unit vector to the sun in level axes: right, up, and towards the eye. */
  sunRight = 0
  sunUp = 0
  sunToward = 0

  hazeR = 0
  hazeG = 0
  hazeB = 0
  #hazeSquared = 1

  /** Camera-space coordinates of the point last passed to `see`. */
  across = 0
  above = 0
  depth = 0

  /** Places the camera behind the state's character and takes the weather's sun and haze. */
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

  /** Transforms a world point into camera space: sets across, above and depth. */
  see(x: number, y: number, z: number): void {
    const dx = x - this.eyeX
    const dy = y - this.eyeY
    const dz = z - this.eyeZ
    this.across = dx * this.rightX + dz * this.rightZ
    this.above = dx * this.upX + dy * this.upY + dz * this.upZ
    this.depth = dx * this.forwardX + dy * this.forwardY + dz * this.forwardZ
  }

  /** Returns the blend weight (0…1) of the haze colour at a depth. */
  hazeAt(depth: number): number {
    const squared = depth * depth
    return squared / (squared + this.#hazeSquared)
  }
}
