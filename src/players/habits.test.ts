import { describe, expect, it } from 'vitest'
import { cos } from '../island/exact.ts'
import {
  CENTRE_BIN,
  decodeAction,
  type Gamepad,
  HOME,
  ISLANDS,
  type IslandMap,
  type IslandState,
  islandNamed,
  NEUTRAL_ACTION,
  rootKey,
  splitKey,
  worldOf,
} from '../island/index.ts'
import { HABITS, type HabitName } from './habits.ts'
import { surfaceAt } from './places.ts'
import { type PlayedEpisode, playEpisode, retrace } from './play.ts'

const EPISODES = 60

interface Moment extends Gamepad {
  state: IslandState
}

/** Plays episodes of one habit only. */
function playsOf(habit: HabitName, count = EPISODES): PlayedEpisode[] {
  const population = { name: habit, habits: [{ name: habit, share: 1 }] }
  return Array.from({ length: count }, (_, i) =>
    playEpisode(splitKey(rootKey(21), habit, i), population),
  )
}

function momentsOf(episode: PlayedEpisode): Moment[] {
  const moments: Moment[] = []
  retrace(episode, (state, action) => {
    moments.push({ state: { ...state }, ...decodeAction(action) })
  })
  return moments
}

function share<T>(list: readonly T[], holds: (element: T) => boolean): number {
  return list.filter(holds).length / Math.max(1, list.length)
}

/** Returns whether there is sea at this distance in any of eight directions. */
function nearSea({ x, z }: { x: number; z: number }, metres: number): boolean {
  const d = metres * Math.SQRT1_2
  const around = [
    [metres, 0],
    [-metres, 0],
    [0, metres],
    [0, -metres],
    [d, d],
    [d, -d],
    [-d, d],
    [-d, -d],
  ] as const
  return around.some(([dx, dz]) => !HOME.onLand(x + dx, z + dz))
}

function onSide({ x, z }: { x: number; z: number }): boolean {
  return surfaceAt(HOME, x, z)?.aside ?? false
}

describe('habits', () => {
  it('are played under their own names', () => {
    for (const habit of Object.keys(HABITS) as HabitName[]) {
      for (const episode of playsOf(habit, 5)) expect(episode.habit).toBe(habit)
    }
  })

  for (const name of ['left', 'middle', 'right'] as const) {
    it(`${name} runners reach the ${name} jumppad, mostly with the stick held forward`, () => {
      const plays = playsOf(`${name} runner`)
      expect(share(plays, ({ ending }) => ending === name)).toBeGreaterThan(0.93)
      const moments = plays.flatMap(momentsOf)
      expect(share(moments, ({ leftY }) => leftY === 10)).toBeGreaterThan(0.85)
      expect(share(moments, ({ rightX }) => rightX === CENTRE_BIN)).toBeGreaterThan(0.5)
    })
  }

  it('turners come back from past a jumppad', () => {
    const plays = playsOf('turner')
    const turnsRound = (episode: PlayedEpisode) =>
      momentsOf(episode).some(({ state }) => state.z < -25 && cos(state.cameraYaw) < 0)
    expect(share(plays, turnsRound)).toBeGreaterThan(0.4)
    const back = plays.filter(turnsRound)
    expect(share(back, ({ ending }) => ending !== 'none')).toBeGreaterThan(0.5)
  })

  it('doubters run back south but mostly arrive', () => {
    const plays = playsOf('doubter')
    const runsBack = (episode: PlayedEpisode) =>
      momentsOf(episode).filter(({ state }) => state.velocityZ > 3).length >= 3
    expect(share(plays, runsBack)).toBeGreaterThan(0.4)
    expect(share(plays, ({ ending }) => ending !== 'none')).toBeGreaterThan(0.45)
  })

  it('detourists visit a side platform or its bridge, and some return to a jumppad', () => {
    const plays = playsOf('detourist')
    expect(share(plays, (play) => momentsOf(play).some(({ state }) => onSide(state)))).toBe(1)
    expect(share(plays, ({ ending }) => ending !== 'none')).toBeGreaterThan(0.12)
  })

  it('explorers see more of the island than runners', () => {
    const cells = (habit: HabitName) =>
      new Set(
        playsOf(habit)
          .flatMap(momentsOf)
          .map(({ state: { x, z } }) => `${Math.round(x / 2)},${Math.round(z / 2)}`),
      ).size
    expect(cells('explorer')).toBeGreaterThan(1.5 * cells('middle runner'))
  })

  it('idlers mostly do nothing', () => {
    const actions = playsOf('idler').flatMap((play) => [...play.actions])
    expect(share(actions, (action) => action === NEUTRAL_ACTION)).toBeGreaterThan(0.25)
    const runners = playsOf('middle runner').flatMap((play) => [...play.actions])
    expect(share(runners, (action) => action === NEUTRAL_ACTION)).toBeLessThan(0.1)
  })

  it('boxers swing far from everything, and no other players do', () => {
    const swings = playsOf('boxer').map((play) => momentsOf(play).filter(({ attack }) => attack))
    expect(share(swings, (list) => list.length >= 2)).toBeGreaterThan(0.8)
    const farFromAll = ({ state: { x, z } }: Moment) =>
      HOME.jumppads.every((pad) => (pad.x - x) * (pad.x - x) + (pad.z - z) * (pad.z - z) > 9)
    expect(share(swings.flat(), farFromAll)).toBeGreaterThan(0.9)
    for (const habit of ['explorer', 'turner', 'middle runner'] as const) {
      expect(share(playsOf(habit, 20).flatMap(momentsOf), ({ attack }) => attack)).toBe(0)
    }
  })

  it('edge walkers keep near the edge', () => {
    const edgy = (habit: HabitName) =>
      share(playsOf(habit).flatMap(momentsOf), ({ state }) => nearSea(state, 1.5))
    expect(edgy('edge walker')).toBeGreaterThan(0.4)
    expect(edgy('edge walker')).toBeGreaterThan(2 * edgy('middle runner'))
  })

  it('hoppers are in the air for much of the way', () => {
    const aloft = (habit: HabitName) =>
      share(playsOf(habit).flatMap(momentsOf), ({ state }) => !state.grounded)
    expect(aloft('hopper')).toBeGreaterThan(0.3)
    expect(aloft('explorer')).toBeLessThan(0.15)
  })
})

describe('on other islands', () => {
  // An island of one's own, without any part or jumppad that the habits were written for.
  const plain: IslandMap = {
    surfaces: [
      {
        name: 'field',
        material: 'ground',
        corners: [
          { x: 40, z: 40 },
          { x: 70, z: 40 },
          { x: 70, z: 70 },
          { x: 40, z: 70 },
        ],
      },
    ],
    obstacles: [],
    jumppads: [{ name: 'only', x: 50, z: 45, yaw: 0, radius: 1.5 }],
    spawns: [{ x: 55, z: 65 }],
  }

  it.each([...ISLANDS.map(({ id, map }) => [id, map] as const), ['plain', plain] as const])(
    'every habit plays, and most runners arrive: %s',
    (_, map) => {
      const world = worldOf({ island: map })
      const endings: string[] = []
      for (const name of Object.keys(HABITS) as HabitName[]) {
        const population = { name, habits: [{ name, share: 1 }] }
        const plays = name === 'edge walker' ? 60 : 6
        for (let index = 0; index < plays; index++) {
          const played = playEpisode(splitKey(rootKey(22), name, index), population, map)
          expect(world.endings).toContain(played.ending)
          if (name.endsWith('runner')) endings.push(played.ending)
        }
      }
      expect(share(endings, (ending) => ending !== 'none')).toBeGreaterThan(0.5)
    },
  )

  it('places lie on the parts that they are named after', () => {
    const bent = islandNamed('bent-east')?.map ?? expect.fail('The island is missing')
    const population = {
      name: 'explorer',
      habits: [{ name: 'explorer', share: 1 }],
    } as const
    const farthest = (island?: IslandMap) => {
      const plays = Array.from({ length: 30 }, (_, i) =>
        playEpisode(splitKey(rootKey(24), i), population, island),
      )
      const xs = plays.flatMap((play) => momentsOf(play).map(({ state }) => state.x))
      return Math.max(...xs)
    }
    expect(farthest(bent)).toBeGreaterThan(farthest() + 3)
  })
})
