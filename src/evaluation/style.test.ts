import { describe, expect, it } from 'vitest'
import {
  decodeAction,
  type Episode,
  encodeAction,
  HOME,
  NEUTRAL_ACTION,
  replay,
  rootKey,
  splitKey,
  WALKING_SPEED,
  WORLD_VERSION,
} from '../island/index.ts'
import { type HabitName, playEpisode } from '../players/index.ts'
import { measureEpisode } from './measures.ts'
import { meanStyle, STYLE_MEASURES, styleDifference, styleOf } from './style.ts'

const STILL = decodeAction(NEUTRAL_ACTION)
const AHEAD = encodeAction({ ...STILL, leftY: 10 })
const JUMP = encodeAction({ ...STILL, jump: true })
const JUMP_AHEAD = encodeAction({ ...STILL, leftY: 10, jump: true })

function played(actions: readonly number[]): Episode {
  return {
    worldVersion: WORLD_VERSION,
    start: 'spawn',
    seed: 3,
    actions: Uint16Array.from(actions),
  }
}

/** Returns the mean of a measure over episodes of a habit. */
function meanOf(habit: HabitName, name: string): number {
  const population = { name: habit, habits: [{ name: habit, share: 1 }] }
  const place = STYLE_MEASURES.findIndex((measure) => measure.name === name)
  const episodes = Array.from({ length: 20 }, (_, index) => ({
    index,
    style: styleOf(playEpisode(splitKey(rootKey(8), habit, index), population)),
  }))
  return meanStyle(episodes, place)?.mean ?? Number.NaN
}

describe('measures of style', () => {
  it('counts jumps while running, not those on the spot or in the air', () => {
    const running = [AHEAD, AHEAD, AHEAD, AHEAD, AHEAD, JUMP_AHEAD, JUMP_AHEAD, AHEAD]
    expect(measureEpisode(played(running)).runningJumps).toBe(1)
    expect(measureEpisode(played([JUMP, JUMP, JUMP])).runningJumps).toBe(0)
    expect(measureEpisode(played(running)).presses).toBe(2)
  })

  it('measures a pace of at most the walking speed, and none on the spot', () => {
    expect(measureEpisode(played(Array(8).fill(NEUTRAL_ACTION))).pace).toBe(0)
    const { pace } = measureEpisode(played(Array(8).fill(AHEAD)))
    expect(pace).toBeGreaterThan(0.5 * WALKING_SPEED)
    expect(pace).toBeLessThanOrEqual(WALKING_SPEED)
  })

  it('measures the distance from the sea, as a slow search does', () => {
    const episode = playEpisode(splitKey(rootKey(5), 'shore'))
    const { path } = replay(episode)
    let sum = 0
    for (let i = 0; i < path.length; i += 2) sum += slowDistance(path[i] ?? 0, path[i + 1] ?? 0)
    // The measure looks from a grid of 0.25 m, in steps of 0.1 m.
    const difference = measureEpisode(episode).shoreDistance - sum / (path.length / 2)
    expect(Math.abs(difference)).toBeLessThan(0.12)
  })

  it('tells the habits of scripted players apart', () => {
    const runner = 'middle runner'
    expect(meanOf('hopper', 'running-jumps')).toBeGreaterThan(4 * meanOf(runner, 'running-jumps'))
    expect(meanOf('edge walker', 'shore-distance')).toBeLessThan(meanOf(runner, 'shore-distance'))
    expect(meanOf('edge walker', 'straightness')).toBeLessThan(meanOf(runner, 'straightness'))
  })
})

function slowDistance(x: number, z: number): number {
  for (let metres = 0; metres < 8; metres += 0.02) {
    for (let degrees = 0; degrees < 360; degrees++) {
      const angle = (degrees * Math.PI) / 180
      if (!HOME.onLand(x + metres * Math.cos(angle), z + metres * Math.sin(angle))) return metres
    }
  }
  return 8
}

describe('differences of style', () => {
  const of = (values: readonly number[]) =>
    values.map((value, index) => ({ index, style: [value, 10 - value] }))

  it('compares episodes that begin alike, whatever else was played', () => {
    const first = of([1, 5, 9])
    const second = of([2, 6, 10, 1000]).toReversed()
    expect(styleDifference(first, second, 0)).toEqual({
      mean: 1,
      interval: { low: 1, high: 1 },
      count: 3,
    })
    expect(styleDifference(first, second, 1)?.mean).toBe(-1)
    expect(styleDifference(first, [], 0)).toBeUndefined()
  })
})
