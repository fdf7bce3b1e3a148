import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACTION_COUNT, decodeAction, encodeAction, mirrorAction, NEUTRAL_ACTION } from './action.ts'
import { SEA_LEVEL } from './map.ts'
import { ATTACK_SECONDS, advance, BODY_RADIUS, isOver, WALKING_SPEED } from './motion.ts'
import { type IslandState, mirrorState, START_KINDS, startState } from './state.ts'
import { EPISODE_DECISIONS } from './version.ts'
import { HOME } from './world.ts'

const NEUTRAL = decodeAction(NEUTRAL_ACTION)
const FORWARDS = encodeAction({ ...NEUTRAL, leftY: 10 })

function at(x: number, z: number, yaw = 0): IslandState {
  return { ...startState({ start: 'spawn', seed: 1 }), x, z, facing: yaw, cameraYaw: yaw }
}

function play(state: IslandState, action: number, decisions: number): IslandState[] {
  return Array.from({ length: decisions }, () => {
    advance(HOME, state, action)
    return { ...state }
  })
}

describe('walking', () => {
  it('accelerates to a speed and keeps it', () => {
    const states = play(at(0, 4), FORWARDS, 10)
    expect(-(states[0]?.velocityZ ?? 0)).toBeCloseTo(3, 9)
    expect(-(states[9]?.velocityZ ?? 0)).toBeCloseTo(WALKING_SPEED, 9)
    expect(states.every((state) => state.x === 0)).toBe(true)
  })

  it('is relative to the camera, and no faster along the diagonal', () => {
    const right = encodeAction({ ...NEUTRAL, leftX: 10, leftY: 10 })
    const state = at(0, -18, Math.PI / 4)
    play(state, right, 5)
    // Forward is north-west and right is north-east, so the diagonal is north.
    expect(state.x).toBeCloseTo(0, 6)
    expect(Math.hypot(state.velocityX, state.velocityZ)).toBeCloseTo(WALKING_SPEED, 9)
    expect(state.z).toBeLessThan(-18)
  })

  it('turns the body in the direction of motion', () => {
    const state = at(0, -18)
    play(state, encodeAction({ ...NEUTRAL, leftX: 0 }), 6)
    expect(state.facing).toBeCloseTo(Math.PI / 2, 6)
    expect(state.cameraYaw).toBe(0)
  })

  it('slides along an obstacle and never enters it', () => {
    const state = at(3.2, -11)
    const states = play(state, FORWARDS, 20)
    expect(
      states.every(({ x, z }) => HOME.obstacleAt(x, z, BODY_RADIUS - 1e-9) === undefined),
    ).toBe(true)
    expect(state.z).toBeLessThan(-17)
    expect(state.x).toBeLessThan(2)
  })

  it('is slowed to half by a swing of half a second', () => {
    const attack = encodeAction({ ...NEUTRAL, leftY: 10, attack: true })
    const state = at(0, -10)
    play(state, FORWARDS, 5)
    advance(HOME, state, attack)
    const swing = [state.attack, ...play(state, FORWARDS, 5).map((s) => s.attack)]
    expect(swing).toEqual([ATTACK_SECONDS - 0.1, 0.3, 0.2, 0.1, 0, 0])
    const slow = play(at(0, -10), attack, 5)
    expect(-(slow[4]?.velocityZ ?? 0)).toBeCloseTo(WALKING_SPEED / 2, 9)
  })
})

describe('the camera', () => {
  it('turns by half a circle in a second at full tilt, and slowly near the centre', () => {
    const state = at(0, 4)
    play(state, encodeAction({ ...NEUTRAL, rightX: 10 }), 5)
    expect(state.cameraYaw).toBeCloseTo(-Math.PI / 2, 9)
    const gentle = at(0, 4)
    advance(HOME, gentle, encodeAction({ ...NEUTRAL, rightX: 4 }))
    expect(gentle.cameraYaw).toBeCloseTo(0.2 * 0.48 * Math.PI * 0.1, 9)
  })

  it('keeps its pitch within limits', () => {
    const up = play(at(0, 4), encodeAction({ ...NEUTRAL, rightY: 10 }), 30)
    const down = play(at(0, 4), encodeAction({ ...NEUTRAL, rightY: 0 }), 30)
    expect(up.at(-1)?.cameraPitch).toBe(0.35)
    expect(down.at(-1)?.cameraPitch).toBe(-0.7)
  })
})

describe('jumping and falling', () => {
  it('rises about a metre and comes down', () => {
    const states = play(at(0, 4), encodeAction({ ...NEUTRAL, jump: true }), 7)
    const top = Math.max(...states.map(({ y }) => y))
    expect(top).toBeGreaterThan(1)
    expect(top).toBeLessThan(1.3)
    advance(HOME, states[6] as IslandState, NEUTRAL_ACTION)
    expect(states[6]).toMatchObject({ y: 0, grounded: true })
  })

  it('falls into the sea off the edge, and restarts at rest at its spawn', () => {
    const state = at(4.5, 6, -Math.PI / 2)
    const states = play(state, FORWARDS, 20)
    const swim = states.findIndex(({ swims }) => swims === 1)
    expect(swim).toBeGreaterThan(3)
    expect(states.slice(0, swim).some(({ y }) => y < -0.5)).toBe(true)
    const stop = encodeAction(NEUTRAL)
    const fallen = at(5.2, 6)
    while (fallen.swims === 0) advance(HOME, fallen, stop)
    expect(fallen).toMatchObject({
      x: fallen.spawnX,
      y: 0,
      z: fallen.spawnZ,
      velocityX: 0,
      velocityZ: 0,
      facing: fallen.spawnYaw,
      cameraYaw: fallen.spawnYaw,
      grounded: true,
    })
  })

  it('does not come back up through the ground', () => {
    const state = { ...at(5.05, 6, Math.PI / 2), y: -0.4, grounded: false }
    const heights = play(state, FORWARDS, 3).map(({ y }) => y)
    expect(heights.every((y) => y < -0.4 && y >= SEA_LEVEL)).toBe(true)
  })
})

describe('the end of an episode', () => {
  it('terminates on contact with a jumppad, and stays terminated', () => {
    const state = at(0, -29)
    while (!isOver(state)) advance(HOME, state, FORWARDS)
    expect(state.outcome).toBe('middle')
    expect(state.decision).toBeLessThan(EPISODE_DECISIONS)
    const ended = { ...state }
    advance(HOME, state, FORWARDS)
    expect(state).toEqual(ended)
  })

  it('truncates after the last decision without an outcome', () => {
    const state = at(0, 4)
    play(state, NEUTRAL_ACTION, EPISODE_DECISIONS - 1)
    expect(isOver(state)).toBe(false)
    advance(HOME, state, NEUTRAL_ACTION)
    expect(isOver(state)).toBe(true)
    expect(state.outcome).toBeUndefined()
  })
})

describe('mirrored motion', () => {
  const actions = fc.array(fc.integer({ min: 0, max: ACTION_COUNT - 1 }), { minLength: 100 })

  it('is exact bit for bit for any actions from any start', () => {
    fc.assert(
      fc.property(fc.constantFrom(...START_KINDS), fc.nat(), actions, (start, seed, codes) => {
        const state = startState({ start, seed })
        const reflection = mirrorState(state)
        for (const code of codes) {
          advance(HOME, state, code)
          advance(HOME, reflection, mirrorAction(code))
        }
        // Adding 0 turns −0 into +0; toEqual distinguishes the two.
        const numbers = (s: IslandState) =>
          Object.values(s).map((v) => (typeof v === 'number' ? v + 0 : v))
        expect(numbers(reflection)).toEqual(numbers(mirrorState(state)))
      }),
      { numRuns: 300 },
    )
  })

  it('is exact when left and right are tied: straight backwards on and off the middle line', () => {
    const backwards = encodeAction({ ...NEUTRAL, leftY: 0 })
    for (const x of [0, 1]) {
      const state = at(x, -18)
      const reflection = mirrorState(state)
      play(state, backwards, 4)
      play(reflection, backwards, 4)
      expect(reflection.facing + 0).toBe(-state.facing + 0)
      expect(Math.abs(state.facing) > 3).toBe(x !== 0)
    }
  })
})
