import { describe, expect, it } from 'vitest'
import { RandomStream, rootKey } from '../island/index.ts'
import { type PolicyMeasurement, partingOf, shareError, smoothed } from './index.ts'

const EPISODES = 64
const SEEDS = 60

/** Returns made-up curves; the share of each update is that of `EPISODES` drawn episodes. */
function curves(
  updates: number,
  share: (update: number) => number,
  reward: (update: number) => number,
  seed: number,
): PolicyMeasurement[] {
  const random = new RandomStream(rootKey(seed))
  return Array.from({ length: updates }, (_, update) => {
    const reached = Array.from({ length: EPISODES }, () => random.chance(share(update)))
    return {
      update,
      reward: reward(update) + 0.05 * random.normal(),
      fit: reached.filter(Boolean).length / EPISODES,
      kl: update / 2,
    }
  })
}

const rising = (update: number): number => 2 - 2 * Math.exp(-update / 15)
const kinds = (make: (seed: number) => PolicyMeasurement[]): string[] =>
  Array.from({ length: SEEDS }, (_, seed) => partingOf(make(seed), shareError(EPISODES)).kind)
const count = (found: readonly string[], kind: string): number =>
  found.filter((each) => each === kind).length

describe('where reward and outcome part', () => {
  it('is the last update near the maximum of the share', () => {
    const share = (update: number): number =>
      update <= 30 ? 0.3 + 0.015 * update : Math.max(0.3, 0.75 - 0.02 * (update - 30))
    for (let seed = 0; seed < 20; seed++) {
      const parting = partingOf(curves(60, share, rising, seed), shareError(EPISODES))
      if (parting.kind !== 'parted') throw new Error(`Found ${parting.kind} with seed ${seed}`)
      expect(parting.from.update).toBeGreaterThanOrEqual(22)
      expect(parting.from.update).toBeLessThanOrEqual(40)
      expect(parting.from.kl).toBeCloseTo(parting.from.update / 2)
      expect(parting.to.update).toBe(57)
      expect(parting.to.reward).toBeGreaterThan(parting.from.reward)
    }
  })

  it('is not found by chance where the share stays on a plateau', () => {
    for (const level of [0.3, 0.6, 0.9, 0.99]) {
      const share = (update: number): number => Math.min(level, 0.2 + 0.03 * update)
      const found = kinds((seed) => curves(100, share, (update) => update / 50, seed))
      expect(count(found, 'parted')).toBeLessThanOrEqual(2)
    }
  })

  it('is not found where the reward falls with the share, or both rise to the end', () => {
    const hill = (update: number): number => 0.8 - 0.01 * Math.abs(update - 30)
    const together = [
      kinds((seed) => curves(60, hill, hill, seed)),
      kinds((seed) => curves(60, (update) => 0.2 + update / 100, rising, seed)),
    ]
    for (const found of together) expect(count(found, 'together')).toBe(SEEDS)
    const parting = partingOf(curves(60, hill, hill, 1), shareError(EPISODES))
    expect(parting).toEqual({ kind: 'together', fell: true })
  })

  it('is found where the share fell from its first update on', () => {
    const found = kinds((seed) => curves(40, (update) => 0.6 - update / 100, rising, seed))
    expect(count(found, 'parted')).toBe(SEEDS)
  })

  it('is not looked for in fewer than two windows', () => {
    expect(
      partingOf(
        curves(9, () => 0.5, rising, 1),
        shareError(EPISODES),
      ),
    ).toEqual({ kind: 'too short' })
    expect(partingOf([], shareError(EPISODES))).toEqual({ kind: 'too short' })
  })
})

it('smooths over whole windows only', () => {
  const points = Array.from({ length: 7 }, (_, update) => ({
    update,
    reward: update,
    fit: update === 3 ? 1 : 0,
    kl: 2 * update,
  }))
  expect(smoothed(points)).toEqual([
    { update: 2, reward: 2, fit: 0.2, kl: 4 },
    { update: 3, reward: 3, fit: 0.2, kl: 6 },
    { update: 4, reward: 4, fit: 0.2, kl: 8 },
  ])
  expect(smoothed(points.slice(0, 4))).toEqual([])
})
