/**
 * A controller that walks the shortest path to a target at full tilt, without lag or noise: the
 * reference for the map's distances, for checks of the world, and for scripted players.
 */
import { binFromStick, CENTRE_BIN, encodeAction, STICK_BINS } from './action.ts'
import { atan2, cos, sin, wrapAngle } from './exact.ts'
import type { Point } from './map.ts'
import { lookTurn } from './motion.ts'
import { nextWaypoint } from './navigation.ts'
import type { IslandState } from './state.ts'
import type { World } from './world.ts'

/** Returns the yaw from the character towards a point, in radians. */
export function yawTo(state: IslandState, place: Point): number {
  return atan2(state.x - place.x, state.z - place.z)
}

/** Returns the rightX bin whose turn in one decision is closest to `turn`, in radians. */
export function lookBin(turn: number): number {
  let best = CENTRE_BIN
  for (let bin = 0; bin < STICK_BINS; bin++) {
    if (Math.abs(lookTurn(bin) - turn) < Math.abs(lookTurn(best) - turn)) best = bin
  }
  return best
}

/**
 * Returns the left-stick bins that walk at full tilt at an angle to the camera's yaw, in radians.
 */
export function fullTilt(angle: number): { leftX: number; leftY: number } {
  const aside = -sin(angle)
  const ahead = cos(angle)
  // The stick range is a square: stretching to its rim gives more directions distinct bins.
  const stretch = 1 / Math.max(Math.abs(aside), Math.abs(ahead))
  return { leftX: binFromStick(aside * stretch), leftY: binFromStick(ahead * stretch) }
}

/**
 * Returns the action that walks and turns the camera straight towards a point, ignoring obstacles.
 */
export function actionTowards(state: IslandState, place: Point): number {
  const turn = wrapAngle(yawTo(state, place) - state.cameraYaw)
  const rightX = lookBin(turn)
  const ahead = wrapAngle(turn - lookTurn(rightX) / 2)
  return encodeAction({
    ...fullTilt(ahead),
    rightX,
    rightY: CENTRE_BIN,
    jump: false,
    attack: false,
  })
}

/** Returns the action that follows the shortest path to the target. */
export function walkTo(world: World, state: IslandState, target: Point): number {
  return actionTowards(state, nextWaypoint(world, state, target))
}
