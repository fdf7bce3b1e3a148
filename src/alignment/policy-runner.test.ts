import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeModel } from '../graph/index.ts'
import { type Episode, FRAME_BYTES, Island, Renderer, rootKey, splitKey } from '../island/index.ts'
import {
  HEAD_WIDTHS,
  initialParameters,
  NETWORK_SIZES,
  parameterLayout,
  sequenceGraph,
  stepGraph,
  weightsFromVector,
} from '../network/index.ts'
import { type Device, float32, hostOutput } from '../runtime/index.ts'
import { createNativeDevice } from '../runtime-node/index.ts'
import { renderClips } from './clips.ts'
import { imitationFeeds } from './imitation.ts'
import { PolicyRunner } from './policy-runner.ts'
import { randomEpisodes } from './testing/random-clips.ts'
import { slowLogits } from './testing/slow-network.ts'

const layout = parameterLayout(NETWORK_SIZES.nano, 'policy')
const theta = initialParameters(layout, rootKey(11)).map((value) => 2 * value)
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

/** Returns a step graph with float32 weights, so that only the form of the graph differs. */
function stepModel(): Uint8Array {
  return encodeModel(
    stepGraph(layout.size, (builder) =>
      weightsFromVector(builder, layout, builder.constant('float32', [layout.count], theta)),
    ),
  )
}

/**
 * Returns the step graph's logits by `episode/decision`, with the episodes run side by side and moved to
 * other slots as shorter ones end.
 */
async function steppedLogits(): Promise<Map<string, number[]>> {
  const runner = await PolicyRunner.create(device, stepModel(), layout.size, episodes.length)
  const renderer = new Renderer()
  const found = new Map<string, number[]>()
  let running = episodes.map((episode, index) => ({
    index,
    episode,
    at: 0,
    island: new Island(episode.start, episode.seed),
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
  it('produces the same logits step by step with a cache as in one sequence', async () => {
    const whole = await sequenceLogits()
    const stepped = await steppedLogits()
    const rows = decisions(episodes)
    expect(stepped.size).toBe(rows.length)
    for (const { clip, at } of rows) {
      const row = (clip * LENGTH + at) * HEAD_WIDTHS.policy
      const step = stepped.get(`${clip}/${at}`) ?? []
      for (let choice = 0; choice < HEAD_WIDTHS.policy; choice++) {
        expect(Math.abs((whole[row + choice] ?? 0) - (step[choice] ?? 9))).toBeLessThan(2e-5)
      }
    }
  })

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
