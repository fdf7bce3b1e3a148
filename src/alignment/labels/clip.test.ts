import { describe, expect, it } from 'vitest'
import { HOME_MAP, ISLANDS, islandNamed, WORLD_VERSION } from '../../island/index.ts'
import { clipSchema, keepAgentClip, replayability } from './index.ts'
import { madeUpClip } from './testing/made-up-labels.ts'

const BENT = islandNamed('bent-west')?.map ?? HOME_MAP

describe('clips', () => {
  it('have an ID derived from their content, and replay', () => {
    const clip = madeUpClip(1)
    expect(keepAgentClip(clip, 'cd'.repeat(32)).id).toBe(clip.id)
    const names = [
      clip,
      madeUpClip(2),
      keepAgentClip({ ...clip, start: 'side-platform' }, 'ab'.repeat(32)),
      keepAgentClip({ ...clip, actions: clip.actions.slice(1) }, 'ab'.repeat(32)),
    ].map(({ id }) => id)
    expect(new Set(names).size).toBe(4)
    expect(clip.path).toHaveLength(2 * clip.actions.length + 2)
    expect(replayability(clip)).toBe('replays')
  })

  it.each(ISLANDS)('replay on $title', ({ id, map }) => {
    const clip = madeUpClip(1, map)
    expect(replayability(clip)).toBe('replays')
    expect(clip.island).toEqual(id === 'home' ? undefined : map)
    expect(clip.id === madeUpClip(1).id).toBe(id === 'home')
  })

  it('have an ID that does not depend on the order in which a map lists its fields', () => {
    const { jumppads, ...rest } = BENT
    const other = structuredClone({ jumppads, ...rest })
    expect(Object.keys(other)).not.toEqual(Object.keys(BENT))
    expect(madeUpClip(1, other).id).toBe(madeUpClip(1, BENT).id)
  })

  it('have an ID that depends on every part of the map', () => {
    const [spawn] = BENT.spawns
    if (!spawn) throw new Error('expected a spawn')
    // The spawn is not the one that the clip starts from.
    const spawns = [...BENT.spawns, { x: spawn.x, z: spawn.z + 0.001 }]
    const ids = [{ spawns }, { beyond: [] }, { obstacles: [] }].map((change) => {
      return madeUpClip(1, { ...BENT, ...change }).id
    })
    expect(new Set([madeUpClip(1, BENT).id, ...ids]).size).toBe(4)
  })

  it('report when only their path can be shown', () => {
    const clip = madeUpClip(1)
    expect(replayability({ ...clip, stateDigest: '0'.repeat(16) })).toBe('replays differently')
    expect(replayability({ ...clip, worldVersion: WORLD_VERSION + 1 })).toBe('from another world')
  })

  it.each([
    ['another name', { id: '0'.repeat(16) }, 'from its content'],
    ['too few authors', { authors: 'a' }, 'found 1 authors for 4 decisions'],
    ['an action that does not exist', { actions: Uint16Array.of(60_000) }, 'found action 60000'],
    ['no action', { actions: new Uint16Array() }, 'expected 1 to 100'],
    ['a short path', { path: new Float32Array(2) }, 'expected 10'],
    ['the first island', { island: HOME_MAP }, 'found the map of the first island, expected none'],
    ['an island without spawns', { island: { ...BENT, spawns: [] } }, 'The island has no spawns'],
    ['another island', { island: BENT }, 'from its content'],
    ['an island of another form', { island: { ...BENT, colour: 'red' } }, 'colour'],
    ['an endless path', { path: new Float32Array(10).fill(Number.NaN) }, 'NaN or infinite'],
  ])('are refused with %s', (_, wrong, message) => {
    const read = clipSchema.safeParse({ ...madeUpClip(1), ...wrong })
    expect(read.error?.message).toContain(message)
  })
})
