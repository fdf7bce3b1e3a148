import { expect, it } from 'vitest'
import { ISLANDS, TRAINED_ON } from '../../island/index.ts'
import type { VarietyResult } from '../../procedure/index.ts'
import { tableOf } from '../../procedure/testing/made-up-results.ts'
import type { Cell } from '../cells/cell.ts'
import type { CellRunner } from '../cells/runner.ts'
import { imitation } from '../pipeline/profile.ts'
import { sha256 } from '../write-model.ts'
import { localCells } from './testing/local-cells.ts'
import { PLAYED, type PretrainingVarietyPlan, varyIslands, varyPretraining } from './variety.ts'

const steps = { steps: 2, warmup: 1 }

const PLAN = {
  wanted: ['middle'],
  seeds: [1],
  played: PLAYED,
  island: 'longer',
  comparisons: 30,
  evaluationEpisodes: 2,
  changes: { reward: steps, reinforcement: { ...steps, episodesPerUpdate: 4, layers: 1 } },
} as const

const computed = localCells()

it('aligns with play on one island, on several, and where clips were labelled, and measures both on all islands', async () => {
  const found = await computed(async function* (runner) {
    const agent = await runner.provide('models/nano.onnx')
    yield* varyIslands(runner, { ...PLAN, agent })
  })
  expect(found.map(({ played }) => played)).toEqual([...PLAYED])
  expect(found.map(({ labelled }) => labelled)).toEqual([undefined, undefined, 'longer'])
  for (const { tables } of found) {
    expect(Object.keys(tables)).toEqual(ISLANDS.map(({ id }) => id))
    expect(tables.fourth?.outcomes['far left']).toBeDefined()
    expect(Object.values(tables).every(({ episodes }) => episodes === 2)).toBe(true)
  }
})

/**
 * Returns a runner that computes nothing and keeps what it is asked for. Every agent has a digest of its
 * own, and the agents that were trained on several islands get to the left more often.
 */
function recordingRunner(asked: Cell[]): CellRunner {
  const digestOf = ({ parameters }: Cell) =>
    sha256(new TextEncoder().encode(JSON.stringify(parameters)))
  const several = new Set<string>()
  return {
    ...{ atOnce: 1, threads: 1, seconds: 0 },
    version: { app: '1', world: 1, code: '0'.repeat(16), node: 20, architecture: 'x64' },
    provide: () => Promise.reject(new Error('No file is needed')),
    close: () => Promise.resolve(),
    async run(cell) {
      asked.push(cell)
      const models: Record<string, string> = {}
      if (cell.kind === 'fine-tuned') {
        models['fine-tuned'] = digestOf(cell)
        if (JSON.stringify(cell.parameters).includes('several')) several.add(digestOf(cell))
      }
      const left = several.has(cell.inputs.policy ?? '') ? 300 : 200
      const table = tableOf({ none: 400 - left, left, middle: 0, right: 0 })
      const values: Record<string, unknown> = {
        'fine-tuned': { pretrainingUpdates: 7 },
        island: table,
        variety: { stopped: 'last update', tables: { home: table } },
      }
      const processor = 'none'
      return { value: values[cell.kind], models, seconds: 1, trainingSeconds: 1, processor }
    },
  }
}

it('aligns the agents that it has pre-trained on the first island and on several', async () => {
  const asked: Cell[] = []
  const plan: PretrainingVarietyPlan = {
    ...{ ...PLAN, seeds: [1, 2], played: ['first', 'several'], pretrained: TRAINED_ON },
    imitation: {
      ...{ size: 'nano', pretrainingEpisodes: 16, curatedClips: 12, evaluationEpisodes: 2 },
      imitation: imitation(),
    },
  }
  const results: VarietyResult[] = []
  for await (const found of varyPretraining(recordingRunner(asked), plan)) results.push(...found)
  expect(results.map(({ seed, played, agent }) => [seed, agent?.islands, played])).toEqual(
    [1, 2].flatMap((seed) =>
      TRAINED_ON.flatMap((islands) => [
        [seed, islands, 'first'],
        [seed, islands, 'several'],
      ]),
    ),
  )
  for (const { agent } of results) {
    expect(agent).toMatchObject({ size: 'nano', pretrainingUpdates: 7 })
    expect(Object.keys(agent?.tables ?? {})).toEqual(ISLANDS.map(({ id }) => id))
    expect(agent?.tables.home?.outcomes.left).toBe(agent?.islands === 'several' ? 300 : 200)
  }
  const aligned = asked.filter(({ kind }) => kind === 'variety').map(({ inputs }) => inputs.agent)
  expect(new Set(aligned).size).toBe(4)
})
