import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Renderer, rootKey } from '../island/index.ts'
import { initialParameters, parameterLayout, partOf, upperLayout } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'
import { createNativeDevice } from '../runtime-node/index.ts'
import { imitationFeeds } from './imitation.ts'
import { imitationGradientGraph } from './imitation-graph.ts'
import { PolicyRunner } from './policy-runner.ts'
import { ReferencePolicy } from './reference-policy.ts'
import { playAll } from './rollout.ts'
import { CLIP_LENGTHS, packClips, type SeenClip } from './seen-clips.ts'
import { withStreams } from './streams.ts'
import { gradientBy, normOf } from './testing/gradient-check.ts'
import { TINY } from './testing/tiny-network.ts'

const whole = parameterLayout({ ...TINY, layers: 3 }, 'policy')
const parameters = initialParameters(whole, rootKey(31))
const part = upperLayout(whole, 2)
const own = partOf(part, whole, parameters)

let device: Device
let played: { readonly seen: SeenClip; readonly stream: Float32Array; logits: Float32Array }[]
beforeAll(async () => {
  device = await createNativeDevice({ threads: 1 })
  const runner = await PolicyRunner.forPart(device, part, whole, parameters, 2)
  const theta = await device.upload({ type: 'float32', shape: [part.count], data: own })
  await runner.setParameters(theta)
  const episodes = await playAll({
    ...{ runner, renderer: new Renderer(), temperature: 1, key: rootKey(32), keep: 'both' },
    beginnings: [1, 2, 3].map((seed) => ({ start: 'past-jumppads', seed })),
  })
  theta.dispose()
  await runner.release()
  played = episodes.map(({ trajectory: { actions }, frames, stream, logits }) => ({
    seen: { actions, frames },
    stream: stream ?? new Float32Array(0),
    logits,
  }))
})
afterAll(() => device.close())

function furthestApart(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length)
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] ?? 9))), 0)
}

describe('the stream below the trained part', () => {
  it('is the same from the step graph as from full clips', async () => {
    const streams = await withStreams(
      device,
      { layout: whole, parameters },
      part.firstLayer,
      played.map(({ seen }) => seen),
    )
    for (const [index, { stream, seen }] of played.entries()) {
      expect(stream.length).toBe(seen.actions.length * TINY.width)
      expect(furthestApart(streams[index]?.stream ?? own, stream)).toBeLessThan(1e-4)
    }
  })

  it('gives the trained part the same logits and gradient as in the full network', async () => {
    const length = CLIP_LENGTHS[2]
    const fromFrames = packClips(
      played.map(({ seen }) => seen),
      length,
    )
    const fromStreams = packClips(
      played.map(({ seen, stream }) => ({ ...seen, stream })),
      length,
    )
    expect(fromStreams.frames.length).toBe(0)
    const policy = await ReferencePolicy.create(device, part, own, played.length)
    const logits = await policy.logits(fromStreams, 2)
    await policy.release()
    for (const [clip, { logits: acted }] of played.entries()) {
      const first = clip * length * 48
      expect(furthestApart(logits.slice(first, first + acted.length), acted)).toBeLessThan(1e-4)
    }
    const shape = { clips: played.length, length }
    const [all, upper] = await Promise.all([
      gradientBy(
        device,
        imitationGradientGraph(whole, shape),
        parameters,
        imitationFeeds(fromFrames),
      ),
      gradientBy(device, imitationGradientGraph(part, shape), own, imitationFeeds(fromStreams)),
    ])
    const expected = partOf(part, whole, all.gradient)
    expect(normOf(expected)).toBeGreaterThan(0.1)
    expect(furthestApart(upper.gradient, expected) / normOf(expected)).toBeLessThan(1e-5)
    expect(furthestApart(upper.metrics, all.metrics)).toBeLessThan(1e-2)
  })
})
