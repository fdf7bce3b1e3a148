import { expect, it } from 'vitest'
import { createPose, type Pose } from '../../lab/playback/pose.ts'
import { type Course, createGait, STRIDE, walk } from './gait.ts'

const walking = { ...createPose(), speed: 5.8 }
const calm: Course = { covered: 1, thrown: undefined, landed: 9, gathering: 0, time: 0 }

const at = (pose: Pose, course: Partial<Course> = {}) =>
  walk(pose, { ...calm, ...course }, createGait())

it('stands still at rest', () => {
  const gait = at(createPose(), { covered: 3 })
  expect([gait.legLeft, gait.legRight, gait.armLeft].map((angle) => angle + 0)).toEqual([0, 0, 0])
})

it('repeats after one stride and swings legs against each other', () => {
  const after = (covered: number) => at(walking, { covered })
  expect(after(0.7 + STRIDE).legLeft).toBeCloseTo(after(0.7).legLeft)
  expect(after(0.7).legLeft).toBeCloseTo(-after(0.7).legRight)
  expect(after(0.7 + STRIDE / 2).legLeft).toBeCloseTo(after(0.7).legRight)
})

it('has its own postures in the air and in a strike', () => {
  expect(at({ ...walking, grounded: false })).not.toEqual(at(walking))
  expect(at({ ...walking, attack: 0.3 })).not.toEqual(at(walking))
})

it('is squashed before and after a leap, and soon returns to its normal shape', () => {
  const { stretch } = at(walking)
  expect(at(walking, { gathering: 1 }).stretch).toBeLessThan(stretch - 0.1)
  expect(at(walking, { landed: 0.02 }).stretch).toBeLessThan(stretch - 0.1)
  expect(at(walking, { landed: 0.4 }).stretch).toBeCloseTo(stretch)
})

it('is pressed into the panel, shoots up, tumbles once and comes out upright', () => {
  expect(at(walking, { thrown: 0.1 }).stretch).toBeLessThan(0.8)
  expect(at(walking, { thrown: 0.14 }).stretch).toBeGreaterThan(1.1)
  expect(Math.cos(at(walking, { thrown: 0.65 }).tumble)).toBeLessThan(-0.9)
  expect(Math.cos(at(walking, { thrown: 1.2 }).tumble)).toBeCloseTo(1)
})
