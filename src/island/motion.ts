/**
 * Transition function: the effect of one action on the state. Arithmetic is exact, and odd in
 * everything that the mirror (x → −x) negates, so that mirrored actions on the mirrored state give
 * the mirrored path bit for bit.
 */
import { decodeAction, type Gamepad, stickValue } from './action.ts'
import { atan2, cos, PI, sin, wrapAngle } from './exact.ts'
import { SEA_LEVEL } from './map.ts'
import { type IslandState, REST_PITCH } from './state.ts'
import { DECISION_SECONDS, EPISODE_DECISIONS, SUBSTEPS } from './version.ts'
import type { World } from './world.ts'

/** Speed with the left stick at full tilt, in metres per second. */
export const WALKING_SPEED = 5.8

/** Radius of the character's collision disc, in metres. */
export const BODY_RADIUS = 0.4

/** Limits of the camera's pitch, in radians. */
export const PITCH_RANGE = { min: -0.7, max: 0.35 } as const

/** Maximum horizontal acceleration towards the velocity that the stick commands, in m/s². */
const GROUND_ACCELERATION = 30
const AIR_ACCELERATION = 8

const GRAVITY = 18
const JUMP_SPEED = 6.5

/** Camera turn rates at full tilt of the right stick, in radians per second. */
const YAW_RATE = PI
const PITCH_RATE = PI / 2

/** Maximum rate at which the body turns towards its velocity, in radians per second. */
const BODY_TURN_RATE = 12

/** Duration of one attack swing in seconds, and the walking-speed factor while it lasts. */
export const ATTACK_SECONDS = 0.5
const ATTACK_SLOWDOWN = 0.5

/** Maximum |height| in metres at which a jumppad is touched; the top of a jump clears it. */
const TOUCH_HEIGHT = 1

const STEP = DECISION_SECONDS / SUBSTEPS

/** Returns whether the episode was terminated by a jumppad or truncated after its last decision. */
export function isOver(state: IslandState): boolean {
  return state.outcome !== undefined || state.decision >= EPISODE_DECISIONS
}

/**
 * Plays one decision of DECISION_SECONDS: applies an action code to the state, in place. A state
 * that a jumppad has terminated is left unchanged. Throws a RangeError if there is no such action.
 */
export function advance(world: World, state: IslandState, action: number): void {
  if (state.outcome !== undefined) return
  const gamepad = decodeAction(action)
  state.decision += 1
  if (gamepad.attack && state.attack === 0) state.attack = ATTACK_SECONDS
  for (let step = 0; step < SUBSTEPS; step++) {
    turnCamera(state, gamepad)
    walk(world, state, gamepad)
    riseOrFall(world, state, gamepad.jump)
    if (state.y < SEA_LEVEL) returnToStart(state)
    else if (touchJumppad(world, state)) break
  }
  turnBody(state)
  // Rounded to hundredths of a second, so that the swing ends at exactly 0.
  state.attack = Math.max(0, Math.round((state.attack - DECISION_SECONDS) * 100) / 100)
}

/** Returns the response of a right-stick bin in [−1, 1]: gentle near the centre. */
function lookResponse(bin: number): number {
  const tilt = stickValue(bin)
  return tilt * (0.35 + 0.65 * Math.abs(tilt))
}

/** Returns the camera's yaw change per decision for a rightX bin, in radians; left is positive. */
export function lookTurn(bin: number): number {
  return -lookResponse(bin) * YAW_RATE * DECISION_SECONDS
}

function turnCamera(state: IslandState, gamepad: Gamepad): void {
  state.cameraYaw = wrapAngle(state.cameraYaw + lookTurn(gamepad.rightX) / SUBSTEPS)
  const pitch = state.cameraPitch + lookResponse(gamepad.rightY) * PITCH_RATE * STEP
  state.cameraPitch = Math.max(PITCH_RANGE.min, Math.min(PITCH_RANGE.max, pitch))
}

/** Accelerates towards the velocity set by the left stick, relative to the camera, and moves. */
function walk(world: World, state: IslandState, gamepad: Gamepad): void {
  const aside = stickValue(gamepad.leftX)
  const ahead = stickValue(gamepad.leftY)
  const tilt = Math.sqrt(aside * aside + ahead * ahead)
  const slowdown = state.attack > 0 ? ATTACK_SLOWDOWN : 1
  const speed = (WALKING_SPEED * slowdown) / Math.max(1, tilt)
  const s = sin(state.cameraYaw)
  const c = cos(state.cameraYaw)
  const changeX = speed * (aside * c - ahead * s) - state.velocityX
  const changeZ = speed * (-aside * s - ahead * c) - state.velocityZ
  const change = Math.sqrt(changeX * changeX + changeZ * changeZ)
  const limit = (state.grounded ? GROUND_ACCELERATION : AIR_ACCELERATION) * STEP
  const share = change > limit ? limit / change : 1
  state.velocityX += changeX * share
  state.velocityZ += changeZ * share
  state.x += state.velocityX * STEP
  state.z += state.velocityZ * STEP
  slideAlongObstacle(world, state)
}

/** Pushes the body out of an obstacle and removes the velocity component into it. */
function slideAlongObstacle(world: World, state: IslandState): void {
  // Obstacles are further apart than the body is wide, so it overlaps at most one. The order of
  // resolving collisions, which mirroring could change, therefore does not matter.
  const obstacle = world.obstacleAt(state.x, state.z, BODY_RADIUS)
  if (obstacle === undefined) return
  const dx = state.x - obstacle.x
  const dz = state.z - obstacle.z
  const distance = Math.sqrt(dx * dx + dz * dz)
  if (distance === 0) return
  const outX = dx / distance
  const outZ = dz / distance
  state.x = obstacle.x + outX * (obstacle.radius + BODY_RADIUS)
  state.z = obstacle.z + outZ * (obstacle.radius + BODY_RADIUS)
  const inwards = Math.min(0, state.velocityX * outX + state.velocityZ * outZ)
  state.velocityX -= inwards * outX
  state.velocityZ -= inwards * outZ
}

function riseOrFall(world: World, state: IslandState, jump: boolean): void {
  const wasAbove = state.y >= 0
  if (state.grounded && jump) {
    state.velocityY = JUMP_SPEED
    state.grounded = false
  }
  if (state.grounded) {
    state.grounded = world.onLand(state.x, state.z)
    return
  }
  state.velocityY -= GRAVITY * STEP
  state.y += state.velocityY * STEP
  // A character below the edge does not come up again through the ground.
  if (wasAbove && state.y <= 0 && world.onLand(state.x, state.z)) {
    state.y = 0
    state.velocityY = 0
    state.grounded = true
  }
}

/** Returns the character to the pose in which its episode started, at rest, after a fall into the sea. */
function returnToStart(state: IslandState): void {
  state.x = state.spawnX
  state.y = 0
  state.z = state.spawnZ
  state.velocityX = 0
  state.velocityY = 0
  state.velocityZ = 0
  state.facing = state.spawnYaw
  state.cameraYaw = state.spawnYaw
  state.cameraPitch = REST_PITCH
  state.grounded = true
  state.attack = 0
  state.swims += 1
}

function touchJumppad(world: World, state: IslandState): boolean {
  if (Math.abs(state.y) >= TOUCH_HEIGHT) return false
  state.outcome = world.jumppadAt(state.x, state.z)?.name
  return state.outcome !== undefined
}

/** Turns the body towards its velocity at a limited rate; below 0.2 m/s it keeps its yaw. */
function turnBody(state: IslandState): void {
  const { velocityX, velocityZ } = state
  if (velocityX * velocityX + velocityZ * velocityZ < 0.04) return
  const s = sin(state.facing)
  const c = cos(state.facing)
  const ahead = -velocityX * s - velocityZ * c
  const toLeft = velocityZ * s - velocityX * c
  // Straight backwards is neither left nor right. To stay mirror-symmetric, the body turns left in
  // the east, right in the west, and not at all on the centre line.
  const exactlyBehind = toLeft === 0 && ahead < 0
  const turn = exactlyBehind ? PI * Math.sign(state.x) : atan2(toLeft, ahead)
  const limit = BODY_TURN_RATE * DECISION_SECONDS
  state.facing = wrapAngle(state.facing + Math.max(-limit, Math.min(limit, turn)))
}
