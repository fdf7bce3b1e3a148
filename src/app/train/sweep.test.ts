import { describe, expect, it } from 'vitest'
import { METHODS, TRAINING_KINDS } from '../../procedure/training/index.ts'
import { madeUpRun } from '../../storage/testing/made-up-run.ts'
import { MOST_RUNS, methodsBeside, methodsIn, readSeeds } from './sweep.ts'
import { nextSweepTag, readTags } from './tags.ts'

describe('seeds', () => {
  it.each<[string, readonly number[]]>([
    ['7', [7]],
    [' 1, 2;3 4,', [1, 2, 3, 4]],
    ['3-5', [3, 4, 5]],
    ['3 – 5, 1', [3, 4, 5, 1]],
    ['2, 1-3, 2', [2, 1, 3]],
    [`1-${MOST_RUNS}`, Array.from({ length: MOST_RUNS }, (_, n) => n + 1)],
  ])('are read: %s', (text, seeds) => {
    expect(readSeeds(text, 4_294_967_295)).toEqual({ seeds })
  })

  it.each([
    ['', 'at least one seed'],
    [',', 'at least one seed'],
    ['one', 'Found “one”, expected whole numbers from 0'],
    ['-1', 'Found “-1”'],
    ['1.5', 'Found “1.5”'],
    ['5-1', 'Found “5-1”'],
    ['1-2-3', 'Found “1-2-3”'],
    ['9'.repeat(15), 'expected whole numbers'],
    [`1-${MOST_RUNS + 1}`, `Found ${MOST_RUNS + 1} seeds, expected at most ${MOST_RUNS}`],
    ['1-999999999', 'expected at most'],
    [`1-${MOST_RUNS}, 100`, `Found ${MOST_RUNS + 1} seeds`],
  ])('are refused with a sentence: %s', (text, problem) => {
    expect(readSeeds(text, 4_294_967_295).problem).toContain(problem)
  })
})

describe('the methods of a sweep', () => {
  it('learn from the same kind of data, each once, the main one first', () => {
    for (const job of TRAINING_KINDS) {
      const all = methodsIn({ job, also: TRAINING_KINDS.join(',') })
      expect(all[0]).toBe(job)
      expect(new Set(all).size).toBe(all.length)
      expect(new Set(all.map((kind) => METHODS[kind].material)).size).toBe(1)
      expect(all.slice(1)).toEqual(methodsBeside(job))
      expect(methodsIn({ job, also: 'nonsense' })).toEqual([job])
    }
    expect(methodsBeside('align')).toContain('reward')
  })
})

describe('tags', () => {
  it('are read without repetitions and needless spaces', () => {
    expect(readTags(' a  b, c;a b,, ')).toEqual({ tags: ['a b', 'c'] })
    expect(readTags('')).toEqual({ tags: [] })
    expect(readTags('x'.repeat(41)).problem).toContain('41 characters')
    const many = Array.from({ length: 13 }, (_, n) => `t${n}`).join()
    expect(readTags(many).problem).toContain('Found 13 tags, expected at most 12')
  })

  it('of sweeps are numbered', () => {
    expect(nextSweepTag([])).toBe('sweep 1')
    const tags = ['sweep 2', 'sweep x', 'my sweep 9']
    expect(nextSweepTag([madeUpRun(1, { tags })])).toBe('sweep 3')
  })
})
