import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DECISION_SECONDS, EPISODE_DECISIONS } from '../island/index.ts'
import { scheduleOf } from './assignment.ts'
import { secondsPerPair, studySize } from './size.ts'
import { madeUpPreparedStudy } from './testing/made-up-study.ts'

it('the size of a study is that of its schedules', () => {
  const counts = fc.record({
    labellers: fc.integer({ min: 3, max: 9 }),
    pairsEach: fc.integer({ min: 4, max: 12 }),
    overlap: fc.integer({ min: 1, max: 3 }),
    reShows: fc.integer({ min: 0, max: 2 }),
  })
  fc.assert(
    fc.property(counts, (design) => {
      const study = madeUpPreparedStudy({ design: { seed: 3, clipsPerAgent: 24, ...design } })
      const schedules = Array.from({ length: design.labellers }, (_, slot) =>
        scheduleOf(study, slot + 1),
      )
      const { pairs, shown, labels } = studySize(study)
      expect(pairs).toBe(study.material.pairs.length)
      const fresh = schedules.flat().filter(({ kind }) => kind === 'fresh')
      expect(labels).toBe(fresh.length)
      const lengths = schedules.map(({ length }) => length)
      expect(Math.max(...lengths)).toBeLessThanOrEqual(shown)
      expect(Math.min(...lengths)).toBeGreaterThanOrEqual(shown - 1 - design.reShows)
    }),
    { numRuns: 15 },
  )
})

it('a pair plays as long as its longer clip', () => {
  const seconds = secondsPerPair(madeUpPreparedStudy())
  expect(seconds).toBeGreaterThan(1)
  expect(seconds).toBeLessThanOrEqual(EPISODE_DECISIONS * DECISION_SECONDS)
})
