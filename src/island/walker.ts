/**
 * Who walks the shortest way to a place at full tilt, with no lag and no noise: the yardstick for
 * the map's distances, for checks of the world, and for scripted players.
 */
import { binFromStick, CENTRE_BIN, encodeAction, STICK_BINS } from './action.ts'
import { atan2, cos, sin, wrapAngle } from './exact.ts'
import type { Point } from './map.ts'
import { lookTurn } from './motion.ts'
import { nextWaypoint } from './navigation.ts'
import type { IslandState } from './state.ts'

/** The yaw in which a place lies, seen from the character. */
export function yawTo(state: IslandState, place: Point): number {
  return atan2(state.x - place.x, state.z - place.z)
}

/** The right stick's bin that turns the camera most nearly by this angle in one decision. */
export function lookBin(turn: number): number {
  let best = CENTRE_BIN
  for (let bin = 0; bin < STICK_BINS; bin++) {
    if (Math.abs(lookTurn(bin) - turn) < Math.abs(lookTurn(best) - turn)) best = bin
  }
  return best
}

/** The left stick's bins that walk at full tilt in a direction, relative to the camera's yaw. */
export function fullTilt(angle: number): { leftX: number; leftY: number } {
  const aside = -sin(angle)
  const ahead = cos(angle)
  // The stick moves in a square: stretched to its rim, more directions have bins of their own.
  const stretch = 1 / Math.max(Math.abs(aside), Math.abs(ahead))
  return { leftX: binFromStick(aside * stretch), leftY: binFromStick(ahead * stretch) }
}

/** The action that goes towards a place straight away, whatever is in between, looking there. */
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

/** The action that follows the shortest way to the target. */
export function walkTo(state: IslandState, target: Point): number {
  return actionTowards(state, nextWaypoint(state.x, state.z, target.x, target.z))
}
