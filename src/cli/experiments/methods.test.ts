import { expect, it } from 'vitest'
import { LABEL_METHODS } from './method-cell.ts'
import { compareMethods, type MethodsPlan } from './methods.ts'
import { localCells } from './testing/local-cells.ts'

const steps = { steps: 2, warmup: 1 }

const PLAN: MethodsPlan = {
  agent: 'models/nano.onnx',
  methods: LABEL_METHODS,
  wanted: ['middle'],
  counts: [10],
  seeds: [1],
  clips: 60,
  evaluationEpisodes: 4,
  recipes: {
    reward: steps,
    reinforcement: { ...steps, episodesPerUpdate: 4, layers: 1 },
    contrastive: { ...steps, layers: 1 },
    'best-of-play': { rounds: 1, pool: 8, updates: 2, warmup: 1, layers: 1 },
  },
}

const computed = localCells()

it('trains every method on the same answers, measures it, and keeps what is finished', async () => {
  // One list, as there is one seed.
  const [results = []] = await computed((runner) => compareMethods(runner, PLAN))
  expect(results.map(({ method }) => method)).toEqual([...LABEL_METHODS])
  const [first] = results
  for (const { asked, decisive, stopped, table, kl, changes } of results) {
    expect(changes).toMatchObject({ 'reward.steps': 2, 'best-of-play.rounds': 1 })
    expect({ asked, decisive, stopped }).toEqual({
      asked: first?.asked,
      decisive: 10,
      stopped: 'last update',
    })
    expect(asked).toBeGreaterThan(10)
    expect(table.episodes).toBe(4)
    expect(kl).toBeGreaterThan(0)
  }
  // Times included: nothing is trained again.
  expect(await computed((runner) => compareMethods(runner, PLAN))).toEqual([results])
})

it('has the judge prefer a clip of every telling pair', async () => {
  const plan = { ...PLAN, methods: ['contrastive'], pairs: 'telling' } as const
  const [[result] = []] = await computed((runner) => compareMethods(runner, plan))
  expect(result).toMatchObject({ pairs: 'telling', decisive: 10, asked: 10 })
})
