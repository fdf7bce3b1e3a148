import { expect, it, vi } from 'vitest'
import { AwayError, RefusedError, type StudyReader } from './publisher.ts'
import { readEverything } from './read-everything.ts'

type Follow = StudyReader['follow']

function readerThat(follow: Follow): StudyReader {
  return { follow, publish: async () => {}, close: async () => {} }
}

it('waits for a collector that comes back, however often it was away', async () => {
  vi.useFakeTimers()
  const reading = readEverything(
    readerThat(async (on, signal) => {
      for (let times = 0; times < 3; times++) {
        on.away('away')
        await vi.advanceTimersByTimeAsync(20_000)
        on.away(undefined)
      }
      if (!signal.aborted) on.caughtUp()
    }),
  )
  await expect(reading).resolves.toEqual({ messages: [], refused: 0 })
  vi.useRealTimers()
})

it('gives up when the collector stays away', async () => {
  vi.useFakeTimers()
  const reading = readEverything(
    readerThat(async (on) => {
      on.away('It is away')
      await vi.advanceTimersByTimeAsync(31_000)
    }),
  )
  await expect(reading).rejects.toEqual(new AwayError('It is away'))
  vi.useRealTimers()
})

it('leaves no timer behind when the collector refuses access', async () => {
  vi.useFakeTimers()
  const reading = readEverything(
    readerThat(async (on) => {
      on.away('away')
      throw new RefusedError('revoked', 'Revoked')
    }),
  )
  await expect(reading).rejects.toBeInstanceOf(RefusedError)
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})
