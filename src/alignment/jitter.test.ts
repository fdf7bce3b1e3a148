import { expect, it } from 'vitest'
import { rootKey, splitKey } from '../island/index.ts'
import { inOtherLight } from './jitter.ts'
import { madeUpClip } from './testing/made-up-clips.ts'

const clip = madeUpClip(rootKey(71), 3)

// The change of light depends on the key and the channel, and is the same throughout a clip.
it('maps equal values of a channel to equal values, in order, within the given amount', () => {
  const found = inOtherLight(clip, 0.25, rootKey(72))
  expect(found.actions).toBe(clip.actions)
  for (const channel of [0, 1, 2]) {
    const table = new Map<number, number>()
    for (let at = channel; at < clip.frames.length; at += 3) {
      const [from, to] = [clip.frames[at] ?? -1, found.frames[at] ?? -1]
      expect(table.get(from) ?? to).toBe(to)
      table.set(from, to)
      expect(Math.abs(to - from)).toBeLessThanOrEqual(0.25 * (128 + 60) + 1)
    }
    const sorted = [...table].sort(([a], [b]) => a - b).map(([, to]) => to)
    expect(sorted).toEqual([...sorted].sort((a, b) => a - b))
  }
})

it('is a function of the key, and does nothing at amount 0', () => {
  const seen = (amount: number, step: number) =>
    inOtherLight(clip, amount, splitKey(rootKey(73), step)).frames
  expect(seen(0, 1)).toEqual(clip.frames)
  expect(seen(0.25, 1)).toEqual(seen(0.25, 1))
  expect(seen(0.25, 1)).not.toEqual(seen(0.25, 2))
})
