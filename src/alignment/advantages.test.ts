import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leaveOneOut } from './advantages.ts'

const reward = fc.double({ min: -5, max: 5, noNaN: true })

describe('leaveOneOut', () => {
  it('subtracts from each reward the mean of the other rewards in its group', () => {
    const groups = fc
      .integer({ min: 2, max: 6 })
      .chain((size) => fc.array(fc.array(reward, { minLength: size, maxLength: size })))
    fc.assert(
      fc.property(groups, (rewards) => {
        const size = rewards[0]?.length ?? 2
        const found = leaveOneOut(rewards.flat(), size)
        expect(found.length).toBe(rewards.length * size)
        for (const [group, own] of rewards.entries()) {
          const advantages = [...found.subarray(group * size, (group + 1) * size)]
          expect(advantages.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 4)
          for (const [index, value] of own.entries()) {
            const others = own.toSpliced(index, 1)
            const mean = others.reduce((a, b) => a + b, 0) / others.length
            expect(advantages[index]).toBeCloseTo(value - mean, 4)
          }
        }
      }),
    )
  })

  it('gives zero to episodes with equal rewards', () => {
    expect([...leaveOneOut([0.25, 0.25, 0.25, 3, 3, 3], 3)]).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('refuses incomplete groups and groups of one episode', () => {
    expect(() => leaveOneOut([1, 2, 3], 2)).toThrow(/whole groups/)
    expect(() => leaveOneOut([1, 2, 3], 1)).toThrow(/at least 2/)
  })
})
