import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type StopReason, stopReason } from './stopping.ts'

const LIMITS = { klLimit: 10, patience: 4 }

/** Returns after how many updates a training run with these rewards stops, and why. */
function stopOf(
  rewards: readonly number[],
  kl = 1,
): { after: number; why: StopReason } | undefined {
  for (let after = 1; after <= rewards.length; after++) {
    const history = rewards.slice(0, after).map((reward) => ({ reward, kl }))
    const why = stopReason(history, LIMITS)
    if (why !== undefined) return { after, why }
  }
  return undefined
}

const rewardsOf = (length: number, reward: (update: number) => number): number[] =>
  Array.from({ length }, (_, update) => reward(update))

describe('stopReason', () => {
  it('gives no reason for an empty history, or while the reward rises, however slowly', () => {
    expect(stopReason([], LIMITS)).toBeUndefined()
    expect(stopOf(rewardsOf(80, (update) => 0.01 * update))).toBeUndefined()
    expect(stopOf(rewardsOf(80, (update) => 0.003 * update))).toBeUndefined()
  })

  it('reports convergence one patience interval after the last rise', () => {
    // The first average takes six updates; after a jump the average rises for six more.
    expect(stopOf(rewardsOf(80, () => 2))).toEqual({ after: 10, why: 'converged' })
    expect(stopOf(rewardsOf(80, (update) => -update))).toEqual({ after: 10, why: 'converged' })
    const jump = rewardsOf(80, (update) => (update < 9 ? 0 : 1))
    expect(stopOf(jump)).toEqual({ after: 9 + 6 + 4, why: 'converged' })
  })

  it('ignores negligible rises and rises that are only noise', () => {
    const alternating = rewardsOf(80, (update) => update % 2)
    expect(stopOf(alternating)).toEqual({ after: 10, why: 'converged' })
    const creeping = rewardsOf(80, (update) => 1e-5 * update)
    expect(stopOf(creeping)?.why).toBe('converged')
  })

  it('depends on rises, not on the level of the rewards', () => {
    fc.assert(
      fc.property(
        // Sixteenths, so that sums are exact.
        fc.array(fc.integer({ min: -40, max: 40 }), { maxLength: 30 }),
        fc.integer({ min: -50, max: 50 }),
        (sixteenths, shift) => {
          const rewards = sixteenths.map((value) => value / 16)
          expect(stopOf(rewards.map((value) => value + shift))).toEqual(stopOf(rewards))
        },
      ),
    )
  })

  it('reports divergence when the last value is too large or not a number', () => {
    const rising = rewardsOf(5, (update) => update).map((reward) => ({ reward, kl: 1 }))
    const ends = (reward: number, kl: number) => stopReason([...rising, { reward, kl }], LIMITS)
    expect(ends(6, 10)).toBeUndefined()
    expect(ends(6, 10.001)).toBe('diverged')
    expect(ends(6, Number.NaN)).toBe('diverged')
    expect(ends(Number.NaN, 1)).toBe('diverged')
    expect(ends(Number.POSITIVE_INFINITY, 1)).toBe('diverged')
  })
})
