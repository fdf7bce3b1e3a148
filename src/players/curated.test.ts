import { describe, expect, it } from 'vitest'
import { CURATED_CLIPS, curate, isCurated, measureRun } from './curated.ts'
import { PlayedSource } from './dataset.ts'

describe('the curated set', () => {
  const clips = curate(1)

  it('has 60 clips in equal shares', () => {
    expect(clips.length).toBe(CURATED_CLIPS)
    for (const name of ['left', 'middle', 'right']) {
      expect(clips.filter(({ ending }) => ending === name).length).toBe(20)
    }
    expect(curate(1)).toEqual(clips)
  })

  it('contains only straight runs: the rule holds for every clip', () => {
    for (const clip of clips) {
      expect(isCurated(clip)).toBe(true)
      if (clip.ending === 'none') throw new Error('A curated clip did not end at a jumppad.')
      const { path, shortest, swims, offTrack, presses } = measureRun(clip, clip.ending)
      expect(clip.start).toBe('spawn')
      expect(clip.actions.length).toBeLessThanOrEqual(72)
      expect(path).toBeLessThanOrEqual(1.05 * shortest)
      expect(path).toBeGreaterThan(0.97 * shortest)
      expect([swims, offTrack, presses]).toEqual([0, false, 0])
    }
  })

  it('contains the first played clips that the rule accepts', () => {
    const play = new PlayedSource({ seed: 1, branch: 'curated' }, 100)
    const first = Array.from({ length: 100 }, (_, i) => play.episode(i)).find(isCurated)
    expect(clips[0]).toEqual(first)
  })

  it('has a held-out counterpart with no episode in common', () => {
    const seeds = new Set(clips.map(({ seed }) => seed))
    const heldOut = curate(1, 90, 'curated-held-out')
    expect(heldOut.length).toBe(90)
    expect(heldOut.filter(({ seed }) => seeds.has(seed))).toEqual([])
  })

  it('reports impossible requests', () => {
    expect(() => curate(1, 50)).toThrow('Found 50 clips: expected a positive multiple of 3')
    const idlers = { name: 'idlers', version: 1, habits: [{ name: 'idler' as const, share: 1 }] }
    expect(() => curate(1, 3, 'curated', idlers)).toThrow(/Found \d of 3 curated clips/)
  })
})
