import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { reportingBeginnings } from '../../evaluation/index.ts'
import { replay, WORLD_VERSION } from '../../island/index.ts'
import type { Device } from '../../runtime/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { RunningReward } from '../acting/running-reward.ts'
import { readModel } from '../models/fetch-model.ts'
import type { ModelSource } from '../worker/choices.ts'
import { createEvaluationHost, islandsFor } from './host.ts'
import type { EvaluationEvent, EvaluationOrder } from './protocol.ts'

const device = await createNativeDevice({ threads: 1 })
const bytesOf = (name: string) => new Uint8Array(readFileSync(`models/${name}.onnx`))
const sourceOf = (name: string): ModelSource => ({ kind: 'bytes', bytes: bytesOf(name) })
const NANO = sourceOf('nano')
const ORDER: EvaluationOrder = {
  policies: [NANO],
  rewards: [],
  episodes: 9,
  seed: 1,
  start: 'spawn',
  device: 'wasm',
}

function openHost(
  open: (choice: string) => Device = () => device,
  yieldToEvents: () => Promise<void> = () => Promise.resolve(),
) {
  const read = async (source: ModelSource) => {
    if (source.kind === 'url') throw new Error('The model is missing.')
    return { bytes: source.bytes, ...readModel(source.bytes) }
  }
  let time = 0
  return createEvaluationHost({
    sharedDevice: {
      acquire: async (choice) => ({ device: open(choice), reason: '', choice, lost: false }),
    },
    fetchPolicy: read,
    fetchReward: read,
    // Every reading of the clock is late enough for the host to yield to the event loop.
    now: () => (time += 100),
    yieldToEvents,
  })
}

async function played(order: Partial<EvaluationOrder> = {}, host = openHost()) {
  const events: EvaluationEvent[] = []
  const result = await host.evaluate({ ...ORDER, ...order }, (event) => {
    events.push(event)
  })
  const episodes = events
    .flatMap((event) => (event.kind === 'ended' ? event.episodes : []))
    .sort((a, b) => a.index - b.index)
  return { events, result, episodes }
}

afterAll(() => device.close())

describe('the evaluation worker', () => {
  it('plays the episodes used to report on policies, the same every time', async () => {
    const { episodes, result } = await played()
    expect(result).toBe('played')
    const beginnings = reportingBeginnings(1, 'spawn', 9)
    expect(episodes.map(({ seed }) => seed)).toEqual(beginnings.map(({ seed }) => seed))
    for (const { seed, actions, ending, path } of episodes) {
      const again = replay({ worldVersion: WORLD_VERSION, start: 'spawn', seed, actions })
      expect([again.ending, again.path]).toEqual([ending, path])
    }
    expect((await played()).episodes).toEqual(episodes)
    expect((await played({ seed: 2 })).episodes).not.toEqual(episodes)
  })

  it('gives at every decision the same reward as a step-by-step evaluation', async () => {
    const { episodes } = await played({ rewards: [sourceOf('reward-left')], episodes: 3 })
    const { layout, parameters } = readModel(bytesOf('reward-left'))
    const running = await RunningReward.load(device, { layout, parameters })
    for (const { seed, actions, rewards } of episodes) {
      const episode = { worldVersion: WORLD_VERSION, start: 'spawn', seed, actions } as const
      const expected = await running.follow(episode, 100)
      expect(rewards[0]).toHaveLength(actions.length)
      for (const [at, reward] of expected.entries()) expect(rewards[0]?.[at]).toBeCloseTo(reward, 3)
    }
    await running.release()
  })

  it('has delivered every report when it ends, however slow the listener is', async () => {
    const heard: string[] = []
    await openHost().evaluate({ ...ORDER, episodes: 2 }, async ({ kind }) => {
      await new Promise((resolve) => setTimeout(resolve, 30))
      heard.push(kind)
    })
    expect(heard).toEqual(expect.arrayContaining(['ended', 'done']))
  })

  it('continues with the other models when one does not load', async () => {
    const gone: ModelSource = { kind: 'url', url: 'nowhere' }
    const { events, episodes } = await played({
      policies: [gone, NANO],
      rewards: [gone],
      episodes: 2,
    })
    expect(events).toContainEqual({ kind: 'rewards', problems: ['The model is missing.'] })
    expect(events).toContainEqual({
      kind: 'failed',
      policy: 0,
      problem: 'other',
      message: 'The model is missing.',
    })
    expect(episodes).toHaveLength(2)
  })

  it('stops between two decisions, and can play again afterwards', async () => {
    let breaths = 0
    const host = openHost(
      () => device,
      async () => {
        if (++breaths === 5) await host.stop()
      },
    )
    const { result, events } = await played({}, host)
    expect(result).toBe('stopped')
    expect(events.some(({ kind }) => kind === 'done')).toBe(false)
    expect((await played({}, host)).episodes).toHaveLength(9)
  })

  it('replays all episodes on the CPU when a GPU fails', async () => {
    let runs = 0
    const gpu: Device = {
      ...device,
      kind: 'webgpu',
      name: 'GPU',
      heldTensors: 0,
      load: async (model, options) => {
        const program = await device.load(model, options)
        return {
          ...program,
          run: (feeds) => (++runs > 40 ? Promise.reject(new Error('Lost.')) : program.run(feeds)),
          release: () => program.release(),
        }
      },
    }
    const host = openHost((choice) => (choice === 'wasm' ? device : gpu))
    const { events, episodes } = await played({ device: 'webgpu' }, host)
    const begun = events.flatMap((event) => (event.kind === 'playing' ? event : []))
    expect(begun.map(({ deviceName }) => deviceName)).toEqual(['GPU', device.name])
    expect(begun[1]?.why).toContain('The GPU failed')
    expect(new Set(episodes.map(({ index }) => index)).size).toBe(9)
    expect(events.at(-1)?.kind).toBe('done')
  })
})

it('plays a quarter of the episodes at once, up to the fastest number', () => {
  expect([1, 200, 1000, 5000].map(islandsFor)).toEqual([1, 50, 250, 256])
})
