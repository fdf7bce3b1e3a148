import { describe, expect, it } from 'vitest'
import { RandomStream, rootKey } from '../../island/index.ts'
import type { Comparison } from '../comparisons.ts'
import { disagreement } from './pair-rules.ts'
import { fitReadOut, MEMBERS, trainReadOuts } from './read-outs.ts'

const random = new RandomStream(rootKey(3))
const rows = (clips: number, width: number) =>
  Array.from({ length: clips }, () => Float64Array.from({ length: width }, () => random.normal()))

function someComparisons(clips: number, count: number): Comparison[] {
  return Array.from({ length: count }, () => {
    const first = random.below(clips)
    const second = (first + 1 + random.below(clips - 1)) % clips
    return { first, second, verdict: random.pick([0, 0.2, 0.5, 1]) }
  })
}

/** Returns the minimum found by long gradient descent, with the gradient written out term by term. */
function slowReadOut(features: readonly Float64Array[], comparisons: readonly Comparison[]) {
  const width = features[0]?.length ?? 0
  const weights = new Float64Array(width)
  const reward = (clip: number) =>
    Array.from(weights).reduce((sum, w, i) => sum + w * (features[clip]?.[i] ?? 0), 0)
  for (let step = 0; step < 20_000; step++) {
    const errors = comparisons.map(({ first, second, verdict }) => {
      const [a, b] = [Math.exp(reward(first)), Math.exp(reward(second))]
      return a / (a + b) - verdict
    })
    const gradient = Array.from(weights, (w, i) =>
      comparisons.reduce((sum, { first, second }, n) => {
        const difference = (features[first]?.[i] ?? 0) - (features[second]?.[i] ?? 0)
        return sum + (errors[n] ?? 0) * difference
      }, w),
    )
    for (const [i, slope] of gradient.entries()) weights[i] = (weights[i] ?? 0) - 0.02 * slope
    if (Math.hypot(...gradient) < 1e-10) break
  }
  return weights
}

describe('read-outs', () => {
  it('find the same minimum as slow gradient descent', () => {
    const features = rows(8, 4)
    const comparisons = someComparisons(8, 20)
    const found = fitReadOut(features, comparisons)
    for (const [i, weight] of slowReadOut(features, comparisons).entries()) {
      expect(found[i]).toBeCloseTo(weight, 7)
    }
  })

  it('take a preference of ¾ like three votes for the first clip and one for the second', () => {
    const features = rows(8, 4)
    const soft = [0.75, 0.25].map((verdict, first) => ({ first, second: first + 1, verdict }))
    const votes = soft.flatMap((pair) =>
      [0, 1, 2, 3].map((vote) => ({ ...pair, verdict: vote < 4 * pair.verdict ? 1 : 0 })),
    )
    const found = fitReadOut(features, votes)
    const fourfold = fitReadOut(features, [...soft, ...soft, ...soft, ...soft])
    for (const [i, weight] of found.entries()) expect(fourfold[i]).toBeCloseTo(weight, 7)
  })

  it('stay finite for perfectly separable comparisons', () => {
    const features = [Float64Array.of(400), Float64Array.of(-400)]
    const certain = Array.from({ length: 50 }, () => ({ first: 0, second: 1, verdict: 1 }) as const)
    const [weight = Number.NaN] = fitReadOut(features, certain)
    expect(weight).toBeGreaterThan(0)
    expect(weight).toBeLessThan(1)
  })

  it('order unseen clips as a hidden reward does, and agree most on the clips they saw most', () => {
    const features = rows(120, 6)
    const hidden = (clip: number) => 3 * (features[clip]?.[0] ?? 0) - 2 * (features[clip]?.[3] ?? 0)
    // Clips from 60 on are in no comparison.
    const comparisons = Array.from({ length: 200 }, (): Comparison => {
      const first = random.below(60)
      const second = (first + 1 + random.below(59)) % 60
      return { first, second, verdict: hidden(first) > hidden(second) ? 1 : 0 }
    })
    const { rewards, labels } = trainReadOuts(features, comparisons, rootKey(1))
    expect(labels).toBe(200)
    expect(rewards).toHaveLength(MEMBERS)
    let right = 0
    for (let clip = 60; clip < 119; clip++) {
      const [a, b] = [rewards.map((r) => r[clip] ?? 0), rewards.map((r) => r[clip + 1] ?? 0)]
      const guess = a.reduce((sum, value, i) => sum + value - (b[i] ?? 0), 0)
      if (guess > 0 === hidden(clip) > hidden(clip + 1)) right++
      expect(disagreement(a, b)).toBeLessThan(0.1)
    }
    expect(right / 59).toBeGreaterThan(0.85)
  })

  it('differ between bootstrap samples, but not between calls', () => {
    const features = rows(20, 5)
    const comparisons = someComparisons(20, 15)
    const once = trainReadOuts(features, comparisons, rootKey(1))
    expect(trainReadOuts(features, comparisons, rootKey(1))).toEqual(once)
    expect(once.rewards[0]).not.toEqual(once.rewards[1])
  })
})
