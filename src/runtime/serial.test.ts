import { describe, expect, it } from 'vitest'
import { SerialQueue } from './serial.ts'

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 1))

describe('SerialQueue', () => {
  it('never lets two tasks overlap, and keeps their order', async () => {
    const queue = new SerialQueue()
    const log: string[] = []
    const task = (name: string) => async () => {
      log.push(`${name} starts`)
      await turn()
      log.push(`${name} ends`)
      return name
    }
    const results = await Promise.all([queue.add(task('a')), queue.add(task('b'))])
    expect(results).toEqual(['a', 'b'])
    expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends'])
  })

  it('continues after a task fails, immediately or later', async () => {
    const queue = new SerialQueue()
    const later = queue.add(async () => {
      await turn()
      throw new Error('later')
    })
    const atOnce = queue.add(() => {
      throw new Error('at once')
    })
    const fine = queue.add(async () => 'fine')
    await expect(later).rejects.toThrow('later')
    await expect(atOnce).rejects.toThrow('at once')
    await expect(fine).resolves.toBe('fine')
  })
})
