import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readManifest } from '../procedure/index.ts'
import { fileNameOf, StageCache, type StagePlan } from './stage-cache.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jumppad-'))
})

afterEach(() => rm(folder, { recursive: true }))

/** Returns a stage that writes its settings to a file and counts its runs. */
function stageOf(cache: StageCache, settings: unknown) {
  const path = cache.path('stage.txt')
  let runs = 0
  const plan: StagePlan<unknown> = {
    name: 'a stage, of two words',
    settings,
    writes: [path],
    async make() {
      runs += 1
      await mkdir(cache.folder, { recursive: true })
      await writeFile(path, JSON.stringify(settings))
      return settings
    },
  }
  const run = async () => ({ value: (await cache.made(plan)).value, runs })
  return { path, run }
}

test('a stage is made again only when its settings or files have changed', async () => {
  const first = stageOf(StageCache.in(folder), { steps: 1 })
  expect(await first.run()).toEqual({ value: { steps: 1 }, runs: 1 })
  // A fresh `StageCache`, as in another process.
  expect(await stageOf(StageCache.in(folder), { steps: 1 }).run()).toMatchObject({ runs: 0 })
  const changed = stageOf(StageCache.in(folder), { steps: 2 })
  expect(await changed.run()).toEqual({ value: { steps: 2 }, runs: 1 })
  await writeFile(changed.path, 'something else')
  expect(await changed.run()).toMatchObject({ runs: 2 })
  await rm(changed.path)
  expect(await changed.run()).toMatchObject({ runs: 3 })
})

test('nested stages have names of their own, and count towards the same time', async () => {
  const cache = StageCache.in(folder)
  await stageOf(cache, 'outer').run()
  await stageOf(cache.within('medium'), 'inner').run()
  expect(await stageOf(cache, 'outer').run()).toMatchObject({ runs: 0 })
  expect(Object.keys(cache.seconds)).toEqual([
    'a stage, of two words',
    'medium/a stage, of two words',
  ])
})

test('a file with any name can be in a list of models', () => {
  const entry = {
    ...{ version: 1, sha256: '0'.repeat(64), parameters: 1, stage: 'base', recipe: {}, key: '1' },
    scores: {
      ...{ step: 1, trainingSeconds: 1, machine: 'any' },
      test: { accuracy: 0.9, comparisons: 10 },
    },
  }
  const named = (name: string) => readManifest([{ ...entry, file: `${name}.onnx` }])
  const name = 'main line, tuned alike at 0.001 · left/right'
  expect(() => named(name)).toThrow(/damaged/)
  expect(named(fileNameOf(name))).toHaveLength(1)
})
