import { describe, expect, it } from 'vitest'
import { HOME_ENDINGS, RandomStream, rootKey } from '../island/index.ts'
import { completePrefix } from './prefix.ts'
import {
  commonEdges,
  finalReward,
  meanRewardByEnding,
  rewardOverTime,
  rewardsByEnding,
} from './reward-statistics.ts'

const random = new RandomStream(rootKey(4))
const lists = Array.from({ length: 50 }, () =>
  Float32Array.from({ length: 1 + random.below(100) }, () => random.range(-3, 3)),
)

describe('reward over time', () => {
  it('averages the episodes that lasted that long, in any order', () => {
    const moments = rewardOverTime(lists)
    expect(moments).toHaveLength(Math.max(...lists.map(({ length }) => length)))
    for (const { decision, mean, deviation, episodes } of moments) {
      const values = lists
        .filter((list) => list.length >= decision)
        .map((list) => list[decision - 1])
      expect(episodes).toBe(values.length)
      let sum = 0
      let squares = 0
      for (const value of values) {
        sum += value ?? Number.NaN
        squares += (value ?? Number.NaN) ** 2
      }
      expect(mean).toBeCloseTo(sum / values.length, 9)
      // The mean of the squares less the square of the mean.
      expect(deviation ** 2).toBeCloseTo(squares / values.length - mean ** 2, 9)
    }
    for (const [index, { mean }] of rewardOverTime(lists.toReversed()).entries()) {
      expect(mean).toBeCloseTo(moments[index]?.mean ?? Number.NaN, 9)
    }
    expect(rewardOverTime([])).toEqual([])
  })
})

describe('reward by outcome', () => {
  const episodes = lists.map((list, index) => ({
    ending: HOME_ENDINGS[index % 3] ?? 'none',
    reward: finalReward(list),
  }))

  it('puts every episode into one bin of its ending', () => {
    const edges = commonEdges(
      episodes.map(({ reward }) => reward),
      12,
    )
    expect(edges).toHaveLength(13)
    const bins = rewardsByEnding(episodes, edges ?? [])
    for (const ending of HOME_ENDINGS) {
      const count = (bins[ending] ?? []).reduce((sum, each) => sum + each, 0)
      expect(count).toBe(episodes.filter((each) => each.ending === ending).length)
    }
    const means = meanRewardByEnding(episodes)
    expect(means.right).toBeUndefined()
    const left = episodes.filter(({ ending }) => ending === 'left')
    const sum = left.reduce((total, { reward }) => total + reward, 0)
    expect(means.left?.mean).toBeCloseTo(sum / left.length, 9)
  })

  it('has edges for a single value, and none for no values', () => {
    expect(commonEdges([2, 2], 4)).toEqual([2, 2.25, 2.5, 2.75, 3])
    expect(commonEdges([], 4)).toBeUndefined()
  })
})

it('counts a beginning in which everything has ended', () => {
  expect(completePrefix([1, 2, undefined, 4])).toEqual([1, 2])
  const sparse: number[] = []
  sparse[2] = 3
  expect(completePrefix(sparse)).toEqual([])
})
