import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ending, rootKey, splitKey } from '../island/index.ts'
import { initialParameters, NETWORK_SIZES, parameterLayout } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'
import { createNativeDevice } from '../runtime-node/index.ts'
import { RewardModel } from './clip-scorer.ts'
import { type Comparison, decisive, drawComparisons, type Judge } from './comparisons.ts'
import { finished } from './job.ts'
import type { Snapshot } from './learner.ts'
import { readRecipe } from './recipe.ts'
import { rewardAccuracy } from './reward-scores.ts'
import {
  REWARD_FIELDS,
  type RewardOptions,
  type RewardReport,
  trainReward,
} from './reward-training.ts'
import { normOf } from './testing/gradient-check.ts'
import { madeUpClip } from './testing/made-up-clips.ts'
import { TINY } from './testing/tiny-network.ts'

/** Clips of which the bright ones reach the left jumppad and the dark ones none. */
const clips = Array.from({ length: 12 }, (_, index) => {
  const bright = index % 2 === 0
  const ending: Ending = bright ? 'left' : 'none'
  return {
    ending,
    ...madeUpClip(splitKey(rootKey(41), 'clip', index), 3 + index, bright ? 170 : 90),
  }
})
/** Judge that prefers the left jumppad at any clip length, so that brightness alone decides. */
const judge: Judge = (first, second) =>
  first.ending === second.ending ? 0.5 : first.ending === 'left' ? 1 : 0
const { comparisons } = drawComparisons(clips, judge, 45, rootKey(42))

const layout = parameterLayout(TINY, 'reward')
const initial = initialParameters(layout, rootKey(43))

let device: Device
beforeAll(async () => {
  device = await createNativeDevice({ threads: 1 })
})
afterAll(() => device.close())

function optionsFor(values: Readonly<Record<string, unknown>>): RewardOptions {
  const recipe = readRecipe(REWARD_FIELDS, { pairsPerBatch: 3, warmup: 0, ...values })
  return { device, layout, recipe, key: rootKey(44), clips, comparisons, initial }
}

async function run(
  options: RewardOptions,
): Promise<{ parameters: Float32Array; reports: RewardReport[] }> {
  const reports: RewardReport[] = []
  const { parameters } = await finished(trainReward(options), (report) => {
    reports.push(report)
  })
  return { parameters, reports }
}

function firstSnapshot(reports: readonly RewardReport[]): Snapshot {
  const report = reports.find(({ kind }) => kind === 'checkpoint')
  if (report?.kind !== 'checkpoint') throw new Error('found no checkpoint')
  return report.snapshot
}

function losses(reports: readonly RewardReport[]): number[] {
  return reports.flatMap((report) => (report.kind === 'update' ? [report.loss] : []))
}

describe('training a reward model', () => {
  it('leaves a frozen trunk unchanged bit for bit, and updates the head', async () => {
    const { parameters: frozen } = await finished(
      trainReward(optionsFor({ trunk: 'frozen', steps: 3 })),
    )
    expect(frozen.length).toBe(layout.count)
    expect(frozen.subarray(layout.headCount)).toEqual(initial.subarray(layout.headCount))
    expect(frozen.subarray(0, layout.headCount)).not.toEqual(initial.subarray(0, layout.headCount))
    const { parameters: trained } = await finished(
      trainReward(optionsFor({ trunk: 'trained', steps: 3 })),
    )
    expect(trained.subarray(layout.headCount)).not.toEqual(initial.subarray(layout.headCount))
  })

  it('gives the head of a frozen trunk the same gradient as in the full graph', async () => {
    const values = { steps: 2, checkpointEvery: 1, weightDecay: 0, maximumNorm: 1e6, jitter: 0 }
    const whole = await run(optionsFor({ ...values, trunk: 'trained' }))
    const head = await run(optionsFor({ ...values, trunk: 'frozen' }))
    expect(head.reports[0]).toMatchObject({ kind: 'update', step: 1, steps: 2 })
    expect(losses(head.reports)[0]).toBeCloseTo(losses(whole.reports)[0] ?? 9, 6)
    // After one update without clipping, the first moment is a tenth of the gradient.
    const found = firstSnapshot(head.reports).firstMoment
    const expected = firstSnapshot(whole.reports).firstMoment.subarray(0, layout.headCount)
    expect(found.length).toBe(layout.headCount)
    const difference = found.map((value, index) => value - (expected[index] ?? 9))
    expect(normOf(expected)).toBeGreaterThan(1e-3)
    expect(normOf(difference) / normOf(expected)).toBeLessThan(1e-4)
  })

  it.each(['trained', 'frozen'])(
    'continues exactly from a checkpoint (trunk %s)',
    async (trunk) => {
      const options = optionsFor({ trunk, steps: 4, checkpointEvery: 2 })
      const straight = await run(options)
      const from = firstSnapshot(straight.reports)
      const rest = await run({ ...options, from })
      expect(from.step).toBe(2)
      expect(rest.parameters).toEqual(straight.parameters)
      expect(rest.reports).toEqual(straight.reports.slice(3))
      expect(rest.parameters).not.toEqual((await run({ ...options, key: rootKey(45) })).parameters)
    },
  )

  it('learns from 20 comparisons, and leaves nothing on the device', async () => {
    const before = device.heldTensors
    const nano = parameterLayout(NETWORK_SIZES.nano, 'reward')
    const twenty: readonly Comparison[] = decisive(comparisons).slice(0, 20)
    const options = { ...optionsFor({ steps: 20, peakRate: 1e-2 }), layout: nano }
    const { parameters, reports } = await run({
      ...options,
      comparisons: twenty,
      initial: initialParameters(nano, rootKey(46)),
    })
    const model = await RewardModel.create(device, nano, parameters)
    const rewards = await model.rewards(clips)
    await model.release()
    expect(rewardAccuracy(rewards, twenty)).toEqual({ accuracy: 1, comparisons: 20 })
    // log 2 is the loss of a random guess.
    const [first = 0] = losses(reports)
    expect(Math.abs(first - Math.LN2)).toBeLessThan(0.3)
    expect(Math.max(...losses(reports).slice(-5))).toBeLessThan(0.1)
    expect(device.heldTensors).toBe(before)
  })
})
