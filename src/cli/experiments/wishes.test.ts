import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { WishResult } from '../../procedure/index.ts'
import { codeVersion } from '../cells/code-version.ts'
import { LocalRunner } from '../cells/local-runner.ts'
import { CellMachine } from '../cells/machine.ts'
import { ModelFolder } from '../cells/model-folder.ts'
import { KINDS } from './kinds.ts'
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

let work = ''

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  work = await mkdtemp(join(tmpdir(), 'jumppad-wishes-'))
})

afterAll(async () => {
  vi.restoreAllMocks()
  await rm(work, { recursive: true })
})

async function aligned(): Promise<WishResult[]> {
  const machine = new CellMachine(work, new ModelFolder(join(work, 'models')), KINDS)
  const runner = new LocalRunner(machine, 1, await codeVersion())
  try {
    const found: WishResult[] = []
    for await (const result of alignWithWishes(runner, PLAN)) found.push(result)
    return found
  } finally {
    await runner.close()
  }
}

it('measures agents before and after in the same episodes, and keeps what is finished', async () => {
  const results = await aligned()
  expect(results).toHaveLength(1)
  const [{ kl, table, style, changes } = expect.fail('There is no result')] = results
  expect(kl).toBeGreaterThan(0)
  for (const side of ['before', 'after'] as const) {
    expect(table[side].episodes).toBe(8)
    expect(style[side]?.count ?? 0).toBe(8 - (table[side].outcomes.none ?? 0))
  }
  expect(changes).toMatchObject({ 'reward.steps': 2, 'reinforcement.layers': 1 })
  expect(await aligned()).toEqual(results)
})
