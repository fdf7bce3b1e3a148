import { expect, it } from 'vitest'
import { type Ending, HOME_ENDINGS, START_KINDS, startState } from '../island/index.ts'
import { originIndex, originsOf, outcomesByOrigin } from './origins.ts'
import { outcomeTable } from './outcomes.ts'

const SEEDS = Array.from({ length: 400 }, (_, seed) => seed)

it('assigns every episode an origin, and uses every origin', () => {
  for (const start of START_KINDS) {
    const found = SEEDS.map((seed) => originIndex({ start, seed }))
    expect(new Set(found).size).toBe(originsOf(start).length)
    for (const [seed, index] of found.entries()) {
      // Left is west and front is nearer to the jumppads, checked against the start state itself.
      const { x, z } = startState({ start, seed })
      const { name } = originsOf(start)[index] ?? { name: '' }
      expect(name.toLowerCase()).toContain(x < 0 ? 'left' : 'right')
      if (start === 'spawn') expect(name.startsWith('Front')).toBe(z < 3.5)
    }
  }
})

it('divides the outcomes without losing any', () => {
  const episodes = SEEDS.map((seed) => ({
    seed,
    ending: HOME_ENDINGS[(seed * 7) % 4] as Ending,
    actions: { length: seed % 100 },
  }))
  const all = outcomeTable(episodes)
  const parts = outcomesByOrigin('spawn', episodes)
  expect(outcomesByOrigin('spawn', episodes.toReversed())).toEqual(parts)
  for (const ending of HOME_ENDINGS) {
    const sum = parts.reduce((total, { outcomes }) => total + (outcomes[ending] ?? 0), 0)
    expect(sum).toBe(all.outcomes[ending])
  }
  const decisions = parts.reduce((sum, part) => sum + part.meanDecisions * part.episodes, 0)
  expect(decisions).toBeCloseTo(all.meanDecisions * all.episodes, 6)
})
