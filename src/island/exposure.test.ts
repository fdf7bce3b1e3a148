import { expect, it } from 'vitest'
import { pack } from './colour.ts'
import { expose } from './exposure.ts'
import { RandomStream, rootKey } from './key.ts'
import { createLook } from './look.ts'
import { FRAME_BYTES, FRAME_PIXELS } from './observation.ts'
import { Renderer } from './renderer.ts'
import { startState } from './state.ts'

function means(frame: Uint8Array): number[] {
  const sums = [0, 0, 0]
  frame.forEach((byte, i) => {
    sums[i % 3] = (sums[i % 3] ?? 0) + byte
  })
  return sums.map((sum) => sum / FRAME_PIXELS)
}

it('gives each channel the wanted mean', () => {
  const random = new RandomStream(rootKey(4))
  const raw = Int32Array.from({ length: FRAME_PIXELS }, () =>
    pack(random.range(60, 160), random.range(80, 120), random.range(20, 90)),
  )
  const frame = new Uint8Array(FRAME_BYTES)
  expose(raw, [120, 100, 90], frame, 0)
  const [red, green, blue] = means(frame)
  expect(red).toBeCloseTo(120, 0)
  expect(green).toBeCloseTo(100, 0)
  expect(blue).toBeCloseTo(90, 0)
})

it('keeps the order of brightness', () => {
  const raw = Int32Array.from({ length: FRAME_PIXELS }, (_, i) => pack(i >> 3, 100, 255 - (i >> 3)))
  const frame = new Uint8Array(FRAME_BYTES)
  expose(raw, [90, 90, 90], frame, 0)
  for (let i = 3; i < FRAME_BYTES; i += 3) {
    expect(frame[i] ?? 0).toBeGreaterThanOrEqual(frame[i - 3] ?? 0)
    expect(frame[i + 2] ?? 0).toBeLessThanOrEqual(frame[i - 1] ?? 0)
  }
})

it('keeps the mean of an episode’s frames the same wherever it goes, but for clipping', () => {
  const renderer = new Renderer()
  const frame = new Uint8Array(FRAME_BYTES)
  for (let seed = 0; seed < 30; seed++) {
    const look = createLook(seed)
    for (const z of [4, -4, -12, -25]) {
      renderer.render({ ...startState('spawn', seed), z }, look, frame)
      means(frame).forEach((mean, channel) => {
        expect(Math.abs(mean - (look.exposure[channel] ?? 0))).toBeLessThan(4)
      })
    }
  }
})
