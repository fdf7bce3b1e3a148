import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { finished, RewardModel, readRecipe } from '../alignment/index.ts'
import { diagonalPolicy, slotOf, TINY } from '../alignment/testing/tiny-network.ts'
import { rootKey } from '../island/index.ts'
import { initialParameters, parameterLayout } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'
import { createNativeDevice } from '../runtime-node/index.ts'
import {
  BEST_OF_PLAY_FIELDS,
  type BestOfPlayReport,
  imitateBest,
  inProportion,
  type RatedEpisode,
} from './best-of-play.ts'
import { renderEpisodes } from './play.ts'

const policy = parameterLayout(TINY, 'policy')
const agent = { layout: policy, parameters: diagonalPolicy(policy, rootKey(71)) }
const layout = parameterLayout(TINY, 'reward')
const reward = { layout, parameters: initialParameters(layout, rootKey(72)) }
// Makes rewards of different episodes differ by more than rounding.
slotOf(layout, reward.parameters, 'head/reward').forEach((value, index, head) => {
  head[index] = 100 * value
})

let device: Device
beforeAll(async () => {
  device = await createNativeDevice({ threads: 1 })
})
afterAll(() => device.close())

async function run(values: Readonly<Record<string, number>>) {
  const reports: BestOfPlayReport[] = []
  const recipe = readRecipe(BEST_OF_PLAY_FIELDS, {
    ...{ rounds: 3, pool: 6, share: 0.5, updates: 2, clipsPerBatch: 2, warmup: 0, peakRate: 1e-2 },
    ...values,
  })
  const result = await finished(
    imitateBest({
      ...{ device, agent, reward, recipe, key: rootKey(73), start: 'past-jumppads' },
      ...{ measured: true, preferred: () => false },
    }),
    (report) => {
      reports.push(report)
    },
  )
  return { result, reports }
}

const nameOf = ({ episode }: Pick<RatedEpisode, 'episode'>) =>
  JSON.stringify([episode.seed, ...episode.actions])

describe('imitating the best of play', () => {
  it('chooses the episodes with the highest rewards, of the pool and of the rounds kept', async () => {
    const before = device.heldTensors
    const { reports } = await run({ earlier: 1 })
    const model = await RewardModel.create(device, layout, reward.parameters)
    let earlier: readonly RatedEpisode[] = []
    let pool: RatedEpisode[] = []
    let replaced = 0
    for (const report of reports) {
      if (report.kind === 'pool') {
        const rewards = await model.rewards(renderEpisodes(report.trajectories))
        pool = report.trajectories.map((episode, index) => ({
          ...{ episode, reward: rewards[index] ?? Number.NaN, round: report.point.round },
        }))
        const mean = rewards.reduce((sum, value) => sum + value, 0) / rewards.length
        expect(report.point.reward).toBeCloseTo(mean, 2)
      }
      if (report.kind !== 'round') continue
      const all = [...pool, ...earlier].toSorted((a, b) => b.reward - a.reward).slice(0, 3)
      // Only the round that has just ended is kept: what it took over from earlier ones is not.
      const now = report.round - 1
      const kept = report.state.earlier
      expect(kept.map(nameOf).toSorted()).toEqual(
        all
          .filter(({ round }) => round === now)
          .map(nameOf)
          .toSorted(),
      )
      replaced += all.length - kept.length
      earlier = kept
    }
    await model.release()
    expect(replaced).toBeGreaterThan(0)
    expect(device.heldTensors).toBe(before)
  })

  it('keeps no episodes unless it is asked to, and has other results with each setting', async () => {
    const small = { rounds: 2, pool: 4 }
    const { reports, result } = await run(small)
    expect(
      reports.every((report) => report.kind !== 'round' || report.state.earlier.length === 0),
    ).toBe(true)
    expect(result).toMatchObject({ step: 4, kept: 2, stopped: 'last update' })
    for (const changed of [{ earlier: 1 }, { weighting: 9 }, { temperature: 0.5 }]) {
      const other = await run({ ...small, ...changed })
      expect(other.result.parameters, Object.keys(changed)[0]).not.toEqual(result.parameters)
    }
  })
})

describe('drawing in proportion', () => {
  it('takes every clip once at equal weights, and otherwise as often as its weight says', () => {
    expect(inProportion([1, 1, 1, 1, 1])).toEqual([0, 1, 2, 3, 4])
    expect(inProportion([3, 1, 0, 0])).toEqual([0, 0, 0, 1])
    expect(inProportion([1, 0, 0])).toEqual([0, 0, 0])
    const weights = Array.from({ length: 100 }, (_, index) => Math.exp(-index / 20))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const drawn = inProportion(weights)
    for (const [index, weight] of weights.entries()) {
      const times = drawn.filter((each) => each === index).length
      expect(Math.abs(times - (100 * weight) / total)).toBeLessThan(1)
    }
  })
})
