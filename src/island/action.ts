/**
 * Actions: the state of a gamepad for one decision, with two sticks whose axes are quantised into
 * 11 bins, and two buttons. Policies, scripted players, keyboards and real gamepads all produce the
 * same type, and each of its 58,564 values has an unsigned 16-bit code.
 */

/** Number of bins per stick axis. */
export const STICK_BINS = 11
export const CENTRE_BIN = 5

/**
 * State of a gamepad. Stick axes are bins 0…10: leftX 10 walks right, leftY 10 forwards, rightX 10
 * looks right, rightY 10 up.
 */
export interface Gamepad {
  leftX: number
  leftY: number
  rightX: number
  rightY: number
  jump: boolean
  attack: boolean
}

/** The categorical heads of a policy, in the order used wherever an action is six indices. */
export const HEAD_NAMES = ['leftX', 'leftY', 'rightX', 'rightY', 'jump', 'attack'] as const
export type HeadName = (typeof HEAD_NAMES)[number]

/** Number of categories of each head, in the order of HEAD_NAMES. */
export const HEAD_SIZES: readonly number[] = [11, 11, 11, 11, 2, 2]

/** Number of distinct actions; their codes are 0…ACTION_COUNT − 1. */
export const ACTION_COUNT = 58_564

/** Action with both sticks centred and no button pressed. */
export const NEUTRAL_ACTION = encodeAction({
  leftX: CENTRE_BIN,
  leftY: CENTRE_BIN,
  rightX: CENTRE_BIN,
  rightY: CENTRE_BIN,
  jump: false,
  attack: false,
})

function checkedBin(name: string, bin: number): number {
  if (!(Number.isInteger(bin) && bin >= 0 && bin < STICK_BINS)) {
    throw new RangeError(
      `Stick axis ${name} is ${bin}: expected a bin from 0 to ${STICK_BINS - 1}.`,
    )
  }
  return bin
}

function checkedCode(code: number): number {
  if (!(Number.isInteger(code) && code >= 0 && code < ACTION_COUNT)) {
    throw new RangeError(
      `Action ${code} does not exist: expected a whole number from 0 to ${ACTION_COUNT - 1}.`,
    )
  }
  return code
}

function join(lx: number, ly: number, rx: number, ry: number, jump: number, attack: number) {
  return ((((lx * 11 + ly) * 11 + rx) * 11 + ry) * 2 + jump) * 2 + attack
}

/**
 * Returns the action code of a gamepad state. Throws a RangeError if a bin is not an integer 0…10.
 */
export function encodeAction(gamepad: Gamepad): number {
  return join(
    checkedBin('leftX', gamepad.leftX),
    checkedBin('leftY', gamepad.leftY),
    checkedBin('rightX', gamepad.rightX),
    checkedBin('rightY', gamepad.rightY),
    gamepad.jump ? 1 : 0,
    gamepad.attack ? 1 : 0,
  )
}

/** Returns the gamepad state of an action code. Throws a RangeError if there is no such action. */
export function decodeAction(code: number): Gamepad {
  checkedCode(code)
  const sticks = Math.floor(code / 4)
  return {
    leftX: Math.floor(sticks / 1331),
    leftY: Math.floor(sticks / 121) % 11,
    rightX: Math.floor(sticks / 11) % 11,
    rightY: sticks % 11,
    jump: (code & 2) !== 0,
    attack: (code & 1) !== 0,
  }
}

/** Returns the action code for the chosen index of each head [6], in the order of HEAD_NAMES. */
export function actionFromHeads(heads: ArrayLike<number>): number {
  if (heads.length !== HEAD_NAMES.length) {
    throw new RangeError(`Found ${heads.length} heads: expected ${HEAD_NAMES.length}.`)
  }
  const [lx, ly, rx, ry, jump, attack] = Array.from(heads, (choice, head) => {
    const size = HEAD_SIZES[head] ?? 0
    if (Number.isInteger(choice) && choice >= 0 && choice < size) return choice
    throw new RangeError(`Head ${HEAD_NAMES[head]} chose ${choice}: expected 0 to ${size - 1}.`)
  }) as [number, number, number, number, number, number] // six, as checked above
  return join(lx, ly, rx, ry, jump, attack)
}

/** Writes the six head indices of an action code into out[offset … offset + 5]. */
export function headsFromAction(code: number, out: Int32Array | Uint8Array, offset: number): void {
  checkedCode(code)
  const sticks = Math.floor(code / 4)
  out[offset] = Math.floor(sticks / 1331)
  out[offset + 1] = Math.floor(sticks / 121) % 11
  out[offset + 2] = Math.floor(sticks / 11) % 11
  out[offset + 3] = sticks % 11
  out[offset + 4] = (code >> 1) & 1
  out[offset + 5] = code & 1
}

/** Returns the action with the same effect on the mirrored island: both stick x axes negated. */
export function mirrorAction(code: number): number {
  const gamepad = decodeAction(code)
  gamepad.leftX = STICK_BINS - 1 - gamepad.leftX
  gamepad.rightX = STICK_BINS - 1 - gamepad.rightX
  return encodeAction(gamepad)
}

/** Returns the tilt in [−1, 1] of a stick axis in this bin. */
export function stickValue(bin: number): number {
  return (bin - CENTRE_BIN) / CENTRE_BIN
}

/** Returns the bin nearest to a tilt, clamped to ±1; ties round away from the centre. */
export function binFromStick(value: number): number {
  const tilt = Math.min(1, Math.abs(value)) * CENTRE_BIN
  return CENTRE_BIN + Math.sign(value) * Math.floor(tilt + 0.5)
}
