import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairKey, replayability } from '../alignment/labels/index.ts'
import { HOME_MAP, islandNamed, rootKey } from '../island/index.ts'
import { dealPairs, scheduleOf } from './assignment.ts'
import { clipsOfStudy, prepareStudy } from './material.ts'
import { checkedStudy, readStudy } from './read.ts'
import { withIsland } from './study.ts'
import { madeUpPreparedStudy, madeUpStudy, madeUpStudyClip } from './testing/made-up-study.ts'

describe('dealPairs', () => {
  const designs = fc
    .record({
      labellers: fc.integer({ min: 1, max: 60 }),
      overlap: fc.integer({ min: 1, max: 12 }),
      pairs: fc.integer({ min: 1, max: 300 }),
      seed: fc.nat(),
    })
    .filter(({ labellers, overlap }) => overlap <= labellers)

  it('gives each pair to as many different slots as the overlap, and equal shares to all slots', () => {
    fc.assert(
      fc.property(designs, ({ pairs, seed, ...design }) => {
        const dealt = dealPairs(pairs, design, rootKey(seed))
        expect(dealt).toHaveLength(design.labellers)
        const answered = new Array<number>(pairs).fill(0)
        for (const own of dealt) {
          expect(new Set(own).size).toBe(own.length)
          for (const pair of own) answered[pair] = (answered[pair] ?? 0) + 1
        }
        expect(new Set(answered)).toEqual(new Set([design.overlap]))
        const sizes = dealt.map(({ length }) => length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('is determined by the key, and mixes who shares a pair with whom', () => {
    const deal = (seed: number) => dealPairs(100, { labellers: 10, overlap: 2 }, rootKey(seed))
    expect(deal(1)).toEqual(deal(1))
    expect(deal(1)).not.toEqual(deal(2))
    const [first = [], ...others] = deal(1)
    const shared = others.map((own) => own.filter((pair) => first.includes(pair)).length)
    expect(shared.filter((count) => count > 0).length).toBeGreaterThan(6)
  })
})

describe('the schedule of a slot', () => {
  const study = madeUpPreparedStudy()
  const schedules = [1, 2, 3, 4, 5, 6].map((slot) => scheduleOf(study, slot))

  it('has the slot’s pairs, golden pairs and re-shows, in an order of its own', () => {
    for (const schedule of schedules) {
      const kinds = schedule.map(({ kind }) => kind)
      expect(kinds.filter((kind) => kind === 'fresh')).toHaveLength(8)
      expect(kinds.filter((kind) => kind === 'golden')).toHaveLength(2)
      expect(kinds.filter((kind) => kind === 're-show')).toHaveLength(2)
    }
    expect(scheduleOf(study, 1)).toEqual(schedules[0])
    expect(scheduleOf(study, 7)).toEqual(schedules[0])
    expect(new Set(schedules.map((each) => JSON.stringify(each))).size).toBe(6)
  })

  it('shows a pair again later with swapped sides, and no pair twice otherwise', () => {
    for (const schedule of schedules) {
      const seen = new Map<string, number>()
      for (const [place, pair] of schedule.entries()) {
        const key = pairKey(pair.first, pair.second)
        const before = seen.get(key)
        if (pair.kind === 're-show') {
          expect(place - (before ?? Number.NaN)).toBeGreaterThan(5)
          expect(pair.left).not.toBe(schedule[before ?? -1]?.left)
        } else expect(before).toBeUndefined()
        seen.set(key, place)
      }
    }
  })

  it('lets every pair be answered by two people', () => {
    const answered = new Map<string, number>()
    for (const { first, second, kind } of schedules.flat()) {
      const key = pairKey(first, second)
      if (kind === 'fresh') answered.set(key, (answered.get(key) ?? 0) + 1)
    }
    expect(answered.size).toBe(study.material.pairs.length)
    expect(new Set(answered.values())).toEqual(new Set([2]))
  })
})

describe('the material of a study', () => {
  it('uses its clips about equally often, and replays to the same clips', () => {
    const study = madeUpPreparedStudy()
    const clips = clipsOfStudy(study)
    const uses = new Map([...clips.keys()].map((id) => [id, 0]))
    for (const { first, second } of study.material.pairs) {
      for (const id of [first, second]) uses.set(id, (uses.get(id) ?? 0) + 1)
    }
    expect(uses.size).toBe(24)
    expect(Math.max(...uses.values()) - Math.min(...uses.values())).toBeLessThanOrEqual(1)
    expect(clips.get(madeUpStudyClip(5).id)).toEqual(madeUpStudyClip(5))
  })

  it('has known answers that one clip’s ending decides', () => {
    const study = madeUpPreparedStudy()
    const clips = clipsOfStudy(study)
    for (const { first, second, answer } of [
      ...study.material.golden,
      ...study.material.practice,
    ]) {
      const [good, bad] = answer === 'first' ? [first, second] : [second, first]
      expect(clips.get(good)?.ending).toBe('left')
      expect(clips.get(bad)?.ending).not.toBe('left')
    }
  })

  it('has clips on the island of the study, which replay there', () => {
    const study = madeUpPreparedStudy(withIsland(madeUpStudy(), islandNamed('fourth')))
    expect(study.version).toBe(2)
    const clips = [...clipsOfStudy(study).values()]
    expect(clips).toHaveLength(24)
    expect(clips.every(({ island }) => island !== undefined)).toBe(true)
    expect(clips.every((clip) => replayability(clip) === 'replays')).toBe(true)
    const { ending } = clips.find((clip) => clip.ending === 'far left') ?? {}
    expect(ending).toBe('far left')
    expect(readStudy(JSON.stringify(study))).toEqual(study)
  })

  it('is of the version that earlier releases read, unless it has an island', () => {
    const moved = withIsland(madeUpStudy(), islandNamed('longer'))
    expect(withIsland(moved, undefined)).toEqual(madeUpStudy())
    expect(() => checkedStudy({ ...moved, version: 1 })).toThrow(
      'expected 2 for a study with an island',
    )
    expect(() => checkedStudy({ ...madeUpStudy(), version: 2 })).toThrow(
      'expected 1 for a study without',
    )
  })

  it('is refused with an island that cannot be played on, and with the first one', () => {
    const broken = { title: 'Broken', map: { ...HOME_MAP, spawns: [{ x: 60, z: 60 }] } }
    expect(() => checkedStudy({ ...madeUpStudy(), version: 2, island: broken })).toThrow(
      'at island: The spawn at',
    )
    const first = { title: 'First', map: HOME_MAP }
    expect(() => checkedStudy({ ...madeUpStudy(), version: 2, island: first })).toThrow(
      'found the first island, expected none',
    )
    expect(withIsland(madeUpStudy(), first)).toEqual(madeUpStudy())
  })

  it('has no golden pairs for a jumppad that its island lacks', () => {
    const study = madeUpStudy()
    const moved = withIsland(study, islandNamed('no-left'))
    expect(moved.golden).toBeUndefined()
    expect(moved.practice.pairs).toBe(0)
    expect(checkedStudy(moved)).toEqual(moved)
    expect(() => checkedStudy({ ...moved, golden: study.golden })).toThrow(
      'the island has no left jumppad: choose middle, right, or another island',
    )
  })

  it('is refused where the clips are too few or the same', () => {
    const study = madeUpStudy()
    const few = [0, 1, 2].map((n) => madeUpStudyClip(n))
    expect(() => prepareStudy(study, [few])).toThrow('golden and practice pairs')
    expect(() => prepareStudy(study, [[madeUpStudyClip(1), madeUpStudyClip(1)]])).toThrow(
      'the same',
    )
  })
})
