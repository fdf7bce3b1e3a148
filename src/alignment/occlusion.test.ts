import { describe, expect, it } from 'vitest'
import {
  FRAME_BYTES,
  FRAME_HEIGHT,
  FRAME_WIDTH,
  RandomStream,
  rootKey,
  splitKey,
} from '../island/index.ts'
import { initialParameters, NETWORK_SIZES, PATCHES, parameterLayout } from '../network/index.ts'
import { createNativeDevice } from '../runtime-node/index.ts'
import {
  clipUntil,
  type HiddenIn,
  occlusionMap,
  RewardModel,
  type SeenClip,
  withHiddenPatch,
} from './index.ts'

const random = new RandomStream(rootKey(9))
const bytes = (count: number): Uint8Array =>
  Uint8Array.from({ length: count }, () => random.below(256))
const clip: SeenClip = { actions: new Uint16Array(2), frames: bytes(2 * FRAME_BYTES) }

async function mapOf(
  rewardOf: (seen: SeenClip) => number,
  seen: SeenClip,
  where: HiddenIn,
): Promise<{
  readonly reward: number
  readonly effects: readonly number[]
  readonly pauses: number
}> {
  const job = occlusionMap(async (clips) => clips.map(rewardOf), seen, where)
  for (let pauses = 0; ; pauses++) {
    const { done, value } = await job.next()
    if (done) return { reward: value.reward, effects: Array.from(value.effects), pauses }
  }
}

/** Returns the patch in which a byte of a frame lies, by the slowest of rules. */
function patchOf(byte: number): number {
  const pixel = Math.floor((byte % FRAME_BYTES) / 3)
  const [row, column] = [Math.floor(pixel / FRAME_WIDTH), pixel % FRAME_WIDTH]
  return Math.floor(row / (FRAME_HEIGHT / 4)) * 8 + Math.floor(column / (FRAME_WIDTH / 8))
}

/** Means of the frames' channels, by the frame's first byte plus the channel. */
const means = new Map<number, number>()

function meanOfChannel(frames: Uint8Array, byte: number): number {
  const frame = FRAME_BYTES * Math.floor(byte / FRAME_BYTES)
  const channel = frame + (byte % 3)
  const known = means.get(channel)
  if (known !== undefined) return known
  let sum = 0
  for (let at = channel; at < frame + FRAME_BYTES; at += 3) sum += frames[at] ?? 0
  const mean = Math.round(sum / (FRAME_BYTES / 3))
  means.set(channel, mean)
  return mean
}

describe('an occlusion map', () => {
  const weights = Float64Array.from({ length: clip.frames.length }, () => random.normal() / 1000)
  const linear = ({ frames }: SeenClip): number =>
    frames.reduce((sum, value, byte) => sum + value * (weights[byte] ?? 0), 0)

  it.each(['last frame', 'all frames'] as const)(
    'of a linear reward shows exactly what each patch contributes beyond the mean colour, in %s',
    async (where) => {
      const expected = new Array<number>(PATCHES).fill(0)
      const from = where === 'all frames' ? 0 : FRAME_BYTES
      for (let byte = from; byte < clip.frames.length; byte++) {
        const beyond = (clip.frames[byte] ?? 0) - meanOfChannel(clip.frames, byte)
        expected[patchOf(byte)] = (expected[patchOf(byte)] ?? 0) + beyond * (weights[byte] ?? 0)
      }
      const { reward, effects, pauses } = await mapOf(linear, clip, where)
      expect(reward).toBeCloseTo(linear(clip), 9)
      for (const [patch, effect] of effects.entries())
        expect(effect).toBeCloseTo(expected[patch] ?? 0, 4)
      expect(pauses).toBe(4)
    },
  )

  it('is 0 where the reward does not look, and of a clip up to a decision', async () => {
    const looksAtPatchThree = ({ frames }: SeenClip): number =>
      frames.reduce((sum, value, byte) => sum + (patchOf(byte) === 3 ? value : 0), 0)
    const { effects } = await mapOf(looksAtPatchThree, clip, 'all frames')
    for (const [patch, effect] of effects.entries()) {
      if (patch === 3) expect(effect).not.toBe(0)
      else expect(effect).toBe(0)
    }
    const early = clipUntil(clip, 0)
    expect(early.actions).toHaveLength(1)
    expect(early.frames).toEqual(clip.frames.slice(0, FRAME_BYTES))
  })

  it('leaves the clip itself and its other frames as they were', () => {
    const before = clip.frames.slice()
    const { frames } = withHiddenPatch(clip, 31, 'last frame')
    expect(clip.frames).toEqual(before)
    expect(frames.subarray(0, FRAME_BYTES)).toEqual(before.subarray(0, FRAME_BYTES))
    expect(frames.at(-1)).toBe(meanOfChannel(clip.frames, clip.frames.length - 1))
  })
})

it('shows no effect of a patch whose weights are 0 in a real network', async () => {
  const device = await createNativeDevice({ threads: 1 })
  const layout = parameterLayout(NETWORK_SIZES.nano, 'reward')
  const parameters = initialParameters(layout, splitKey(rootKey(2), 'blind'))
  const join = layout.slots.find(({ name }) => name === 'frame/join/weight')
  if (join === undefined) throw new Error('The network has no weights that join patches')
  const perPatch = join.count / PATCHES
  const blind = 13
  parameters.fill(0, join.offset + blind * perPatch, join.offset + (blind + 1) * perPatch)
  const model = await RewardModel.create(device, layout, parameters)
  const job = occlusionMap((clips) => model.rewards(clips), clip, 'all frames')
  let map = await job.next()
  while (!map.done) map = await job.next()
  const { reward, effects } = map.value
  expect(effects[blind]).toBe(0)
  const seen = Array.from(effects).filter((_, patch) => patch !== blind)
  expect(seen.every((effect) => effect !== 0)).toBe(true)
  const [slow = Number.NaN] = await model.rewards([withHiddenPatch(clip, 7, 'all frames')])
  expect(effects[7]).toBeCloseTo(reward - slow, 5)
  await model.release()
  await device.close()
})
