import { expect, it } from 'vitest'
import { localCells } from './testing/local-cells.ts'
import { alignWithWishes, type WishesPlan } from './wishes.ts'

const steps = { steps: 2, warmup: 1 }

const PLAN: WishesPlan = {
  starts: { base: 'models/nano.onnx' },
  wishes: [{ measure: 'turning', direction: 'less' }],
  seeds: [1],
  comparisons: 20,
  evaluationEpisodes: 8,
  changes: { reward: steps, reinforcement: { ...steps, episodesPerUpdate: 4, layers: 1 } },
}

const computed = localCells()

it('measures agents before and after in the same episodes, and keeps what is finished', async () => {
  const results = await computed((runner) => alignWithWishes(runner, PLAN))
  expect(results).toHaveLength(1)
  const [{ kl, table, style, changes } = expect.fail('There is no result')] = results
  expect(kl).toBeGreaterThan(0)
  for (const side of ['before', 'after'] as const) {
    expect(table[side].episodes).toBe(8)
    expect(style[side]?.count ?? 0).toBe(8 - (table[side].outcomes.none ?? 0))
  }
  expect(changes).toMatchObject({ 'reward.steps': 2, 'reinforcement.layers': 1 })
  expect(await computed((runner) => alignWithWishes(runner, PLAN))).toEqual(results)
})
