import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeModel } from '../graph/index.ts'
import { Renderer, rootKey, splitKey } from '../island/index.ts'
import { initialParameters, NETWORK_SIZES, parameterLayout } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'
import { createNativeDevice } from '../runtime-node/index.ts'
import { cachedClips } from './clip-cache.ts'
import { type ClipBatch, renderClips } from './clips.ts'
import {
  IMITATION_FIELDS,
  type ImitationReport,
  imitationFeeds,
  imitationScores,
  trainImitation,
} from './imitation.ts'
import { imitationGradientGraph } from './imitation-graph.ts'
import { freshSnapshot, Learner, type Snapshot } from './learner.ts'
import { ADAM } from './optimiser-fields.ts'
import { readRecipe } from './recipe.ts'
import { gradientBy, slopes } from './testing/gradient-check.ts'
import { randomEpisodes } from './testing/random-clips.ts'
import { slowImitationLoss } from './testing/slow-losses.ts'

const layout = parameterLayout(NETWORK_SIZES.nano, 'policy')
const theta = initialParameters(layout, rootKey(21)).map((value) => 2 * value)
const LENGTH = 6
const CLIPS = 8
const clips = renderClips(
  randomEpisodes(splitKey(rootKey(22), 'episodes'), CLIPS, LENGTH),
  LENGTH,
  new Renderer(),
)
const optimiser = { ...ADAM, weightDecay: 0.1, maximumNorm: 0.5, optimiser: 'adamw' } as const

let device: Device
beforeAll(async () => {
  device = await createNativeDevice({ threads: 1 })
})
afterAll(() => device.close())

function learnerFor(count: number): Promise<Learner> {
  const graph = imitationGradientGraph(layout, { clips: count, length: LENGTH })
  return Learner.create(device, layout, [encodeModel(graph)], optimiser, freshSnapshot(theta))
}

async function part(first: number, count: number): Promise<ClipBatch> {
  return cachedClips(clips).batch(Array.from({ length: count }, (_, index) => first + index))
}

/** Returns the parameters, loss and gradient norm of one update on `CLIPS` clips in batches of `count`. */
async function updated(
  count: number,
): Promise<{ theta: Float32Array; loss: number; norm: number }> {
  const learner = await learnerFor(count)
  let loss = 0
  let decisions = 0
  for (let first = 0; first < CLIPS; first += count) {
    const data = await learner.accumulate(imitationFeeds(await part(first, count)))
    const scores = imitationScores(data)
    loss += scores.loss * scores.decisions
    decisions += scores.decisions
  }
  const norm = await learner.apply(1e-2, 1 / decisions)
  const snapshot = await learner.snapshot()
  await learner.release()
  return { theta: snapshot.theta, loss, norm }
}

describe('the imitation step', () => {
  it('has the loss of the slow network, and its gradient slot by slot', async () => {
    const { loss } = await updated(CLIPS)
    const slow = slowImitationLoss(layout, theta, clips)
    expect(Math.abs(loss / slow - 1)).toBeLessThan(1e-5)
    const graph = imitationGradientGraph(layout, { clips: CLIPS, length: LENGTH })
    const { gradient } = await gradientBy(device, graph, theta, imitationFeeds(clips))
    const all = slopes(layout, theta, gradient, (at) => slowImitationLoss(layout, at, clips))
    for (const { slot, found, slow: expected } of all) {
      expect(Math.abs(found / expected - 1), slot).toBeLessThan(2e-3)
      // An error of 1% would be caught.
      expect(Math.abs((1.01 * found) / expected - 1), slot).toBeGreaterThan(5e-3)
    }
  }, 60_000)

  it('produces the same result for 8 batches of 1 as for 1 batch of 8', async () => {
    const eight = await updated(1)
    const one = await updated(8)
    expect(Math.abs(eight.loss / one.loss - 1)).toBeLessThan(1e-5)
    expect(Math.abs(eight.norm / one.norm - 1)).toBeLessThan(1e-4)
    const drift = eight.theta.reduce(
      (worst, value, index) => Math.max(worst, Math.abs(value - (one.theta[index] ?? 9))),
      0,
    )
    // AdamW's first step moves each parameter by about the rate, 1e-2, whatever the gradient's scale.
    expect(drift).toBeLessThan(2e-3)
    const mean = eight.theta.reduce(
      (sum, value, index) => sum + Math.abs(value - (one.theta[index] ?? 9)) / layout.count,
      0,
    )
    expect(mean).toBeLessThan(1e-6)
  })
})

describe('training by imitation', () => {
  const recipe = readRecipe(IMITATION_FIELDS, {
    steps: 9,
    clipsPerBatch: 2,
    batchesPerUpdate: 2,
    warmup: 3,
    validationEvery: 3,
    peakRate: 3e-3,
  })

  async function run(from: Snapshot, until: number): Promise<ImitationReport[]> {
    const reports: ImitationReport[] = []
    const training = trainImitation({
      device,
      layout,
      recipe,
      key: rootKey(23),
      training: cachedClips(clips),
      validation: [clips],
      length: LENGTH,
      from,
    })
    for await (const report of training) {
      reports.push(report)
      if (report.kind === 'validation' && report.step === until) break
    }
    return reports
  }

  function snapshotOf(report: ImitationReport | undefined): Snapshot {
    if (report?.kind !== 'validation') throw new Error('expected a validation at the end')
    return report.snapshot
  }

  it('continues from a snapshot bit for bit as if it had not stopped', async () => {
    const straight = await run(freshSnapshot(theta), 9)
    const half = await run(freshSnapshot(theta), 6)
    const rest = await run(snapshotOf(half.at(-1)), 9)
    expect(snapshotOf(rest.at(-1))).toEqual(snapshotOf(straight.at(-1)))
    expect(snapshotOf(straight.at(-1)).theta).not.toEqual(snapshotOf(half.at(-1)).theta)
    const updates = (reports: ImitationReport[]) => reports.filter(({ kind }) => kind === 'update')
    expect([...updates(half), ...updates(rest)]).toEqual(updates(straight))
  })

  it('learns the actions it is shown, and leaves nothing on the device', async () => {
    const before = device.heldTensors
    const reports = await run(freshSnapshot(theta), 9)
    const losses = reports.flatMap((report) =>
      report.kind === 'validation' ? [report.scores.loss] : [],
    )
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) - 1)
    expect(device.heldTensors).toBe(before)
  })
})
