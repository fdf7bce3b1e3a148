import { expect, it } from 'vitest'
import { stateAt } from '../testing/decisions.ts'
import { createPose, interpolatePose, launchOffset, mixAngle } from './pose.ts'
import { LAUNCH_SECONDS } from './timeline.ts'

it('interpolates between two states', () => {
  const from = stateAt({ x: 1, z: 2, velocityX: 3, velocityZ: 4, attack: 0.4 })
  const to = stateAt({ x: 2, z: 4, velocityX: 0, velocityZ: 0, attack: 0.2 })
  const pose = interpolatePose(from, to, 0.25, createPose())
  expect(pose.x).toBeCloseTo(1.25)
  expect(pose.z).toBeCloseTo(2.5)
  expect(pose.speed).toBeCloseTo(3.75)
  expect(pose.attack).toBeCloseTo(0.35)
})

it('turns the shorter way round', () => {
  expect(mixAngle(3, -3, 0.5)).toBeCloseTo(Math.PI)
  expect(mixAngle(-0.2, 0.2, 0.5)).toBeCloseTo(0)
})

it('does not move across the island when the sea puts the character back', () => {
  const from = stateAt({ x: 10, z: -20 })
  const to = stateAt({ x: 0, z: 3 })
  const pose = interpolatePose(from, to, 0.1, createPose())
  expect([pose.x, pose.z]).toEqual([0, 3])
})

it('throws in an arc: up and away, past its peak, and down again while it is visible', () => {
  expect(launchOffset(0)).toEqual({ along: 0, up: 0 })
  expect(launchOffset(1).up).toBeGreaterThan(5)
  expect(launchOffset(1).along).toBeGreaterThan(launchOffset(0.5).along)
  expect(launchOffset(LAUNCH_SECONDS).up).toBeLessThan(launchOffset(1).up - 2)
  expect(launchOffset(LAUNCH_SECONDS).up).toBeGreaterThan(0)
})
