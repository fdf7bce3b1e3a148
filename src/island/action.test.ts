import { expect, it } from 'vitest'
import {
  ACTION_COUNT,
  actionFromHeads,
  binFromStick,
  decodeAction,
  encodeAction,
  HEAD_NAMES,
  HEAD_SIZES,
  headsFromAction,
  mirrorAction,
  NEUTRAL_ACTION,
  STICK_BINS,
  stickValue,
} from './action.ts'

it('assigns every gamepad state a unique number, and decodes it again', () => {
  const heads = new Int32Array(8)
  for (let code = 0; code < ACTION_COUNT; code++) {
    const gamepad = decodeAction(code)
    headsFromAction(code, heads, 2)
    // Compared without expect, as 58,564 calls of it would take seconds.
    const same = HEAD_NAMES.every((name, i) => Number(gamepad[name]) === heads[i + 2])
    if (!same || encodeAction(gamepad) !== code || actionFromHeads(heads.subarray(2)) !== code) {
      expect.fail(`action ${code} became ${JSON.stringify(gamepad)} and ${heads.subarray(2)}`)
    }
  }
  expect(HEAD_SIZES.reduce((a, b) => a * b)).toBe(ACTION_COUNT)
})

it('mirrors the sticks’ x axes and nothing else', () => {
  const gamepad = { leftX: 2, leftY: 9, rightX: 10, rightY: 3, jump: true, attack: false }
  const mirrored = mirrorAction(encodeAction(gamepad))
  expect(decodeAction(mirrored)).toEqual({ ...gamepad, leftX: 8, rightX: 0 })
  expect(mirrorAction(mirrored)).toBe(encodeAction(gamepad))
  expect(mirrorAction(NEUTRAL_ACTION)).toBe(NEUTRAL_ACTION)
})

it('divides stick axes into mirrored bins', () => {
  for (let bin = 0; bin < STICK_BINS; bin++) {
    expect(binFromStick(stickValue(bin))).toBe(bin)
    expect(stickValue(STICK_BINS - 1 - bin)).toBe(0 - stickValue(bin))
  }
  expect([-9, -0.1, -0.09, 0.09, 0.1, 0.5, 9].map(binFromStick)).toEqual([0, 4, 5, 5, 6, 8, 10])
})

it('refuses an invalid action', () => {
  const neutral = decodeAction(NEUTRAL_ACTION)
  expect(() => decodeAction(ACTION_COUNT)).toThrow('Action 58564 does not exist')
  expect(() => decodeAction(1.5)).toThrow('Action 1.5 does not exist')
  expect(() => encodeAction({ ...neutral, leftX: 11 })).toThrow('leftX is 11: expected a bin')
  expect(() => actionFromHeads([5, 5, 5, 5, 2, 0])).toThrow('Head jump chose 2: expected 0 to 1')
  expect(() => actionFromHeads([5, 5])).toThrow('Found 2 heads: expected 6')
})
