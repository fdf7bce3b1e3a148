/** Input of a human from any device: stick tilts in [−1, 1] and buttons. */
import { binFromStick, encodeAction } from '../../../island/index.ts'

export interface Tilts {
  /** Stick tilts in [−1, 1]; right, forwards and up are positive. */
  readonly walkX: number
  readonly walkY: number
  readonly lookX: number
  readonly lookY: number
  readonly jump: boolean
  readonly attack: boolean
}

export const AT_REST: Tilts = {
  walkX: 0,
  walkY: 0,
  lookX: 0,
  lookY: 0,
  jump: false,
  attack: false,
}

/** Returns the action of several inputs combined: the farthest tilt of each axis, and any button press. */
export function actionOf(hands: readonly Tilts[]): number {
  const farthest = (axis: 'walkX' | 'walkY' | 'lookX' | 'lookY') =>
    hands.reduce((most, tilts) => (Math.abs(tilts[axis]) > Math.abs(most) ? tilts[axis] : most), 0)
  return encodeAction({
    leftX: binFromStick(farthest('walkX')),
    leftY: binFromStick(farthest('walkY')),
    rightX: binFromStick(farthest('lookX')),
    rightY: binFromStick(farthest('lookY')),
    jump: hands.some(({ jump }) => jump),
    attack: hands.some(({ attack }) => attack),
  })
}
