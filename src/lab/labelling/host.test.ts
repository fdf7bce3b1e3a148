import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import type { Comparison } from '../../alignment/index.ts'
import { replayability } from '../../alignment/labels/index.ts'
import { islandNamed } from '../../island/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { createLabellingHost } from './host.ts'

const device = await createNativeDevice({ threads: 1 })
const bytes = new Uint8Array(readFileSync('models/nano.onnx'))
const digest = 'ab'.repeat(32)
const choice = { model: { kind: 'bytes', bytes }, digest } as const

function openHost() {
  return createLabellingHost({
    openDevice: () => Promise.resolve(device),
    fetchModel: () => Promise.resolve({ bytes }),
  })
}

afterAll(() => device.close())

describe('the labelling worker', () => {
  it('plays clips that replay, the same for the same range and different for another', async () => {
    const host = openHost()
    await host.open(choice)
    const clips = await host.play({ first: 0, count: 6 })
    expect(clips).toHaveLength(6)
    for (const clip of clips) {
      expect(replayability(clip)).toBe('replays')
      expect(clip.policyDigest).toBe(digest)
    }
    expect(new Set(clips.map(({ id }) => id)).size).toBe(6)
    expect(await host.play({ first: 0, count: 6 })).toEqual(clips)
    const [other] = await host.play({ first: 6, count: 1 })
    expect(clips.map(({ id }) => id)).not.toContain(other?.id)
    const [seeded] = await host.play({ first: 0, count: 1, seed: 1 })
    expect(clips.map(({ id }) => id)).not.toContain(seeded?.id)
    const island = islandNamed('bent-east')?.map
    const [elsewhere] = await host.play({ first: 0, count: 1, island })
    expect(elsewhere?.island).toEqual(island)
    expect(elsewhere && replayability(elsewhere)).toBe('replays')
  })

  it('learns to prefer the preferred clips, from what the policy sees', async () => {
    const host = openHost()
    await host.open(choice)
    const clips = await host.play({ first: 0, count: 24 })
    // Longer clips are preferred: their last frames differ from those of clips that end early.
    const comparisons = clips.flatMap((a, first) =>
      clips.flatMap((b, second): Comparison[] =>
        first < second && a.actions.length !== b.actions.length
          ? [{ first, second, verdict: a.actions.length > b.actions.length ? 1 : 0 }]
          : [],
      ),
    )
    const { rewards, labels } = await host.learn({ clips, comparisons, seed: 1 })
    expect(labels).toBe(comparisons.length)
    for (const member of rewards) {
      expect(member).toHaveLength(clips.length)
      const right = comparisons.filter(
        ({ first, second, verdict }) =>
          (member[first] ?? 0) > (member[second] ?? 0) === (verdict === 1),
      )
      expect(right.length / comparisons.length).toBeGreaterThan(0.8)
    }
  })

  it('reports that no model is open', async () => {
    await expect(openHost().play({ first: 0, count: 1 })).rejects.toThrow('No policy is open')
  })
})
