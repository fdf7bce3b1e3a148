import { describe, expect, it } from 'vitest'
import { BODY_RADIUS } from './motion.ts'
import { copyState, mirrorState, START_KINDS, startState } from './state.ts'
import { HOME } from './world.ts'

const SEEDS = Array.from({ length: 400 }, (_, seed) => seed)

describe('startState', () => {
  it.each(START_KINDS)('puts %s on clear land, at rest', (start) => {
    for (const seed of SEEDS) {
      const state = startState({ start, seed })
      expect(HOME.onLand(state.x, state.z)).toBe(true)
      expect(HOME.obstacleAt(state.x, state.z, BODY_RADIUS)).toBeUndefined()
      expect(HOME.jumppadAt(state.x, state.z)).toBeUndefined()
      expect([state.spawnX, state.spawnZ, state.spawnYaw]).toEqual([state.x, state.z, state.facing])
      expect(state).toMatchObject({ y: 0, velocityX: 0, decision: 0, grounded: true, swims: 0 })
      expect(state.cameraYaw).toBe(state.facing)
      expect(startState({ start, seed })).toEqual(state)
    }
  })

  it('says that an area for other starts has no free place, instead of searching forever', () => {
    const sea = { minX: 40, maxX: 44, minZ: 0, maxZ: 4 }
    const recovery = {
      'facing-backwards': [sea, sea],
      'side-platform': sea,
      'past-jumppads': sea,
    } as const
    const island = { ...HOME.map, recovery }
    for (const start of START_KINDS) {
      if (start === 'spawn') continue
      expect(() => startState({ start, seed: 1, island })).toThrow('no free place')
    }
  })

  it('uses all four spawns equally often and faces roughly north from them', () => {
    const states = SEEDS.map((seed) => startState({ start: 'spawn', seed }))
    for (const { x, z } of HOME.map.spawns) {
      const count = states.filter((state) => state.x === x && state.z === z).length
      expect(count).toBeGreaterThan(70)
      expect(count).toBeLessThan(130)
    }
    expect(Math.max(...states.map(({ facing }) => Math.abs(facing)))).toBeLessThanOrEqual(0.6)
    expect(new Set(states.map(({ facing }) => facing)).size).toBe(SEEDS.length)
  })

  it('puts each kind of recovery start where its name says', () => {
    for (const seed of SEEDS) {
      const back = startState({ start: 'facing-backwards', seed })
      expect(Math.abs(back.facing)).toBeGreaterThan(2.7)
      expect(Math.abs(back.x)).toBeLessThanOrEqual(8)
      const aside = startState({ start: 'side-platform', seed })
      expect(Math.abs(aside.x)).toBeGreaterThan(8)
      // Roughly inland: from the east platform the neck is to the west, which is a positive yaw.
      expect(aside.facing * aside.x).toBeGreaterThan(0)
      const past = startState({ start: 'past-jumppads', seed })
      expect(past.z).toBeLessThan(-26)
      // Outwards: north or towards the nearer side, never back inland.
      expect(past.facing * past.x).toBeLessThanOrEqual(0)
      expect(Math.abs(past.facing)).toBeLessThanOrEqual(0.8)
    }
  })
})

it('copies and mirrors without changing the original', () => {
  const state = {
    ...startState({ start: 'spawn', seed: 3 }),
    x: 2,
    velocityX: 1,
    outcome: 'left' as const,
  }
  const copy = copyState(state)
  const mirrored = mirrorState(state)
  expect(mirrored).toMatchObject({ x: -2, velocityX: -1, outcome: 'right' })
  expect(mirrorState(mirrored)).toEqual(state)
  copy.x = 9
  expect(state.x).toBe(2)
})
