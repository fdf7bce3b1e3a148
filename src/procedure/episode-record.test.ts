import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ACTION_COUNT, type Episode, HOME_MAP, WORLD_VERSION } from '../island/index.ts'
import { decodeActions, encodeActions, episodeOf, recordOf } from './episode-record.ts'

it('writes the low byte first', () => {
  // Made by: python3 -c "import base64, struct; print(base64.b64encode(struct.pack('<3H', 0, 258, 58563)))"
  expect(encodeActions(Uint16Array.of(0, 258, 58_563))).toBe('AAACAcPk')
})

it('makes no record that would replay on another island', () => {
  const island = { ...HOME_MAP, obstacles: [] }
  const episode = { start: 'spawn', seed: 1, actions: new Uint16Array(3), island } as const
  expect(() => recordOf(episode, 'none')).toThrow('on the first island')
})

it('round-trips every episode', () => {
  const actions = fc.array(fc.nat({ max: ACTION_COUNT - 1 }), { maxLength: 100 })
  fc.assert(
    fc.property(actions, fc.nat(), (codes, seed) => {
      const episode: Episode = {
        worldVersion: WORLD_VERSION,
        start: 'side-platform',
        seed,
        actions: Uint16Array.from(codes),
      }
      expect(episodeOf(recordOf(episode, 'none'), WORLD_VERSION)).toEqual(episode)
    }),
  )
})

it('refuses half an action', () => {
  expect(() => decodeActions('AAAC')).toThrow('Found 3 bytes')
})
