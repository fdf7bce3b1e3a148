import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type Comparison, decisive } from '../../alignment/index.ts'
import { exportModel, importModel } from '../../network/index.ts'
import type { TrainingData } from '../../procedure/training/index.ts'
import type { Device } from '../../runtime/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { readModelFile } from '../evaluate.ts'
import { sha256 } from '../write-model.ts'
import { AnsweredPairs } from './answers.ts'
import { measuredPolicy } from './measuring.ts'
import { train } from './training.ts'

// The lab's main claim, with the smallest network and few updates: labels align an agent with what they
// prefer, and the same labels with half of the answers reversed do not. e2e/align.slow.spec.ts shows it in
// Chromium, with the network that the lab ships.

/** Outcome that the agent reaches most often, so that few pairs are ties. */
const PREFER = 'middle'
const LABELS = 40
const SEED = 1
const EPISODES = 200
const SET = { 'reward.steps': '80', 'reinforcement.steps': '12' }

let device: Device
let folder = ''

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  device = await createNativeDevice({ threads: 1 })
  folder = await mkdtemp(join(tmpdir(), 'jumppad-claim-'))
})

afterAll(async () => {
  vi.restoreAllMocks()
  await device.close()
  await rm(folder, { recursive: true })
})

/** Reverses every other decisive answer, of which the first is the `phase`-th (0 or 1). */
function halfReversed({ clips, comparisons }: TrainingData, phase: number): TrainingData {
  const reversed = new Set(decisive(comparisons).filter((_, index) => index % 2 === phase))
  const turned = (each: Comparison) =>
    reversed.has(each) ? { ...each, verdict: 1 - each.verdict } : each
  return { clips, comparisons: comparisons.map(turned) }
}

it('aligns an agent with its labels, and not with labels of which half are reversed', async () => {
  const bytes = await readModelFile('models/nano.onnx')
  const agent = { ...importModel(bytes), sha256: sha256(bytes) }
  const share = async (model: Uint8Array) => {
    const { table } = await measuredPolicy(device, model, EPISODES)
    return { ...table.intervals[PREFER], share: (table.outcomes[PREFER] ?? 0) / EPISODES }
  }
  const alignedWith = async (data: TrainingData, name: string) => {
    const settings = { prefer: PREFER, labels: LABELS, seed: SEED, set: SET } as const
    const { result, recipes } = await train(device, agent, data, settings, join(folder, name))
    if (result.policy === undefined) throw new Error(result.problem ?? 'No agent was trained')
    const { layout, parameters } = result.policy
    const card = { stage: 'aligned', recipe: recipes.reinforcement, key: `${SEED}` }
    return share(exportModel(layout, parameters, card))
  }

  const data = await new AnsweredPairs(device, agent, PREFER, SEED).first(LABELS)
  const start = await share(bytes)
  const aligned = await alignedWith(data, 'own')
  expect(aligned.low).toBeGreaterThan((start.high ?? 1) + 0.2)
  // What little noise teaches leads anywhere, and to the opposite with the other half reversed.
  const one = await alignedWith(halfReversed(data, 0), 'reversed')
  const other = await alignedWith(halfReversed(data, 1), 'other')
  expect((one.share + other.share) / 2).toBeLessThan((start.high ?? 0) + 0.1)
}, 600_000)
