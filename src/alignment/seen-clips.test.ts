import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Episode, FRAME_BYTES, Renderer, replay, rootKey } from '../island/index.ts'
import { emptyBatch, renderClips } from './clips.ts'
import { CLIP_LENGTHS, groupByLength, packClips, type SeenClip } from './seen-clips.ts'
import { randomEpisodes } from './testing/random-clips.ts'

/** Returns a clip of which only the length matters. */
const bare = (decisions: number): SeenClip => ({
  actions: new Uint16Array(decisions),
  frames: new Uint8Array(0),
})

function seenIn(episode: Episode): SeenClip {
  const renderer = new Renderer()
  const frames = new Uint8Array(episode.actions.length * FRAME_BYTES)
  replay(episode, (island, index) => island.render(renderer, frames, index * FRAME_BYTES))
  return { actions: episode.actions, frames }
}

describe('groupByLength', () => {
  it('includes each clip once, with as little padding as sorted groups allow', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        (lengths, size) => {
          const groups = groupByLength(lengths.map(bare), size)
          const covered = groups.flatMap(({ indices }) => indices)
          expect(covered.toSorted((a, b) => a - b)).toEqual([...lengths.keys()])
          expect(groups.slice(0, -1).every(({ indices }) => indices.length === size)).toBe(true)
          let before = 0
          for (const { indices, lengthIndex } of groups) {
            const own = indices.map((index) => lengths[index] ?? 0)
            expect(Math.min(...own)).toBeGreaterThanOrEqual(before)
            before = Math.max(...own)
            expect(CLIP_LENGTHS.find((length) => length >= before)).toBe(CLIP_LENGTHS[lengthIndex])
          }
        },
      ),
    )
  })

  it('refuses a clip that is longer than an episode', () => {
    expect(() => groupByLength([bare(3), bare(101)], 4)).toThrow(/101 decisions/)
  })
})

describe('packClips', () => {
  const LENGTH = 8
  const episodes = randomEpisodes(rootKey(71), 3, LENGTH)
  const clips = episodes.map(seenIn)

  it('makes the same batch as rendering the episodes', () => {
    const { frames, ...packed } = packClips(clips, LENGTH)
    const { frames: expected, ...rendered } = renderClips(episodes, LENGTH, new Renderer())
    expect(packed).toEqual(rendered)
    expect(Buffer.compare(frames, expected)).toBe(0)
  })

  it('fills places without a clip with padding', () => {
    const [clip = bare(0)] = clips
    const batch = packClips([clip], LENGTH, 2)
    const alone = packClips([clip], LENGTH)
    const empty = emptyBatch(1, LENGTH)
    expect(Buffer.compare(batch.frames, Buffer.concat([alone.frames, empty.frames]))).toBe(0)
    expect([...batch.weights.subarray(LENGTH)]).toEqual([...empty.weights])
    expect([...batch.decisions]).toEqual([clip.actions.length, 0])
  })

  it('refuses a clip that does not fit', () => {
    expect(() => packClips([bare(9)], LENGTH)).toThrow(/9 decisions/)
  })
})
