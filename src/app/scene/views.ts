/** Where a camera stands and looks, for each way of looking at the island. */
import { Matrix4, type PerspectiveCamera, Quaternion, Vector3 } from 'three'
import { BOUNDS, CAMERA } from '../../island/index.ts'
import { drawnPosition, type LiveLane } from '../stores/live.ts'
import type { CameraKind } from '../stores/watch-settings.ts'

export interface Eye {
  readonly position: Vector3
  readonly quaternion: Quaternion
  /** Vertical field of view in degrees. */
  fov: number
  /** Nothing nearer is drawn; the farther away, the finer are depths told apart. Metres. */
  near: number
}

export function createEye(): Eye {
  return { position: new Vector3(), quaternion: new Quaternion(), fov: 50, near: 0.2 }
}

/** What orbits and maps are centred on. */
export const CENTRE = new Vector3(
  (BOUNDS.minX + BOUNDS.maxX) / 2,
  0,
  (BOUNDS.minZ + BOUNDS.maxZ) / 2 - 1,
)

/** A little south of it, because panels cover the corners at the bottom of a wide picture. */
export const ORBIT_CENTRE = CENTRE.clone().add(new Vector3(0, 0, 4))

/** Share of a wide picture's height at the bottom that panels cover in part. */
const PANELS = 0.14
/** Share of a narrow one's at the top. */
const CHIP = 0.07

const UP = new Vector3(0, 1, 0)
const NORTH = new Vector3(0, 0, -1)
const matrix = new Matrix4()
const target = new Vector3()

const degrees = (radians: number) => (radians * 180) / Math.PI

/** The agent's own vertical field of view: pictures are at least as high as its own. */
const CHASE_FOV = degrees(2 * Math.atan(CAMERA.tanHalfHeight)) + 3

/** Share of a throw's height that the chase camera rises with. */
const RISE = 0.25

/** Seconds after the touch in which the chase camera turns from looking ahead to looking after. */
const TURN_SECONDS = 0.5

const drawn = new Vector3()

/** Behind the character, on the same boom as the agent's camera; looks after one who is thrown. */
export function chaseView(lane: LiveLane, out: Eye): void {
  const { pose, launched = 0 } = lane
  drawnPosition(lane, drawn)
  const raised = RISE * (drawn.y - pose.y)
  const rise = Math.sin(pose.cameraPitch)
  const level = Math.cos(pose.cameraPitch)
  const forward = target.set(
    -Math.sin(pose.cameraYaw) * level,
    rise,
    -Math.cos(pose.cameraYaw) * level,
  )
  const pivotY = CAMERA.pivot + CAMERA.follow * Math.max(0, pose.y) + raised
  const room = pivotY - CAMERA.lowest
  const boom = rise * CAMERA.distance > room ? room / rise : CAMERA.distance
  out.position.set(pose.x - forward.x * boom, pivotY - rise * boom, pose.z - forward.z * boom)
  const turned = Math.min(1, launched / TURN_SECONDS)
  forward.lerp(
    drawn
      .setY(drawn.y + 1)
      .sub(out.position)
      .normalize(),
    turned * turned,
  )
  lookAlong(out, forward)
  out.fov = CHASE_FOV
  out.near = 0.2
}

/** From the south-east, the whole island in view; where orbiting begins. */
export function orbitView(aspect: number, out: Eye): void {
  const distance = 54 * Math.max(1, 1.25 / aspect)
  out.position.set(0.5, 0.6, 0.68).normalize().multiplyScalar(distance).add(ORBIT_CENTRE)
  lookAlong(out, target.copy(ORBIT_CENTRE).sub(out.position))
  out.fov = 42
  out.near = 1
}

/** Straight down, north up, all land in view. */
export function mapView(aspect: number, out: Eye): void {
  const fov = 30
  const tan = Math.tan((fov * Math.PI) / 360)
  const shift = aspect > 1.2 ? PANELS : -CHIP
  const halfDepth = (BOUNDS.maxZ - BOUNDS.minZ) / 2 / (1 - Math.abs(shift))
  const halfWidth = (BOUNDS.maxX - BOUNDS.minX) / 2
  const height = Math.max(halfDepth, halfWidth / aspect) / tan
  out.position.set(CENTRE.x, height, CENTRE.z + 1 + shift * halfDepth)
  out.quaternion.setFromRotationMatrix(
    matrix.lookAt(out.position, target.copy(out.position).setY(0), NORTH),
  )
  out.fov = fov
  out.near = 10
}

export function placeEye(kind: CameraKind, lane: LiveLane, aspect: number, out: Eye): void {
  if (kind === 'chase') chaseView(lane, out)
  else if (kind === 'orbit') orbitView(aspect, out)
  else mapView(aspect, out)
}

function lookAlong(out: Eye, forward: Vector3): void {
  const eye = new Vector3()
  out.quaternion.setFromRotationMatrix(matrix.lookAt(eye, forward, UP))
}

/** Takes an eye's place, blended with where a blend began: 0 is there, 1 is here. */
export function lookThrough(camera: PerspectiveCamera, from: Eye, to: Eye, part: number): void {
  const eased = part * part * (3 - 2 * part)
  camera.position.lerpVectors(from.position, to.position, eased)
  camera.quaternion.slerpQuaternions(from.quaternion, to.quaternion, eased)
  const fov = from.fov + (to.fov - from.fov) * eased
  const near = part < 1 ? Math.min(from.near, to.near) : to.near
  if (Math.abs(camera.fov - fov) > 1e-3 || camera.near !== near) {
    camera.fov = fov
    camera.near = near
    camera.updateProjectionMatrix()
  }
}
