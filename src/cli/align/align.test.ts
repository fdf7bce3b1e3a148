import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { rootKey } from '../../island/index.ts'
import {
  exportModel,
  type HeadKind,
  initialParameters,
  NETWORK_SIZES,
  parameterLayout,
} from '../../network/index.ts'
import type { ManifestEntry } from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { Checkpoints } from '../checkpoints.ts'
import { pretendTerminal } from '../testing/pretend-terminal.ts'
import { lab } from '../testing/run-lab.ts'
import { makeBestOfPlay } from './best-of-play.ts'
import { makeContrastive } from './contrastive.ts'
import { AgentPools } from './pools.ts'
import { makePreference } from './prefer.ts'
import { makeAligned } from './reinforce.ts'
import { makeReward } from './reward.ts'

const root = mkdtempSync(join(tmpdir(), 'jumppad-align-'))
let device: Device

beforeAll(async () => {
  device = await createNativeDevice({ threads: 1 })
})

afterAll(async () => {
  await device.close()
  rmSync(root, { recursive: true })
})

/** Writes a model that nothing was learned by, and returns its path. */
function untrained(head: HeadKind): string {
  const path = join(root, `untrained-${head}.onnx`)
  const layout = parameterLayout(NETWORK_SIZES.nano, head)
  const card = { stage: head, recipe: {}, key: '1' }
  writeFileSync(path, exportModel(layout, initialParameters(layout, rootKey(1)), card))
  return path
}

const AGENT = 'models/nano.onnx'
const REWARD = untrained('reward')

/** Settings at the smallest scale. The smallest network reaches the middle jumppad most often. */
const COMMON = { wanted: 'middle', seed: 3, evaluationEpisodes: 2 } as const
const LABELS = { comparisons: 20, clips: 16, noise: 0, cantTell: 0 }
const STEPS = { steps: 2, warmup: 1, checkpointEvery: 1 }
const PAIRS = { ...STEPS, pairsPerBatch: 2 }

const rewardSettings = {
  ...COMMON,
  ...LABELS,
  encoder: 'agent',
  recipe: PAIRS,
  test: { clips: 16, comparisons: 40 },
} as const

/** Makes a model with files in a folder; `more` episodes are played to measure it. */
type Make = (device: Device, folder: string, more?: number) => Promise<ManifestEntry>

const outputIn = (folder: string) => join(folder, 'made.onnx')

const preference: Make = (on, folder) => {
  const recipe = { pool: 4, steps: 2, warmup: 1 }
  return makePreference(on, AGENT, REWARD, outputIn(folder), { ...COMMON, recipe })
}

const bestOfPlay: Make = (on, folder, more = 0) => {
  const recipe = { rounds: 2, pool: 6, updates: 1, warmup: 1, clipsPerBatch: 2 }
  const settings = { ...COMMON, recipe, evaluationEpisodes: 2 + more }
  return makeBestOfPlay(on, AGENT, REWARD, outputIn(folder), settings, folder)
}

const reinforcement: Make = async (on, folder, more = 0) => {
  const plays = { episodesPerUpdate: 4, clipsPerBatch: 4, minibatches: 1, epochs: 1 }
  const recipe = { ...STEPS, ...plays }
  const settings = { ...COMMON, recipe, variant: 'a', evaluationEpisodes: 2 + more }
  return (await makeAligned(on, AGENT, REWARD, outputIn(folder), settings, folder)).entry
}

const contrastive: Make = (on, folder, more = 0) => {
  const settings = { ...COMMON, ...LABELS, recipe: PAIRS, evaluationEpisodes: 2 + more }
  return makeContrastive(on, AGENT, outputIn(folder), settings, folder)
}

const rewardModel: Make = async (on, folder, more = 0) => {
  const pools = await new AgentPools(on).of(AGENT)
  const settings = { ...rewardSettings, test: { clips: 16 + more, comparisons: 40 } }
  return (await makeReward(on, pools, AGENT, outputIn(folder), settings, folder)).entry
}

it.each([
  ['preference fine-tuning', preference],
  ['best-of-play imitation', bestOfPlay],
  ['reinforcement learning', reinforcement],
])('leaves no progress display behind where the play of %s fails', async (_, make) => {
  const broken = await createNativeDevice({ threads: 1 })
  await broken.close()
  const runningTimers = pretendTerminal()
  await expect(make(broken, mkdtempSync(join(root, 'broken-')))).rejects.toThrow()
  expect(runningTimers()).toBe(0)
})

describe.each([
  ['best-of-play imitation', bestOfPlay],
  ['reinforcement learning', reinforcement],
  ['contrastive learning', contrastive],
  ['a reward model', rewardModel],
])('the training of %s', (_, make) => {
  it('resumes with its time, however it is measured, and leaves no progress display behind', async () => {
    const folder = mkdtempSync(join(root, 'resumed-'))
    await interrupted(() => make(device, folder))
    const seconds = readdirSync(folder).find((file) => file.endsWith('seconds.txt'))
    writeFileSync(join(folder, seconds ?? expect.fail('No time was kept')), '5000')

    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    onTestFinished(() => said.mockRestore())
    const { scores } = await make(device, folder, 1)
    expect(said).toHaveBeenCalledWith(expect.stringMatching(/^Resuming the training .* update 1;/))
    expect(scores.trainingSeconds).toBeGreaterThanOrEqual(5000)
    expect(scores.trainingSeconds).toBeLessThan(6000)
    expect(readdirSync(folder).toSorted()).toEqual(['made.onnx', 'manifest.json'])
  })
})

/** Runs a training on a terminal until its first checkpoint is written, after which the disk is full. */
async function interrupted(train: () => Promise<unknown>): Promise<void> {
  const { write } = Checkpoints.prototype
  const full = vi.spyOn(Checkpoints.prototype, 'write').mockImplementation(async function (
    this: Checkpoints,
    ...file
  ) {
    await write.apply(this, file)
    throw new Error('the disk is full')
  })
  onTestFinished(() => full.mockRestore())
  const runningTimers = pretendTerminal()
  await expect(train()).rejects.toThrow('the disk is full')
  expect(runningTimers()).toBe(0)
  full.mockRestore()
  vi.useRealTimers()
}

describe('an agent that never reaches the jumppad', () => {
  const lost = untrained('policy')
  const sentence = 'The judge prefers a clip in none of 6 pairs, as 0 of the agent’s 12 clips reach'

  it('is told before a reward model is trained', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    onTestFinished(() => said.mockRestore())
    const folder = mkdtempSync(join(root, 'lost-'))
    const pools = await new AgentPools(device).of(lost)
    const settings = { ...rewardSettings, test: { clips: 12, comparisons: 6 } }
    const made = makeReward(device, pools, lost, outputIn(folder), settings, folder)
    await expect(made).rejects.toThrow(sentence)
    expect(said).not.toHaveBeenCalled()
    expect(readdirSync(folder)).toEqual([])
  })

  it('is told where a reward model is judged on its play', async () => {
    const words = ['judge', REWARD, '--agent', lost, '--comparisons', '6', '--json']
    const { code, out, err } = await lab(...words)
    expect(err).toContain(sentence)
    expect([code, out]).toEqual([2, ''])
  })
})
