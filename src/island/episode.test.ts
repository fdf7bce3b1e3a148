import { describe, expect, it } from 'vitest'
import { ACTION_COUNT, NEUTRAL_ACTION } from './action.ts'
import { Digest } from './digest.ts'
import { digestState, digestsOf, type Episode, Island, replay } from './episode.ts'
import { RandomStream, rootKey } from './key.ts'
import { FRAME_BYTES } from './observation.ts'
import { Renderer } from './renderer.ts'
import { type IslandState, startState } from './state.ts'
import { WORLD_VERSION } from './version.ts'
import { walkTo } from './walker.ts'
import { HOME } from './world.ts'

/** Plays an episode that walks the shortest path to a jumppad. */
function walked(seed: number, jumppad: number): Episode & { played: Island } {
  const played = new Island({ start: 'spawn', seed })
  const target = HOME.jumppads[jumppad] ?? { x: 0, z: 0 }
  const actions: number[] = []
  while (!played.over) {
    actions.push(walkTo(HOME, played.state, target))
    played.step(actions.at(-1) ?? NEUTRAL_ACTION)
  }
  return {
    worldVersion: WORLD_VERSION,
    start: 'spawn',
    seed,
    actions: Uint16Array.from(actions),
    played,
  }
}

describe('replay', () => {
  it('returns the path, ending and digest of the played episode', () => {
    for (const [i, ending] of (['left', 'middle', 'right'] as const).entries()) {
      const { played: island, ...episode } = walked(i, i)
      const digest = new Digest()
      const positions = [
        startState({ start: 'spawn', seed: i }).x,
        startState({ start: 'spawn', seed: i }).z,
      ]
      digestState(digest, HOME, startState({ start: 'spawn', seed: i }))
      const again = new Island({ start: 'spawn', seed: i })
      for (const action of episode.actions) {
        again.step(action)
        positions.push(again.state.x, again.state.z)
        digestState(digest, HOME, again.state)
      }
      const replayed = replay(episode)
      expect(island.ending).toBe(ending)
      expect(replayed).toEqual({
        ending,
        decisions: episode.actions.length,
        path: Float32Array.from(positions),
        stateDigest: digest.hex(),
      })
    }
  })

  it('visits the state seen before each action', () => {
    const { played: _, ...episode } = walked(5, 1)
    const visits: [number, number][] = []
    const { path } = replay(episode, (island, index) => {
      visits.push([index, island.state.decision])
      expect(Math.fround(island.state.z)).toBe(path0(index))
    })
    function path0(index: number): number {
      return replay({ ...episode, actions: episode.actions.slice(0, index) }).path.at(-1) ?? 0
    }
    expect(visits).toEqual(Array.from(episode.actions, (_action, i) => [i, i]))
    expect(path).toHaveLength(2 * (episode.actions.length + 1))
  })

  it('replays part of an episode, whose ending is none so far', () => {
    const { played: _, ...episode } = walked(6, 0)
    const part = replay({ ...episode, actions: episode.actions.slice(0, 20) })
    expect(part).toMatchObject({ ending: 'none', decisions: 20 })
  })

  it('refuses another world version, too many actions and actions after the end', () => {
    const { played: _, ...episode } = walked(7, 2)
    const { actions } = episode
    expect(() => replay({ ...episode, worldVersion: 0 })).toThrow('from world version 0')
    expect(() => replay({ ...episode, actions: new Uint16Array(101) })).toThrow('has 101 actions')
    const more = Uint16Array.from([...actions, NEUTRAL_ACTION])
    expect(() => replay({ ...episode, actions: more })).toThrow(/The episode ended \(right\) after/)
  })
})

it('digests every field of a state', () => {
  const state = startState({ start: 'spawn', seed: 1 })
  const digestOf = (changed: IslandState) => {
    const digest = new Digest()
    digestState(digest, HOME, changed)
    return digest.hex()
  }
  const digests = new Set([digestOf(state)])
  const fields = Object.keys(state) as (keyof IslandState)[]
  for (const field of fields) {
    const value = state[field]
    const other = { number: Number(value) + 1, boolean: !value, undefined: 'left' }
    digests.add(digestOf({ ...state, [field]: other[typeof value as keyof typeof other] }))
  }
  expect(digests.size).toBe(fields.length + 1)
})

it('draws the same frames in a replay, and different frames for another seed', () => {
  const random = new RandomStream(rootKey(8))
  const actions = Uint16Array.from({ length: 10 }, () => random.below(ACTION_COUNT))
  const episode: Episode = { worldVersion: WORLD_VERSION, start: 'side-platform', seed: 8, actions }
  const first = digestsOf(episode)
  expect(digestsOf(episode)).toEqual(first)
  expect(replay(episode).stateDigest).toBe(first.state)
  expect(digestsOf({ ...episode, seed: 9 }).pixels).not.toBe(first.pixels)
})

it('renders into the given bytes', () => {
  const out = new Uint8Array(3 * FRAME_BYTES)
  const island = new Island({ start: 'spawn', seed: 10 })
  island.render(new Renderer(), out, FRAME_BYTES)
  expect(out.subarray(0, FRAME_BYTES).every((byte) => byte === 0)).toBe(true)
  expect(new Set(out.subarray(FRAME_BYTES, 2 * FRAME_BYTES)).size).toBeGreaterThan(20)
  expect(out.subarray(2 * FRAME_BYTES).every((byte) => byte === 0)).toBe(true)
})
