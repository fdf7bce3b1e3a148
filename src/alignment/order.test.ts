import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rootKey } from '../island/index.ts'
import { EpochOrder } from './order.ts'

describe('EpochOrder', () => {
  it('visits every item once per epoch, in the same order however it is sliced', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 40 }),
        fc.nat({ max: 90 }),
        (seed, count, from) => {
          const whole = new EpochOrder(rootKey(seed), count).slice(0, 3 * count)
          for (let epoch = 0; epoch < 3; epoch++) {
            const items = whole.slice(epoch * count, (epoch + 1) * count)
            expect(new Set(items).size).toBe(count)
          }
          const first = from % (2 * count)
          expect(new EpochOrder(rootKey(seed), count).slice(first, count)).toEqual(
            whole.slice(first, first + count),
          )
        },
      ),
    )
  })

  it('shuffles each epoch differently', () => {
    const order = new EpochOrder(rootKey(5), 100)
    expect(order.slice(0, 100)).not.toEqual(order.slice(100, 100))
  })
})
