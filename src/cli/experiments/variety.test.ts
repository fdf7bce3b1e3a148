import { expect, it } from 'vitest'
import { ISLANDS } from '../../island/index.ts'
import { localCells } from './testing/local-cells.ts'
import { PLAYED, type VarietyPlan, varyIslands } from './variety.ts'

const steps = { steps: 2, warmup: 1 }

const PLAN: VarietyPlan = {
  agent: 'models/nano.onnx',
  wanted: ['middle'],
  seeds: [1],
  played: PLAYED,
  island: 'longer',
  comparisons: 30,
  evaluationEpisodes: 2,
  changes: { reward: steps, reinforcement: { ...steps, episodesPerUpdate: 4, layers: 1 } },
}

const computed = localCells()

it('aligns with play on one island, on several, and where clips were labelled, and measures both on all islands', async () => {
  const found = await computed((runner) => varyIslands(runner, PLAN))
  expect(found.map(({ played }) => played)).toEqual([...PLAYED])
  expect(found.map(({ labelled }) => labelled)).toEqual([undefined, undefined, 'longer'])
  for (const { tables } of found) {
    expect(Object.keys(tables)).toEqual(ISLANDS.map(({ id }) => id))
    expect(tables.fourth?.outcomes['far left']).toBeDefined()
    expect(Object.values(tables).every(({ episodes }) => episodes === 2)).toBe(true)
  }
})
