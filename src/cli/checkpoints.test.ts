import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { freshSnapshot } from '../alignment/index.ts'
import { rootKey } from '../island/index.ts'
import { initialParameters, NETWORK_SIZES, parameterLayout } from '../network/index.ts'
import { IMITATION_CHECKPOINT, readCheckpoint, writeCheckpoint } from '../procedure/index.ts'
import { Checkpoints } from './checkpoints.ts'
import { inputsOf } from './imitate.ts'

const root = mkdtempSync(join(tmpdir(), 'jumppad-checkpoints-'))
afterAll(() => rmSync(root, { recursive: true }))

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(root, 'run-'))
})

const keep = (checkpoints: Checkpoints, step: number) =>
  writeCheckpoint(checkpoints, IMITATION_CHECKPOINT, {
    identity: checkpoints.identity,
    notes: '[]',
    snapshot: { ...freshSnapshot(Float32Array.of(step)), step },
  })
const stepOf = async (checkpoints: Checkpoints) =>
  (await readCheckpoint(checkpoints, IMITATION_CHECKPOINT, checkpoints.identity))?.snapshot.step

it('are found again only by the same training, and are removed with it', async () => {
  const [a, b] = ['model A', 'model B'].map((model) => new Checkpoints(folder, ['steps', model]))
  if (!a || !b) throw new Error('Expected two trainings')
  await keep(a, 20)
  expect(await stepOf(b)).toBeUndefined()
  await keep(b, 7)
  expect(await stepOf(new Checkpoints(folder, ['steps', 'model A']))).toBe(20)
  await b.clear()
  expect(await stepOf(b)).toBeUndefined()
  expect(await stepOf(a)).toBe(20)
  await a.clear()
  expect(readdirSync(folder)).toEqual([])
})

it('are announced only when a training continues from one', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    const checkpoints = new Checkpoints(folder, ['a'])
    await checkpoints.resume(IMITATION_CHECKPOINT)
    expect(said).not.toHaveBeenCalled()
    await keep(checkpoints, 20)
    await checkpoints.resume(IMITATION_CHECKPOINT)
    expect(said).toHaveBeenCalledWith(expect.stringMatching(/interrupted after update 20; .*run-/))
  } finally {
    said.mockRestore()
  }
})

it('keep the time of a training, which goes on where the checkpoint left off', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0)
  onTestFinished(() => void vi.restoreAllMocks())
  const first = new Checkpoints(folder, ['a'])
  clock.mockReturnValue(90_000)
  await keep(first, 20)
  // Lost with the updates after the checkpoint.
  clock.mockReturnValue(95_000)

  const second = new Checkpoints(folder, ['a'])
  await second.resume(IMITATION_CHECKPOINT)
  clock.mockReturnValue(102_000)
  expect(second.trainingSeconds).toBe(97)
  await second.clear()
  expect(readdirSync(folder)).toEqual([])
  expect(new Checkpoints(folder, ['a']).trainingSeconds).toBe(0)
})

it('distinguish trainings with a different start, data, seed or recipe', () => {
  const layout = parameterLayout(NETWORK_SIZES.nano, 'policy')
  const common = {
    ...{ stage: 'fine-tuned', keyPath: '1/training', layout, training: { count: 60 } },
    islands: 'first' as const,
  }
  const commands = [
    { ...common, initial: initialParameters(layout, rootKey(1)), recipe: { steps: 10 } },
    { ...common, initial: initialParameters(layout, rootKey(2)), recipe: { steps: 10 } },
    { ...common, initial: initialParameters(layout, rootKey(1)), recipe: { steps: 11 } },
    {
      ...common,
      initial: initialParameters(layout, rootKey(1)),
      recipe: {},
      keyPath: '2/training',
    },
    {
      ...common,
      initial: initialParameters(layout, rootKey(1)),
      recipe: {},
      training: { count: 3 },
    },
    {
      ...common,
      initial: initialParameters(layout, rootKey(1)),
      recipe: {},
      islands: 'several' as const,
    },
    { ...common, initial: initialParameters(layout, rootKey(1)), recipe: {} },
  ]
  const texts = commands.map((command) => JSON.stringify(inputsOf(command)))
  expect(new Set(texts).size).toBe(commands.length)
})
