/** Terminal for tests of what a command shows on one. */
import { onTestFinished, vi } from 'vitest'

/**
 * Makes standard error look like a terminal until the test is finished, without showing what is written to
 * it, and returns a function that counts the timers that run.
 */
export function pretendTerminal(): () => number {
  const wasTerminal = process.stderr.isTTY
  process.stderr.isTTY = true
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
    write.mockRestore()
    process.stderr.isTTY = wasTerminal
  })
  return () => vi.getTimerCount()
}
