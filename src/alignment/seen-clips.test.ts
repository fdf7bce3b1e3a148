import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Episode, FRAME_BYTES, Renderer, replay, rootKey } from '../island/index.ts'
import { emptyBatch, renderClips } from './clips.ts'
import {
  CLIP_LENGTHS,
  groupByLength,
  packClips,
  rowLengths,
  type SeenClip,
  thinned,
} from './seen-clips.ts'
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

describe('thinned', () => {
  it('keeps the last decision and every stride-th one before it, with frame and stream', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 20 }),
        (decisions, stride) => {
          const clip = {
            actions: Uint16Array.from({ length: decisions }, (_, index) => index),
            frames: new Uint8Array(decisions * FRAME_BYTES),
            stream: Float32Array.from({ length: 2 * decisions }, (_, index) => index),
          }
          for (let index = 0; index < decisions; index++) clip.frames[index * FRAME_BYTES] = index
          const { actions, frames, stream } = thinned(clip, stride)
          const kept = clip.actions.filter((index) => (decisions - 1 - index) % stride === 0)
          expect(actions).toEqual(kept)
          expect(frames.length).toBe(kept.length * FRAME_BYTES)
          expect(Array.from(kept, (_, row) => frames[row * FRAME_BYTES])).toEqual([...kept])
          expect(stream).toEqual(
            Float32Array.from([...kept].flatMap((index) => [2 * index, 2 * index + 1])),
          )
          const place = CLIP_LENGTHS.findIndex((length) => length >= decisions)
          expect(rowLengths(stride)[place]).toBeGreaterThanOrEqual(kept.length)
        },
      ),
    )
  })

  it('leaves out frames that a clip does not hold', () => {
    const clip = { actions: new Uint16Array(7), frames: new Uint8Array(0) }
    expect(thinned(clip, 3).frames.length).toBe(0)
  })
})

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
