import { describe, expect, it } from 'vitest'
import { keepAgentClip } from '../../alignment/labels/index.ts'
import {
  encodeAction,
  HOME,
  type IslandMap,
  islandNamed,
  WORLD_VERSION,
  worldOf,
} from '../../island/index.ts'
import { createLane } from '../stores/live.ts'
import { describePath, simplified } from './describe-path.ts'
import { Film, reelOf } from './film.ts'

const AHEAD = encodeAction({
  leftX: 5,
  leftY: 10,
  rightX: 5,
  rightY: 5,
  jump: false,
  attack: false,
})

function clipOf(decisions: number, seed: number, island?: IslandMap) {
  const actions = new Uint16Array(decisions).fill(AHEAD)
  return keepAgentClip(
    { worldVersion: WORLD_VERSION, start: 'spawn', seed, actions, island },
    'ab'.repeat(32),
  )
}

describe('a film of two clips', () => {
  const [short, long] = [clipOf(4, 1), clipOf(12, 2)]
  const lanes = [createLane(), createLane()] as const
  const film = new Film([reelOf(short), reelOf(long)], lanes)

  it('plays both in sync, and holds the last frame of the shorter one', () => {
    film.cut()
    expect([lanes[0].pose.x, lanes[1].pose.x]).toEqual(
      [short.path[0], long.path[0]].map((x) => Math.fround(x ?? Number.NaN)),
    )
    expect(film.advance(0.8)).toBe(true)
    expect(Math.fround(lanes[0].pose.z)).toBe(short.path.at(-1))
    expect(Math.fround(lanes[1].pose.z)).toBe(long.path[2 * 8 + 1])
    expect(film.advance(10)).toBe(false)
    expect(Math.fround(lanes[1].pose.z)).toBe(long.path.at(-1))
  })

  it('leaves the same trail at any number of frames', () => {
    film.cut()
    film.advance(1.15)
    const once = [...lanes[1].trail.points]
    film.cut()
    for (let frame = 0; frame < 23; frame++) film.advance(0.05)
    expect(lanes[1].trail.points.length).toBe(once.length)
    for (const [index, value] of once.entries()) {
      expect(lanes[1].trail.points[index]).toBeCloseTo(value, 5)
    }
  })

  it('shows each clip on its island', () => {
    const island = islandNamed('fourth')?.map
    const elsewhere = clipOf(4, 1, island)
    new Film([reelOf(elsewhere), reelOf(elsewhere)], lanes).cut()
    expect(lanes.map(({ world }) => world)).toEqual([worldOf({ island }), worldOf({ island })])
    film.cut()
    expect(lanes.map(({ world }) => world)).toEqual([HOME, HOME])
  })

  it('shows the stored path of a clip from another world version', () => {
    const reel = reelOf({ ...long, stateDigest: '0'.repeat(16) })
    expect(reel.replays).toBe(false)
    expect(reel.states).toHaveLength(13)
    expect(Math.fround(reel.states[12]?.z ?? 0)).toBe(long.path.at(-1))
  })
})

describe('a path in words', () => {
  it('names the start, legs, falls and ending', () => {
    const path = Float32Array.of(-1.5, 2.5, -1.5, 1, -1.5, -8, -5, -11.5, -8.5, -15, -1.5, 2.5)
    // Most of these steps are too long to be walked and count as falls; only start and ending matter here.
    const steps = { ...clipOf(5, 1), path, ending: 'left' as const }
    expect(describePath(steps)).toContain('Starts at the north-west spawn.')
    expect(describePath(steps)).toContain('Touches the left jumppad after 0.5 seconds.')
    const fine = Array.from({ length: 31 }, (_, n) => [-1.5 - Math.max(0, n - 15), 2.5 - n]).flat()
    const turned = describePath({ ...steps, path: Float32Array.from(fine), ending: 'none' })
    expect(turned).toMatch(/Goes north for 1[3-7] metres, then goes north-west for 2[0-3] metres\./)
    expect(turned).toContain('Has touched no jumppad after 3.0 seconds.')
  })

  it('is simplified to its corners', () => {
    const corner = [
      { x: 0, z: 0 },
      { x: 5, z: 0.4 },
      { x: 10, z: 0 },
      { x: 10, z: 10 },
    ]
    expect(simplified(corner)).toEqual([corner[0], corner[2], corner[3]])
  })
})
