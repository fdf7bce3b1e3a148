import { expect, it } from 'vitest'
import { startState } from '../../island/index.ts'
import { Timeline } from '../../lab/playback/timeline.ts'
import { decisionAt } from '../../lab/testing/decisions.ts'
import { createLane, cutLane, keepTrail, showMoment, stepTrail } from './live.ts'

/** Plays three decisions at a frame rate, as the page does, and returns the points of the trail. */
function trailAt(framesPerSecond: number): number[] {
  const lane = createLane()
  cutLane(lane, 'base', { start: 'spawn', seed: 1 })
  const timeline = new Timeline(startState({ start: 'spawn', seed: 1 }))
  for (let i = 0; i < 3; i++) timeline.receive(decisionAt(i, i === 2 ? 'none' : undefined))
  for (let frame = 0; frame < framesPerSecond; frame++) {
    for (const event of timeline.advance(1 / framesPerSecond, 1)) {
      if (event.kind === 'decision') stepTrail(lane, event.decision.state)
      if (event.kind === 'ended') keepTrail(lane, 'none')
    }
    showMoment(lane, timeline.moment)
  }
  return lane.trail.points
}

it('leaves the same trail at low and high frame rates', () => {
  const { x, z } = startState({ start: 'spawn', seed: 1 })
  const states = [x, 1, 2, 3].flatMap((at) => [at, z])
  expect(trailAt(60)).toEqual(states)
  expect(trailAt(4)).toEqual(states)
})

it('shows the start of an episode without a worker', () => {
  const lane = createLane()
  cutLane(lane, 'fine-tuned', { start: 'side-platform', seed: 3 })
  const start = startState({ start: 'side-platform', seed: 3 })
  expect([lane.pose.x, lane.pose.z]).toEqual([start.x, start.z])
  expect(lane.firstFrame?.some((byte) => byte > 0)).toBe(true)
  expect(lane.trail).toMatchObject({ stage: 'fine-tuned', points: [start.x, start.z] })
})

it('keeps a limited number of finished trails', () => {
  const lane = createLane()
  for (let i = 0; i < 100; i++) keepTrail(lane, 'left')
  expect(lane.past.length).toBeLessThanOrEqual(40)
})
