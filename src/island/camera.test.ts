import { expect, it } from 'vitest'
import { CAMERA, cameraPose, View } from './camera.ts'
import { createLook } from './look.ts'
import { PITCH_RANGE } from './motion.ts'
import { startState } from './state.ts'
import { HOME } from './world.ts'

const { weather } = createLook(HOME, 1)

it('stays behind the character and looks over its head', () => {
  const state = {
    ...startState({ start: 'spawn', seed: 3 }),
    x: 2,
    z: -5,
    cameraYaw: 0.7,
    facing: 0.7,
  }
  const view = new View()
  view.place(state, weather)
  expect(view.eyeY).toBeGreaterThan(2.5)
  view.see(state.x, 0, state.z)
  expect(view.across).toBeCloseTo(0, 9)
  expect(view.depth).toBeGreaterThan(4)
  expect(view.above / view.depth).toBeGreaterThan(-CAMERA.tanHalfHeight)
  view.see(state.x, 1.75, state.z)
  expect(view.above).toBeLessThan(0)
})

it('has level, upright unit axes that are perpendicular to each other', () => {
  for (const cameraPitch of [PITCH_RANGE.min, -0.2, 0, PITCH_RANGE.max]) {
    const view = new View()
    view.place({ ...startState({ start: 'spawn', seed: 3 }), cameraYaw: 2.1, cameraPitch }, weather)
    const { forwardX, forwardY, forwardZ, upX, upY, upZ, rightX, rightZ } = view
    expect(forwardX * forwardX + forwardY * forwardY + forwardZ * forwardZ).toBeCloseTo(1, 8)
    expect(upX * upX + upY * upY + upZ * upZ).toBeCloseTo(1, 8)
    expect(forwardX * upX + forwardY * upY + forwardZ * upZ).toBeCloseTo(0, 8)
    expect(forwardX * rightX + forwardZ * rightZ).toBeCloseTo(0, 8)
    expect(upX * rightX + upZ * rightZ).toBeCloseTo(0, 8)
    // Seen from above, the right axis is clockwise of the forward axis.
    expect(rightX * forwardZ - rightZ * forwardX).toBeLessThan(0)
    expect(upY).toBeGreaterThan(0)
  }
})

it('stays above the ground when the camera looks up or the character jumps or falls', () => {
  for (const y of [-1.4, 0, 1.1]) {
    for (let cameraPitch: number = PITCH_RANGE.min; cameraPitch <= 0.35; cameraPitch += 0.05) {
      const pose = cameraPose({ ...startState({ start: 'spawn', seed: 3 }), y, cameraPitch })
      expect(pose.eyeY).toBeGreaterThanOrEqual(CAMERA.lowest - 1e-9)
    }
  }
})
