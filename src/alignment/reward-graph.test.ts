import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeModel, GraphBuilder, gradients } from '../graph/index.ts'
import { rootKey, splitKey } from '../island/index.ts'
import { initialParameters, normaliseRewards, parameterLayout } from '../network/index.ts'
import { type Device, float32, hostOutput } from '../runtime/index.ts'
import { createNativeDevice } from '../runtime-node/index.ts'
import { RewardModel, rewardFeeds } from './clip-scorer.ts'
import { bradleyTerry, rewardGradientGraph } from './reward-graph.ts'
import { spreadOf } from './reward-scores.ts'
import { packClips, type SeenClip, thinned } from './seen-clips.ts'
import { gradientBy, slopes } from './testing/gradient-check.ts'
import { madeUpClip } from './testing/made-up-clips.ts'
import { slowComparisonLoss } from './testing/slow-losses.ts'
import { slowRewardFeatures, slowRewards } from './testing/slow-network.ts'
import { slotOf, TINY } from './testing/tiny-network.ts'

const layout = parameterLayout(TINY, 'reward')
const theta = initialParameters(layout, rootKey(31)).map((value) => 2 * value)
// Makes rewards differ by about 1 between clips, and adds an offset that has to cancel in the loss.
slotOf(layout, theta, 'head/reward').forEach((value, index, head) => {
  head[index] = 5 * value
})
slotOf(layout, theta, 'head/offset')[0] = 0.7

const clipOf = (decisions: number, index: number): SeenClip =>
  madeUpClip(splitKey(rootKey(32), 'clip', index), decisions, 70 + ((index * 41) % 120))

let device: Device
beforeAll(async () => {
  device = await createNativeDevice({ threads: 1 })
})
afterAll(() => device.close())

/** Returns the slow network's reward of one clip, without padding. */
function slowReward(clip: SeenClip): number {
  const [reward = Number.NaN] = slowRewards(layout, theta, packClips([clip], clip.actions.length))
  return reward
}

async function rewardsOf(
  parameters: Float32Array,
  clips: readonly SeenClip[],
): Promise<Float32Array> {
  const model = await RewardModel.create(device, layout, parameters)
  const rewards = await model.rewards(clips)
  await model.release()
  return rewards
}

describe('the gradient of comparisons', () => {
  it('matches the slow network slot by slot, including ties and soft labels', async () => {
    const verdicts = [1, 0.5, 0, 0.8]
    const batch = packClips([6, 2, 4, 3, 1, 5, 3, 2].map(clipOf), 6)
    const { gradient, metrics } = await gradientBy(
      device,
      rewardGradientGraph(layout, verdicts.length, batch.length),
      theta,
      {
        ...rewardFeeds(batch),
        verdict: float32([4], Float32Array.from(verdicts)),
        pairWeight: float32([4], Float32Array.of(1, 1, 1, 1)),
      },
    )
    const slowLoss = (at: ArrayLike<number>): number =>
      slowComparisonLoss(layout, at, batch, verdicts)
    expect(Math.abs((metrics[0] ?? 9) / slowLoss(theta) - 1)).toBeLessThan(1e-5)
    for (const { slot, found, slow } of slopes(layout, theta, gradient, slowLoss)) {
      if (slot === 'head/offset') expect(found).toBeLessThan(1e-6)
      else expect(Math.abs(found / slow - 1), slot).toBeLessThan(1e-3)
    }
  })

  it('is σ(d) − y, including at equal and distant rewards', async () => {
    const builder = new GraphBuilder('bradley-terry')
    const difference = builder.input('difference', 'float32', [6])
    const verdict = builder.input('verdict', 'float32', [6])
    const losses = bradleyTerry(builder, difference, verdict)
    const [slope] = gradients(builder, losses, [difference])
    if (slope === undefined) throw new Error('found no gradient')
    builder.output('losses', losses)
    builder.output('slope', slope)
    const program = await device.load(encodeModel(builder))
    const outputs = await program.run({
      difference: float32([6], Float32Array.of(0, 0, 0, 200, 200, -200)),
      verdict: float32([6], Float32Array.of(1, 0.5, 0, 1, 0, 0.5)),
    })
    await program.release()
    expect([...hostOutput(outputs, 'slope').data]).toEqual([-0.5, 0, 0.5, 0, 1, -0.5])
    const coin = Math.fround(Math.log(2))
    expect([...hostOutput(outputs, 'losses').data]).toEqual([coin, coin, coin, 0, 200, 100])
  })
})

describe('a reward model', () => {
  const bare = clipOf(1, 0)
  const clips = [100, 5, 64, 65, 12, 3, 40, 81, 30].map(clipOf)

  it('gives a clip the reward of the slow network, whatever clips it is scored with', async () => {
    const model = await RewardModel.create(device, layout, theta)
    const together = await model.rewards(clips)
    expect(spreadOf(together).deviation).toBeGreaterThan(0.1)
    const [clip, index] = [clips[4] ?? bare, 4]
    // Alone the clip is padded to 64 decisions; beside the other clips here, to 80 and to 100.
    const alone = await model.rewards([clip])
    const beside70 = await model.rewards([clipOf(70, 20), clip])
    const beside100 = await model.rewards([clip, clipOf(100, 21)])
    await model.release()
    for (const found of [together[index], alone[0], beside70[1], beside100[0]]) {
      expect(Math.abs((found ?? 9) - slowReward(clip))).toBeLessThan(1e-4)
    }
    for (const place of [1, 2, 3, 5, 8]) {
      const difference = (together[place] ?? 9) - slowReward(clips[place] ?? bare)
      expect(Math.abs(difference), `clip ${place}`).toBeLessThan(1e-4)
    }
  })

  it('reads every third frame as the slow network does with positions three apart', async () => {
    const model = await RewardModel.create(device, layout, theta, 3)
    const { rewards, steps } = await model.score(clips)
    await model.release()
    const { width } = layout.size
    for (const place of [1, 4, 5]) {
      const clip = clips[place] ?? bare
      const few = thinned(clip, 3)
      const batch = packClips([few], few.actions.length)
      const [reward = 9] = slowRewards(layout, theta, batch, 3)
      expect(Math.abs((rewards[place] ?? 9) - reward), `clip ${place}`).toBeLessThan(1e-4)
      expect(Math.abs(slowReward(clip) - reward)).toBeGreaterThan(1e-3)
      // Decisions between two frames that are read have the features of the earlier one.
      const features = slowRewardFeatures(layout, theta, batch, 3)
      const found = steps[place] ?? new Float32Array(0)
      expect(found.length).toBe(clip.actions.length * width)
      const skipped = (clip.actions.length - 1) % 3
      for (let decision = 0; decision < clip.actions.length; decision++) {
        const expected = features[Math.floor((decision - skipped) / 3)]
        const first = decision * width
        for (const [index, value] of found.subarray(first, first + width).entries()) {
          expect(Math.abs(value - (expected?.[index] ?? 0))).toBeLessThan(1e-3)
        }
      }
    }
  })

  it('can be normalised repeatedly, and keeps the order of clips', async () => {
    const rewards = await rewardsOf(theta, clips)
    const { mean, deviation } = spreadOf(rewards)
    const normalised = normaliseRewards(layout, theta, mean, deviation)
    const found = await rewardsOf(normalised, clips)
    expect(spreadOf(found).mean).toBeCloseTo(0, 4)
    expect(spreadOf(found).deviation).toBeCloseTo(1, 4)
    const order = (values: Float32Array): number[] =>
      [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
    expect(order(found)).toEqual(order(rewards))
    const again = await rewardsOf(normaliseRewards(layout, normalised, -3, 2), clips)
    expect(spreadOf(again).mean).toBeCloseTo(1.5, 4)
    expect(spreadOf(again).deviation).toBeCloseTo(0.5, 4)
    expect(() => normaliseRewards(layout, theta, 0, 0)).toThrow(/rewards differ/)
    const policy = parameterLayout(TINY, 'policy')
    expect(() => normaliseRewards(policy, new Float32Array(policy.count), 0, 1)).toThrow(/policy/)
  })
})
