import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeModel } from '../graph/index.ts'
import {
  type Episode,
  FRAME_BYTES,
  FRAME_HEIGHT,
  FRAME_WIDTH,
  Island,
  RandomStream,
  Renderer,
  rootKey,
  splitKey,
} from '../island/index.ts'
import {
  type CachePlace,
  CONTEXT,
  cacheNames,
  exportModel,
  HEAD_WIDTHS,
  headWidth,
  importModel,
  initialParameters,
  NETWORK_SIZES,
  parameterLayout,
  partOf,
  sequenceGraph,
  upperLayout,
  weightsFromVector,
} from '../network/index.ts'
import { type Device, float32, hostOutput, int32, uint8 } from '../runtime/index.ts'
import { createNativeDevice } from '../runtime-node/index.ts'
import { renderClips } from './clips.ts'
import { imitationFeeds } from './imitation.ts'
import { PolicyRunner } from './policy-runner.ts'
import { randomEpisodes } from './testing/random-clips.ts'
import { slowLogits } from './testing/slow-network.ts'

const layout = parameterLayout(NETWORK_SIZES.nano, 'policy')
const theta = initialParameters(layout, rootKey(11)).map((value) => 2 * value)
const network = { layout, parameters: theta }
const LENGTH = 12
const episodes = randomEpisodes(splitKey(rootKey(12), 'episodes'), 3, LENGTH)

let device: Device
beforeAll(async () => {
  device = await createNativeDevice({ threads: 1 })
})
afterAll(() => device.close())

/** Returns the sequence graph's logits of all decisions of the episodes, clip-major. */
async function sequenceLogits(): Promise<Float32Array> {
  const batch = renderClips(episodes, LENGTH, new Renderer())
  const graph = sequenceGraph(layout, { clips: episodes.length, length: LENGTH }, (builder) =>
    weightsFromVector(builder, layout, builder.input('theta', 'float32', [layout.count])),
  )
  const program = await device.load(encodeModel(graph))
  const { frames } = imitationFeeds(batch)
  if (frames === undefined) throw new Error('no feeds')
  const outputs = await program.run({
    frames,
    theta: float32([layout.count], theta),
  })
  await program.release()
  return hostOutput(outputs, 'logits').data
}

/** Returns the logits of one decision after another on an exported file, with caches of its own. */
async function exportedLogits(bytes: Uint8Array, frames: readonly Uint8Array[]) {
  const program = await device.load(bytes)
  const { heads, layers } = layout.size
  const part = headWidth(layout.size)
  const names = Array.from({ length: layers }, (_, layer) => cacheNames(layer))
  const pairs = names.flatMap(({ keys, values, newKeys, newValues }) => [
    [keys, newKeys] as const,
    [values, newValues] as const,
  ])
  // Rows that no decision has written yet may hold anything.
  const cache = () => new Float32Array(heads * CONTEXT * part).fill(7)
  const caches = new Map(pairs.map(([name]) => [name, cache()]))
  const found: Float32Array[] = []
  for (const [position, frame] of frames.entries()) {
    const fed = [...caches].map(([name, data]) => [name, float32([1, heads, CONTEXT, part], data)])
    const outputs = await program.run({
      ...Object.fromEntries(fed),
      frames: uint8([1, FRAME_HEIGHT, FRAME_WIDTH, 3], frame),
      position: int32([1], Int32Array.of(position)),
    })
    for (const [name, newName] of pairs) {
      const rows = hostOutput(outputs, newName).data
      for (let head = 0; head < heads; head++) {
        const row = rows.subarray(head * part, (head + 1) * part)
        caches.get(name)?.set(row, (head * CONTEXT + position) * part)
      }
    }
    found.push(hostOutput(outputs, 'logits').data)
  }
  await program.release()
  return found
}

/**
 * Returns the step graph's logits by `episode/decision`, with the episodes run side by side and moved to
 * other slots as shorter ones end.
 */
async function steppedLogits(cache: CachePlace): Promise<Map<string, number[]>> {
  const runner = await PolicyRunner.create(device, network, episodes.length, cache)
  const renderer = new Renderer()
  const found = new Map<string, number[]>()
  let running = episodes.map((episode, index) => ({
    index,
    episode,
    at: 0,
    island: new Island(episode),
  }))
  running.forEach((_, slot) => {
    runner.reset(slot)
  })
  while (running.length > 0) {
    for (const [slot, { island }] of running.entries()) {
      island.render(renderer, runner.frames, slot * FRAME_BYTES)
    }
    const logits = await runner.act(running.length)
    for (const [slot, one] of running.entries()) {
      const row = logits.slice(slot * HEAD_WIDTHS.policy, (slot + 1) * HEAD_WIDTHS.policy)
      found.set(`${one.index}/${one.at}`, Array.from(row))
      const action = one.episode.actions[one.at] ?? 0
      one.island.step(action)
      one.at++
    }
    const kept = running.filter(({ episode, at }) => at < episode.actions.length)
    kept.forEach((one, slot) => {
      runner.move(running.indexOf(one), slot)
    })
    running = kept
  }
  await runner.release()
  return found
}

function decisions(list: readonly Episode[]): { clip: number; at: number }[] {
  return list.flatMap(({ actions }, clip) => Array.from(actions, (_, at) => ({ clip, at })))
}

describe('the network’s two forms and its slow counterpart', () => {
  it.each(['host', 'kept'] as const)(
    'produces the same logits step by step with a %s cache as in one sequence',
    async (cache) => {
      const held = device.heldTensors
      const whole = await sequenceLogits()
      const stepped = await steppedLogits(cache)
      expect(device.heldTensors).toBe(held)
      const rows = decisions(episodes)
      expect(stepped.size).toBe(rows.length)
      for (const { clip, at } of rows) {
        const row = (clip * LENGTH + at) * HEAD_WIDTHS.policy
        const step = stepped.get(`${clip}/${at}`) ?? []
        for (let choice = 0; choice < HEAD_WIDTHS.policy; choice++) {
          expect(Math.abs((whole[row + choice] ?? 0) - (step[choice] ?? 9))).toBeLessThan(2e-5)
        }
      }
    },
  )

  it('produces the same logits in an exported file as in the runner', async () => {
    const bytes = exportModel(layout, theta, { stage: 'test', recipe: {}, key: '' })
    const random = new RandomStream(rootKey(13))
    const frames = Array.from({ length: LENGTH }, () =>
      Uint8Array.from({ length: FRAME_BYTES }, () => random.below(256)),
    )
    const exported = await exportedLogits(bytes, frames)
    const runner = await PolicyRunner.create(device, importModel(bytes), 1)
    for (const [decision, frame] of frames.entries()) {
      runner.frames.set(frame)
      const logits = await runner.act(1)
      for (const [choice, logit] of logits.entries()) {
        const difference = logit - (exported[decision]?.[choice] ?? 9)
        expect(Math.abs(difference)).toBeLessThan(1e-5)
      }
    }
    await runner.release()
  })

  it.each(['host', 'kept'] as const)(
    'produces the same logits with trained parameters as with fixed ones, with a %s cache',
    async (cache) => {
      const held = device.heldTensors
      const part = upperLayout(layout, 1)
      const runners = {
        fixed: await PolicyRunner.create(device, network, 2, cache),
        whole: await PolicyRunner.forParameters(device, layout, 2, cache),
        part: await PolicyRunner.forPart(device, part, layout, theta, 2, cache),
      }
      const set = async (runner: PolicyRunner, parameters: Float32Array) => {
        const tensor = await device.upload(float32([parameters.length], parameters))
        await runner.setParameters(tensor)
        tensor.dispose()
      }
      // The first parameters are replaced.
      await set(runners.whole, new Float32Array(layout.count))
      await set(runners.whole, theta)
      await set(runners.part, partOf(part, layout, theta))
      for (let decision = 0; decision < 3; decision++) {
        const [expected, ...others] = await Promise.all(
          Object.values(runners).map((runner) => {
            runner.frames.fill(40 * decision)
            return runner.act(2)
          }),
        )
        for (const logits of others) {
          for (const [choice, logit] of logits.entries()) {
            expect(Math.abs(logit - (expected?.[choice] ?? 9))).toBeLessThan(1e-5)
          }
        }
      }
      expect(runners.part.stream.length).toBe(2 * layout.size.width)
      for (const runner of Object.values(runners)) await runner.release()
      expect(device.heldTensors).toBe(held)
    },
  )

  it('agrees with float64 loops', async () => {
    const whole = await sequenceLogits()
    const batch = renderClips(episodes, LENGTH, new Renderer())
    const slow = slowLogits(layout, theta, batch, 0)
    const count = episodes[0]?.actions.length ?? 0
    for (let at = 0; at < count; at++) {
      for (let choice = 0; choice < HEAD_WIDTHS.policy; choice++) {
        const difference =
          (whole[at * HEAD_WIDTHS.policy + choice] ?? 0) - (slow[at]?.[choice] ?? 9)
        expect(Math.abs(difference)).toBeLessThan(5e-5)
      }
    }
  })
})
