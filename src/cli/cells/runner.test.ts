import fc from 'fast-check'
import { expect, it } from 'vitest'
import { allInOrder } from './runner.ts'

it('yields results in the order of the items, never running more at once than allowed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.uniqueArray(fc.nat(), { maxLength: 12 }),
      fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(Number.POSITIVE_INFINITY)),
      async (scheduler, items, atOnce) => {
        let running = 0
        let most = 0
        const results = allInOrder(items, atOnce, async (item) => {
          running += 1
          most = Math.max(most, running)
          await scheduler.schedule(Promise.resolve())
          running -= 1
          return -item
        })
        await scheduler.waitFor(results)
        expect(await results).toEqual(items.map((item) => -item))
        expect(most).toBeLessThanOrEqual(atOnce)
        if (atOnce > items.length) expect(most).toBe(items.length)
      },
    ),
  )
})

it('waits after a failure for what is running, and starts no more', async () => {
  const ended: number[] = []
  const run = async (item: number) => {
    if (item === 2) throw new Error('two')
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    ended.push(item)
    return item
  }
  await expect(allInOrder([1, 2, 3, 4, 5], 2, run)).rejects.toThrow('two')
  expect(ended).toEqual([1, 3])
})
