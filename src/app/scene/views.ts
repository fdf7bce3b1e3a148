/** Position and direction of the camera for each kind of view. */
import { Matrix4, type PerspectiveCamera, Quaternion, Vector3 } from 'three'
import { CAMERA, HOME, type World } from '../../island/index.ts'
import { drawnPosition, type LiveLane } from '../stores/live.ts'
import type { CameraKind } from '../stores/watch-settings.ts'

export interface Eye {
  readonly position: Vector3
  readonly quaternion: Quaternion
  /** Vertical field of view in degrees. */
  fov: number
  /** Near clipping plane in metres; a larger distance leaves a finer depth resolution. */
  near: number
}

export function createEye(): Eye {
  return { position: new Vector3(), quaternion: new Quaternion(), fov: 50, near: 0.2 }
}

/** Returns the centre of the map view and of the sunlight. */
export function centreOf({ bounds: { minX, maxX, minZ, maxZ } }: World): Vector3 {
  return new Vector3((minX + maxX) / 2, 0, (minZ + maxZ) / 2 - 1)
}

/** Returns the centre of the orbit: south of the centre, because panels cover the bottom corners of a wide picture. */
export function orbitCentreOf(world: World): Vector3 {
  return centreOf(world).add(new Vector3(0, 0, 4))
}

/** Returns the size of a world relative to the first island's. */
function scaleOf({ bounds }: World): number {
  const size = ({ minX, maxX, minZ, maxZ }: World['bounds']) => Math.max(maxX - minX, maxZ - minZ)
  return Math.max(1, size(bounds) / size(HOME.bounds))
}

/** Share of a wide picture's height, at the bottom, that panels partly cover. */
const PANELS = 0.14
/** Share of a narrow picture's height, at the top, that a chip covers. */
const CHIP = 0.07

const UP = new Vector3(0, 1, 0)
const NORTH = new Vector3(0, 0, -1)
const matrix = new Matrix4()
const target = new Vector3()

const degrees = (radians: number) => (radians * 180) / Math.PI

/** The agent's vertical field of view plus 3°, in degrees, so that pictures show at least what it sees. */
const CHASE_FOV = degrees(2 * Math.atan(CAMERA.tanHalfHeight)) + 3

/** Share of a throw's height by which the chase camera rises. */
const RISE = 0.25

/** Seconds after the touch in which the chase camera turns from looking ahead to the thrown character. */
const TURN_SECONDS = 0.5

const drawn = new Vector3()

/** Places the eye behind the character, on the agent camera's boom; after a throw it turns to the character. */
function chaseView(lane: LiveLane, out: Eye): void {
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

/** Places the eye in the south-east with the whole island in view, where orbiting begins. */
function orbitView(world: World, aspect: number, out: Eye): void {
  const centre = orbitCentreOf(world)
  const distance = 54 * scaleOf(world) * Math.max(1, 1.25 / aspect)
  out.position.set(0.5, 0.6, 0.68).normalize().multiplyScalar(distance).add(centre)
  lookAlong(out, target.copy(centre).sub(out.position))
  out.fov = 42
  out.near = 1
}

/** Places the eye above the island, looking straight down, north up, with all land in view. */
function mapView(world: World, aspect: number, out: Eye): void {
  const { minX, maxX, minZ, maxZ } = world.bounds
  const centre = centreOf(world)
  const fov = 30
  const tan = Math.tan((fov * Math.PI) / 360)
  const shift = aspect > 1.2 ? PANELS : -CHIP
  const halfDepth = (maxZ - minZ) / 2 / (1 - Math.abs(shift))
  const halfWidth = (maxX - minX) / 2
  const height = Math.max(halfDepth, halfWidth / aspect) / tan
  out.position.set(centre.x, height, centre.z + 1 + shift * halfDepth)
  out.quaternion.setFromRotationMatrix(
    matrix.lookAt(out.position, target.copy(out.position).setY(0), NORTH),
  )
  out.fov = fov
  out.near = 10
}

export function placeEye(kind: CameraKind, lane: LiveLane, aspect: number, out: Eye): void {
  if (kind === 'chase') chaseView(lane, out)
  else if (kind === 'orbit') orbitView(lane.world, aspect, out)
  else mapView(lane.world, aspect, out)
}

function lookAlong(out: Eye, forward: Vector3): void {
  const eye = new Vector3()
  out.quaternion.setFromRotationMatrix(matrix.lookAt(eye, forward, UP))
}

/** Moves the camera along an eased blend of two eyes: `part` 0 is at `from`, 1 at `to`. */
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
