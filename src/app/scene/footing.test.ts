import { expect, it } from 'vitest'
import { startState } from '../../island/index.ts'
import { stateAt } from '../../lab/testing/decisions.ts'
import { beginTrail, createLane, showMoment } from '../stores/live.ts'
import { createFooting, follow, type Incident } from './footing.ts'
import { STRIDE } from './gait.ts'

/** Shows the states one after the other; returns the incidents at each of them. */
function incidentsAt(states: readonly ReturnType<typeof stateAt>[]): Incident[][] {
  const lane = createLane()
  beginTrail(lane, 'base', startState({ start: 'spawn', seed: 1 }))
  const footing = createFooting()
  const from = lane.moment
  if (!from) throw new Error('A lane that has begun shows a moment.')
  let before = states[0] ?? from.to
  return states.map((to, i) => {
    const sinceEnd = to.outcome ? 0.1 : 0
    showMoment(lane, { ...from, from: before, to, part: 1, sinceEnd })
    follow(lane, i / 10, footing)
    before = to
    return [...footing.incidents]
  })
}

it('counts two steps per stride, and none when the character is put back', () => {
  const walk = Array.from({ length: 12 }, (_, i) => stateAt({ x: 0, z: (-i * STRIDE) / 10 - 0.01 }))
  expect(incidentsAt(walk).flat()).toEqual(['step', 'step'])
  expect(incidentsAt([stateAt({ x: 9 }), stateAt({ x: 0, swims: 1 })])).toEqual([[], ['splash']])
})

it('distinguishes leap, landing, swing and throw, once each', () => {
  const states = [
    stateAt(),
    stateAt({ y: 0.5, grounded: false }),
    stateAt({ y: 0.9, grounded: false }),
    stateAt({ attack: 0.5 }),
    stateAt({ attack: 0.4 }),
    stateAt({ outcome: 'left' }),
    stateAt({ outcome: 'left' }),
  ]
  expect(incidentsAt(states)).toEqual([[], ['leap'], [], ['land', 'swing'], [], ['throw'], []])
})
