import { expect, it } from 'vitest'
import { createPose } from '../../lab/pose.ts'
import { createGait, STRIDE, walk } from './gait.ts'

const walking = { ...createPose(), speed: 5.8 }

it('stands still at rest', () => {
  const gait = walk(createPose(), 3, undefined, 0, createGait())
  expect([gait.legLeft, gait.legRight, gait.armLeft].map((angle) => angle + 0)).toEqual([0, 0, 0])
})

it('repeats after one stride and swings legs against each other', () => {
  const at = (metres: number) => walk(walking, metres, undefined, 0, createGait())
  expect(at(0.7 + STRIDE).legLeft).toBeCloseTo(at(0.7).legLeft)
  expect(at(0.7).legLeft).toBeCloseTo(-at(0.7).legRight)
  expect(at(0.7 + STRIDE / 2).legLeft).toBeCloseTo(at(0.7).legRight)
})

it('has its own postures in the air, in a strike and when thrown', () => {
  const plain = { ...walk(walking, 1, undefined, 0, createGait()) }
  expect(walk({ ...walking, grounded: false }, 1, undefined, 0, createGait())).not.toEqual(plain)
  expect(walk({ ...walking, attack: 0.3 }, 1, undefined, 0, createGait())).not.toEqual(plain)
  expect(walk(walking, 1, 0.5, 0, createGait()).armLeft).toBeGreaterThan(1.5)
})
