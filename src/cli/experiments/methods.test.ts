import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { MethodResult } from '../../procedure/index.ts'
import { codeVersion } from '../cells/code-version.ts'
import { LocalRunner } from '../cells/local-runner.ts'
import { CellMachine } from '../cells/machine.ts'
import { ModelFolder } from '../cells/model-folder.ts'
import { KINDS } from './kinds.ts'
import { LABEL_METHODS } from './method-cell.ts'
import { compareMethods, type MethodsPlan } from './methods.ts'

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

let work = ''

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  work = await mkdtemp(join(tmpdir(), 'jumppad-methods-'))
})

afterAll(async () => {
  vi.restoreAllMocks()
  await rm(work, { recursive: true })
})

async function compared(): Promise<readonly MethodResult[]> {
  const machine = new CellMachine(work, new ModelFolder(join(work, 'models')), KINDS)
  const runner = new LocalRunner(machine, 1, await codeVersion())
  const found: (readonly MethodResult[])[] = []
  try {
    for await (const results of compareMethods(runner, PLAN)) found.push(results)
  } finally {
    await runner.close()
  }
  expect(found).toHaveLength(1)
  return found.flat()
}

it('trains every method on the same answers, measures it, and keeps what is finished', async () => {
  const results = await compared()
  expect(results.map(({ method }) => method)).toEqual([...LABEL_METHODS])
  const [first] = results
  for (const { asked, decisive, stopped, table, kl } of results) {
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
  expect(await compared()).toEqual(results)
})
