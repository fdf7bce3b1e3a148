import { afterAll, beforeAll, expect, it } from 'vitest'
import { encodeModel, fromFloat16, toFloat16 } from '../../graph/index.ts'
import {
  ACTION_COUNT,
  type Episode,
  FRAME_BYTES,
  FRAME_HEIGHT,
  FRAME_WIDTH,
  RandomStream,
  Renderer,
  replay,
  rootKey,
  WORLD_VERSION,
} from '../../island/index.ts'
import {
  initialParameters,
  NETWORK_SIZES,
  parameterLayout,
  rewardScoreGraph,
  weightsAsInitializers,
} from '../../network/index.ts'
import { type Device, float32, hostOutput, uint8 } from '../../runtime/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { RunningReward } from './running-reward.ts'

const layout = parameterLayout(NETWORK_SIZES.nano, 'reward')
// Rounded to float16, as in a model file.
const parameters = fromFloat16(
  toFloat16(initialParameters(layout, rootKey(3)).map((value) => 2 * value)),
)
const LENGTH = 9

let device: Device
beforeAll(async () => {
  device = await createNativeDevice({ threads: 1 })
})
afterAll(() => device.close())

/** Returns an episode of `LENGTH` random actions. */
function episodeOf(seed: number): Episode {
  const random = new RandomStream(rootKey(seed))
  const actions = Uint16Array.from({ length: LENGTH }, () => random.below(ACTION_COUNT))
  return { worldVersion: WORLD_VERSION, start: 'spawn', seed, actions }
}

/** Returns the reward of the clip that ends with each decision, by the graph that scores whole clips. */
async function rewardsOfPrefixes(episode: Episode): Promise<Float32Array> {
  const clips = LENGTH
  const frames = new Uint8Array(clips * LENGTH * FRAME_BYTES)
  const renderer = new Renderer()
  replay(episode, (island, index) => island.render(renderer, frames, index * FRAME_BYTES))
  const lastFrame = new Float32Array(clips * LENGTH)
  for (let clip = 0; clip < clips; clip++) {
    frames.copyWithin(clip * LENGTH * FRAME_BYTES, 0, LENGTH * FRAME_BYTES)
    lastFrame[clip * LENGTH + clip] = 1
  }
  const graph = rewardScoreGraph(layout, { clips, length: LENGTH }, (builder) =>
    weightsAsInitializers(builder, layout, parameters),
  )
  const program = await device.load(encodeModel(graph))
  const outputs = await program.run({
    frames: uint8([clips * LENGTH, FRAME_HEIGHT, FRAME_WIDTH, 3], frames),
    lastFrame: float32([clips, LENGTH], lastFrame),
  })
  await program.release()
  return hostOutput(outputs, 'rewards').data
}

function close(found: Float32Array, expected: Float32Array): void {
  expect(found.length).toBe(expected.length)
  for (const [index, reward] of found.entries()) {
    expect(Math.abs(reward - (expected[index] ?? 99))).toBeLessThan(2e-5)
  }
}

it('gives after every decision the reward of a clip that ends there', async () => {
  const first = episodeOf(8)
  const second = episodeOf(9)
  const running = await RunningReward.load(device, { layout, parameters })
  expect(await running.follow(first, 4)).toHaveLength(4)
  expect(await running.follow(first, 4)).toHaveLength(8)
  close(await running.follow(first, 4), await rewardsOfPrefixes(first))

  // A branch from the fifth decision on, as after a human took over, and another episode.
  const actions = first.actions.slice()
  actions.set(second.actions.subarray(4), 4)
  const branch = { ...first, actions }
  close(await running.follow(branch, LENGTH), await rewardsOfPrefixes(branch))
  close(await running.follow(second, LENGTH), await rewardsOfPrefixes(second))
  await running.release()
})
