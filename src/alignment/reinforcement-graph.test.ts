import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RandomStream, rootKey, splitKey } from '../island/index.ts'
import { HEAD_WIDTHS, initialParameters, parameterLayout } from '../network/index.ts'
import { type Device, type Feeds, float32, scalar } from '../runtime/index.ts'
import { createNativeDevice } from '../runtime-node/index.ts'
import { divergence } from './divergence.ts'
import { imitationFeeds } from './imitation.ts'
import { ReferencePolicy } from './reference-policy.ts'
import { reinforcementGradientGraph } from './reinforcement-graph.ts'
import { CLIP_LENGTHS, packClips } from './seen-clips.ts'
import { gradientBy, normOf, slopes } from './testing/gradient-check.ts'
import { madeUpClip } from './testing/made-up-clips.ts'
import {
  type PolicyGradientTerms,
  slowLogProbabilities,
  slowPolicyLoss,
} from './testing/slow-losses.ts'
import { TINY } from './testing/tiny-network.ts'

const layout = parameterLayout(TINY, 'policy')
const theta = initialParameters(layout, rootKey(51)).map((value) => 3 * value)
const random = new RandomStream(rootKey(52))
const [LENGTH] = CLIP_LENGTHS

/** Returns three clips in a batch with room for four. */
function batchOf(length: number) {
  const clips = [6, 1, 4].map((decisions, index) =>
    madeUpClip(splitKey(rootKey(53), 'clip', index), decisions),
  )
  return packClips(clips, length, 4)
}

function graphFor(length: number) {
  return reinforcementGradientGraph(layout, { clips: 4, length })
}

function termFeeds(terms: PolicyGradientTerms): Feeds {
  const { advantages, referenceLogits, klWeight, played, clip } = terms
  const rows = advantages.length
  return {
    advantages: float32([rows], Float32Array.from(advantages)),
    referenceLogits: float32([rows, HEAD_WIDTHS.policy], referenceLogits),
    klWeight: scalar(klWeight),
    playedLogProbabilities: float32([rows], Float32Array.from(played)),
    clip: scalar(clip),
  }
}

let device: Device
beforeAll(async () => {
  device = await createNativeDevice({ threads: 1 })
})
afterAll(() => device.close())

describe('the policy gradient', () => {
  it('matches the slow network slot by slot, whatever the padding contains', async () => {
    const batch = batchOf(7)
    const rows = batch.clips * batch.length
    const terms = {
      advantages: Float32Array.from({ length: rows }, () => 2 * random.normal()),
      referenceLogits: Float32Array.from({ length: rows * HEAD_WIDTHS.policy }, () =>
        random.normal(),
      ),
      klWeight: 0.7,
      // Ratios on both sides of the clip range, and inside it.
      played: slowLogProbabilities(layout, theta, batch).map(
        (made, row) => made + ([-0.4, -0.1, 0.1, 0.4][row % 4] ?? 0),
      ),
      clip: 0.2,
    }
    const { gradient, metrics } = await gradientBy(device, graphFor(batch.length), theta, {
      ...imitationFeeds(batch),
      ...termFeeds(terms),
    })
    const slow = slowPolicyLoss(layout, theta, batch, terms)
    expect(Math.abs((metrics[0] ?? 9) / slow.logProbability - 1)).toBeLessThan(1e-5)
    const slowLoss = (at: Float64Array): number => slowPolicyLoss(layout, at, batch, terms).loss
    for (const slope of slopes(layout, theta, gradient, slowLoss)) {
      expect(Math.abs(slope.found / slope.slow - 1), slope.slot).toBeLessThan(1e-3)
    }
  })

  it('is reported with the divergence and entropy of the slow network', async () => {
    const batch = batchOf(LENGTH)
    const referenceLogits = Float32Array.from(
      { length: batch.clips * batch.length * HEAD_WIDTHS.policy },
      () => random.normal(),
    )
    const policy = await ReferencePolicy.create(device, layout, theta, batch.clips)
    const logits = await policy.logits(batch, 0)
    await policy.release()
    const sums = { kl: 0, entropy: 0 }
    for (const [clip, decisions] of batch.decisions.entries()) {
      const first = clip * LENGTH * HEAD_WIDTHS.policy
      const rows = [first, first + decisions * HEAD_WIDTHS.policy] as const
      const found = divergence(logits.subarray(...rows), referenceLogits.subarray(...rows))
      sums.kl += found.kl
      sums.entropy += found.entropy
    }
    const rest = { advantages: new Float32Array(batch.weights.length), klWeight: 0, clip: 1 }
    const slow = slowPolicyLoss(layout, theta, batch, {
      ...rest,
      referenceLogits,
      played: rest.advantages,
    })
    expect(Math.abs(sums.kl / slow.kl - 1)).toBeLessThan(1e-5)
    expect(Math.abs(sums.entropy / slow.entropy - 1)).toBeLessThan(1e-5)
    expect(Math.abs(divergence(logits, logits).kl)).toBeLessThan(1e-12)
  })

  it('has no pull away from the reference once the policy equals it', async () => {
    const batch = batchOf(LENGTH)
    const advantages = new Float32Array(batch.clips * batch.length)
    const against = async (reference: Float32Array) => {
      const policy = await ReferencePolicy.create(device, layout, reference, batch.clips)
      const referenceLogits = await policy.logits(batch, 0)
      await policy.release()
      return gradientBy(device, graphFor(LENGTH), theta, {
        ...imitationFeeds(batch),
        ...termFeeds({ advantages, referenceLogits, klWeight: 1, played: advantages, clip: 0.2 }),
      })
    }
    const elsewhere = await against(initialParameters(layout, rootKey(54)))
    const there = await against(theta)
    expect(normOf(elsewhere.gradient)).toBeGreaterThan(0.01)
    expect(normOf(there.gradient)).toBeLessThan(1e-5 * normOf(elsewhere.gradient))
  })
})
