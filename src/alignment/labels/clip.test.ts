import { describe, expect, it } from 'vitest'
import { HOME_MAP, WORLD_VERSION } from '../../island/index.ts'
import { clipSchema, keepAgentClip, replayability } from './index.ts'
import { madeUpClip } from './testing/made-up-labels.ts'

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

  it('are not kept of episodes on another island, on which they would not replay', () => {
    const island = { ...HOME_MAP, obstacles: [] }
    const digest = 'ab'.repeat(32)
    expect(() => keepAgentClip({ ...madeUpClip(1), island }, digest)).toThrow('on the first island')
    // The first island itself may be named.
    expect(keepAgentClip({ ...madeUpClip(1), island: HOME_MAP }, digest).id).toBe(madeUpClip(1).id)
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
    ['an endless path', { path: new Float32Array(10).fill(Number.NaN) }, 'NaN or infinite'],
  ])('are refused with %s', (_, wrong, message) => {
    const read = clipSchema.safeParse({ ...madeUpClip(1), ...wrong })
    expect(read.error?.message).toContain(message)
  })
})
