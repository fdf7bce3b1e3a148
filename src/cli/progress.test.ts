import { expect, it } from 'vitest'
import { withProgress } from './progress.ts'
import { pretendTerminal } from './testing/pretend-terminal.ts'

it.each(['ends', 'fails'])(
  'stops the timer of a bar whose work %s, so that the process can end',
  async (how) => {
    const runningTimers = pretendTerminal()
    const work = withProgress('Training', 10, async (progress) => {
      progress.update(3, 'loss 1')
      expect(runningTimers()).toBe(1)
      if (how === 'fails') throw new Error('the disk is full')
      return 'done'
    })
    if (how === 'fails') await expect(work).rejects.toThrow('the disk is full')
    else expect(await work).toBe('done')
    expect(runningTimers()).toBe(0)
  },
)
