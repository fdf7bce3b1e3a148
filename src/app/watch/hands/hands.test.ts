import { expect, it } from 'vitest'
import { decodeAction } from '../../../island/index.ts'
import { gamepadSentence, type PadState, readGamepads } from './real-gamepad.ts'
import { AT_REST, actionOf } from './tilts.ts'

/** Returns a connected gamepad with these axes, and the buttons at these indices pressed. */
function pad(
  axes: number[],
  pressed: number[] = [],
  mapping: GamepadMappingType = 'standard',
  id = 'Pad (Vendor: 045e Product: 02ea)',
) {
  const buttons = Array.from({ length: 17 }, (_, place) => ({
    pressed: pressed.includes(place),
    touched: false,
    value: 0,
  }))
  return { id, axes, buttons, mapping } satisfies PadState
}

it('reads the standard gamepad: up is ahead, and sticks at rest do nothing', () => {
  const pushed = readGamepads([null, pad([0.05, -1, -1, 0.1], [0])])
  expect(decodeAction(actionOf([pushed]))).toEqual({
    leftX: 5,
    leftY: 10,
    rightX: 0,
    rightY: 5,
    jump: true,
    attack: false,
  })
  expect(readGamepads([pad([0, 0, 0, 0], [7])]).attack).toBe(true)
  expect(readGamepads([pad([1, 1, 1, 1], [0], '')])).toEqual(AT_REST)
  expect(readGamepads([])).toEqual(AT_REST)
})

it('reads the gamepad that is being used, whichever is listed first', () => {
  const [resting, moved] = [pad([0, 0, 0, 0]), pad([0, -1, 0, 0])]
  const strange = pad([1, 1, 1, 1], [0], '')
  expect(readGamepads([strange, resting, moved]).walkY).toBe(1)
  expect(readGamepads([moved, null, resting]).walkY).toBe(1)
  expect(readGamepads([resting, pad([0, 0, 0, 0], [0])]).jump).toBe(true)
})

it.each([
  [[], 'You can use a real gamepad: connect it and press a button.'],
  [[null, pad([], [])], '“Pad” is connected and ready to use.'],
  [
    [pad([]), pad([], [], 'standard', 'Other')],
    '“Pad” and “Other” are connected: move either one to play.',
  ],
  [[pad([], [], '')], '“Pad” is connected, but this browser does not know its layout'],
])('reports the connected gamepads', (pads, expected) => {
  expect(gamepadSentence(pads)).toContain(expected)
})

it('combines several input devices by the farthest tilt of each axis', () => {
  const keyboard = { ...AT_REST, walkY: 1, lookX: -0.6 }
  const touch = { ...AT_REST, walkY: -0.4, lookX: 0.8, jump: true }
  const { leftY, rightX, jump } = decodeAction(actionOf([keyboard, touch, AT_REST]))
  expect([leftY, rightX, jump]).toEqual([10, 9, true])
})
