/** What a human's hands hold, whatever they hold it with: tilts in [−1, 1] and buttons. */
import { binFromStick, encodeAction } from '../../../island/index.ts'

export interface Tilts {
  /** Right and forwards, right and up are positive. */
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

/** The action of several hands at once: of each axis the farthest tilt, any press of a button. */
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
