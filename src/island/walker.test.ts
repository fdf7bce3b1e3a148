import { expect, it } from 'vitest'
import { decodeAction } from './action.ts'
import { PI, wrapAngle } from './exact.ts'
import { advance, lookTurn, WALKING_SPEED } from './motion.ts'
import { startState } from './state.ts'
import { actionTowards, fullTilt, lookBin, yawTo } from './walker.ts'
import { HOME } from './world.ts'

const CENTRE = { ...startState({ start: 'spawn', seed: 1 }), x: 13, z: -2, facing: 0, cameraYaw: 0 }

it('computes the yaw of places', () => {
  expect(yawTo(CENTRE, { x: 13, z: -30 })).toBe(0)
  expect(yawTo(CENTRE, { x: 8, z: -2 })).toBeCloseTo(PI / 2, 9)
  expect(yawTo(CENTRE, { x: 17, z: -2 })).toBeCloseTo(-PI / 2, 9)
})

it('finds the bin whose turn is closest to an angle', () => {
  for (let bin = 0; bin < 11; bin++) expect(lookBin(lookTurn(bin) + 0.005)).toBe(bin)
  expect(lookBin(-9)).toBe(10)
})

it.each([-3, -2.4, -1.6, -0.7, -0.2, 0, 0.4, 1, 2, 3])(
  'walks at full speed in the direction %s, turning the camera there',
  (angle) => {
    expect(Math.max(...Object.values(fullTilt(angle)).map((bin) => Math.abs(bin - 5)))).toBe(5)
    const state = { ...CENTRE }
    const place = { x: 13 - 9 * Math.sin(angle), z: -2 - 9 * Math.cos(angle) }
    for (let i = 0; i < 8; i++) advance(HOME, state, actionTowards(state, place))
    const course = Math.atan2(-state.velocityX, -state.velocityZ)
    expect(Math.abs(wrapAngle(course - yawTo(state, place)))).toBeLessThan(0.25)
    expect(Math.hypot(state.velocityX, state.velocityZ)).toBeGreaterThan(WALKING_SPEED * 0.97)
    expect(decodeAction(actionTowards(state, place))).toMatchObject({ jump: false, attack: false })
  },
)
