import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { importModel } from '../../network/index.ts'
import { codeVersion } from '../cells/code-version.ts'
import { LocalRunner } from '../cells/local-runner.ts'
import { CellMachine } from '../cells/machine.ts'
import { ModelFolder } from '../cells/model-folder.ts'
import type { CellRunner } from '../cells/runner.ts'
import { profileOf } from '../pipeline/profile.ts'
import { ablate, type Variant } from './ablations.ts'
import { alignmentCell, alignmentParametersSchema } from './alignment-cell.ts'
import { fineTunedCell } from './fine-tuned-cell.ts'
import { KINDS } from './kinds.ts'

let work = ''
let runner: CellRunner

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  work = await mkdtemp(join(tmpdir(), 'jumppad-ablations-'))
  const machine = new CellMachine(work, new ModelFolder(join(work, 'models')), KINDS)
  runner = new LocalRunner(machine, 1, await codeVersion())
})

afterAll(async () => {
  await runner.close()
  vi.restoreAllMocks()
  await rm(work, { recursive: true })
})

const { imitation, alignment } = profileOf('nano')
const steps = { steps: 2, warmup: 1 }

it('trains an agent of another size, whose model other machines can read', async () => {
  const { value, models } = await fineTunedCell.ask(runner, {
    ...{ size: 'nano', seed: 1, pretrainingEpisodes: 60, curatedClips: 3, evaluationEpisodes: 2 },
    imitation: {
      base: { ...imitation.base, ...steps, validationEvery: 2 },
      'fine-tuned': { ...imitation['fine-tuned'], ...steps, validationEvery: 2 },
    },
  })
  expect(value).toEqual({ pretrainingUpdates: 2 })
  const file = await new ModelFolder(join(work, 'models')).read(models['fine-tuned'] ?? '')
  expect(importModel(file).card.stage).toBe('fine-tuned')
})

it('aligns an agent, with its times apart from what is the same on every machine', async () => {
  const settings = {
    ...alignment,
    ...{ comparisons: 60, clips: 40, test: { clips: 40, comparisons: 200 }, evaluationEpisodes: 4 },
    reward: { ...alignment.reward, ...steps },
    preference: { ...alignment.preference, ...steps, pool: 16 },
    reinforcement: { ...alignment.reinforcement, ...steps, episodesPerUpdate: 4 },
  }
  const asked = { variant: 'a', wanted: 'left', seed: 1, preferenceFineTuning: true } as const
  const agent = await runner.provide('models/nano.onnx')
  const aligned = await alignmentCell.ask(runner, { ...asked, settings }, { agent })
  // Two updates, and the final rollout.
  expect(aligned.value.learning.updates).toHaveLength(3)
  expect(aligned.value.table.episodes).toBe(4)
  expect(aligned.trainingSeconds).toBeGreaterThan(0)
  expect(JSON.stringify(aligned.value)).not.toMatch(/seconds|machine/i)
  const kept = await readdir(join(work, 'stages', 'threads-1'))
  expect(kept.filter((file) => /^(reward|preference|aligned)-.*\.onnx$/.test(file))).toHaveLength(3)
})

it('takes the learning rate of the best learned reward, for the variant as named', async () => {
  const asked: { rate: number; seed: number; wanted: string }[] = []
  const fake: CellRunner = {
    ...{ atOnce: 2, threads: 1, version: runner.version, seconds: 0 },
    provide: async () => '',
    close: async () => undefined,
    run: async ({ parameters }) => {
      const { variant, wanted, seed, settings } = alignmentParametersSchema.parse(parameters)
      const rate = Number(settings.reinforcement.peakRate)
      asked.push({ rate, seed, wanted })
      const reward = rate === 1e-3 ? 2 : 1
      const point = { update: 0, reward, preference: 0.95, kl: 0, entropy: 0, length: 9 }
      const outcomes = { none: 0, left: 4, middle: 0, right: 0 }
      const interval = { low: 0, high: 1 }
      const intervals = { none: interval, left: interval, middle: interval, right: interval }
      const value = {
        table: { episodes: 4, outcomes, intervals, meanDecisions: 9 },
        learning: {
          ...{ wanted, seed, variant, episodesPerUpdate: 4, stopped: 'last update' },
          updates: [point, { ...point, update: 50 }],
        },
        ...{ decisive: 30, rewardAccuracy: 0.9 },
      }
      return { value, models: {}, seconds: 2, trainingSeconds: 1, processor: 'abacus' }
    },
  }
  const variant = {
    name: 'as named',
    varied: 'nothing',
    agent: '',
    preferenceFineTuning: true,
    comparisons: 1000,
  } satisfies Variant
  const rates = [3e-4, 1e-3, 3e-3]
  const plan = { wanted: ['right', 'left'], seeds: [1, 2], rates, updateCap: 50 } as const
  const found = await ablate(fake, variant, plan)
  const trials = asked.splice(0, 3)
  expect(trials.map(({ seed, wanted }) => `${seed} ${wanted}`)).toEqual(Array(3).fill('100 left'))
  expect(asked).toEqual([
    { rate: 1e-3, seed: 1, wanted: 'right' },
    { rate: 1e-3, seed: 2, wanted: 'right' },
    { rate: 1e-3, seed: 1, wanted: 'left' },
    { rate: 1e-3, seed: 2, wanted: 'left' },
  ])
  expect(found.map(({ ablation: { wanted, seed } }) => `${wanted} ${seed}`)).toEqual([
    ...['right 1', 'right 2', 'left 1', 'left 2'],
  ])
  expect(found[0]?.ablation).toMatchObject({
    ...{ variant: 'as named', rate: 1e-3, updates: 50, updatesToNinety: 0, trainingSeconds: 1 },
    trials: [
      { rate: 3e-4, reward: 1 },
      { rate: 1e-3, reward: 2 },
      { rate: 3e-3, reward: 1 },
    ],
  })
  expect(found[0]?.learning).toMatchObject({ variant: 'as named', seed: 1, trainingSeconds: 1 })

  // Trials that were made before decide, and only the missing ones are made.
  asked.length = 0
  const tried = [
    { rate: 3e-4, reward: 5 },
    { rate: 1e-3, reward: 2 },
  ]
  const [again] = await ablate(fake, variant, { ...plan, tried, wanted: ['left'], seeds: [7] })
  expect(asked).toEqual([
    { rate: 3e-3, seed: 100, wanted: 'left' },
    { rate: 3e-4, seed: 7, wanted: 'left' },
  ])
  expect(again?.ablation.trials).toEqual([...tried, { rate: 3e-3, reward: 1 }])
})
