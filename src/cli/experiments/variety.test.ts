import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { ISLANDS } from '../../island/index.ts'
import type { VarietyResult } from '../../procedure/index.ts'
import { codeVersion } from '../cells/code-version.ts'
import { LocalRunner } from '../cells/local-runner.ts'
import { CellMachine } from '../cells/machine.ts'
import { ModelFolder } from '../cells/model-folder.ts'
import { KINDS } from './kinds.ts'
import { type VarietyPlan, varyIslands } from './variety.ts'

const steps = { steps: 2, warmup: 1 }

const PLAN: VarietyPlan = {
  agent: 'models/nano.onnx',
  wanted: ['middle'],
  seeds: [1],
  comparisons: 30,
  evaluationEpisodes: 2,
  changes: { reward: steps, reinforcement: { ...steps, episodesPerUpdate: 4, layers: 1 } },
}

let work = ''

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  work = await mkdtemp(join(tmpdir(), 'jumppad-variety-'))
})

afterAll(async () => {
  vi.restoreAllMocks()
  await rm(work, { recursive: true })
})

it('aligns with play on one island and on several, and measures both on all islands', async () => {
  const machine = new CellMachine(work, new ModelFolder(join(work, 'models')), KINDS)
  const runner = new LocalRunner(machine, 1, await codeVersion())
  const found: VarietyResult[] = []
  try {
    for await (const result of varyIslands(runner, PLAN)) found.push(result)
  } finally {
    await runner.close()
  }
  expect(found.map(({ played }) => played)).toEqual(['first', 'several'])
  for (const { tables } of found) {
    expect(Object.keys(tables)).toEqual(ISLANDS.map(({ id }) => id))
    expect(tables.fourth?.outcomes['far left']).toBeDefined()
    expect(Object.values(tables).every(({ episodes }) => episodes === 2)).toBe(true)
  }
})
