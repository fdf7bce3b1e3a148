/** Jobs whose results are compared across devices: training and inference. */
import {
  freshSnapshot,
  imitationFeeds,
  imitationGradientGraph,
  imitationScores,
  Learner,
  PolicyRunner,
  renderClips,
} from '../../src/alignment/index.ts'
import { encodeModel } from '../../src/graph/index.ts'
import {
  ACTION_COUNT,
  EPISODE_DECISIONS,
  type Episode,
  FRAME_BYTES,
  Island,
  keySeed,
  RandomStream,
  Renderer,
  rootKey,
  splitKey,
  WORLD_VERSION,
} from '../../src/island/index.ts'
import { initialParameters, NETWORK_SIZES, parameterLayout } from '../../src/network/index.ts'
import type { Device } from '../../src/runtime/index.ts'

const CLIPS = 2
const LENGTH = 4
const OPTIMISER = { beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0.1, maximumNorm: 0.5 }
const RATE = 3e-3

const layout = parameterLayout(NETWORK_SIZES.nano, 'policy')

function randomEpisode(index: number): Episode {
  const key = splitKey(rootKey(31), 'episode', index)
  const random = new RandomStream(key)
  const actions = Uint16Array.from({ length: LENGTH }, () => random.below(ACTION_COUNT))
  return { worldVersion: WORLD_VERSION, start: 'spawn', seed: keySeed(key), actions }
}

/**
 * Trains the `nano` network on two short clips; returns the loss and gradient norm of each step,
 * and the number of tensors leaked.
 */
export async function train(
  device: Device,
  steps: number,
): Promise<{ losses: number[]; norms: number[]; leaked: number }> {
  const held = device.heldTensors
  const model = encodeModel(imitationGradientGraph(layout, { clips: CLIPS, length: LENGTH }))
  const start = freshSnapshot(initialParameters(layout, rootKey(32)))
  const learner = await Learner.create(device, layout, [model], OPTIMISER, start)
  const episodes = Array.from({ length: CLIPS }, (_, index) => randomEpisode(index))
  const feeds = imitationFeeds(renderClips(episodes, LENGTH, new Renderer()))
  const losses: number[] = []
  const norms: number[] = []
  for (let step = 0; step < steps; step++) {
    const { loss, decisions } = imitationScores(await learner.accumulate(feeds))
    losses.push(loss)
    norms.push(await learner.apply(RATE, 1 / decisions))
  }
  await learner.release()
  return { losses, norms, leaked: device.heldTensors - held }
}

/**
 * Returns the logits of an untrained `nano` policy over the first decisions of two parallel episodes.
 */
export async function act(device: Device, decisions: number): Promise<number[]> {
  if (decisions > EPISODE_DECISIONS) throw new Error(`${decisions} decisions are too many`)
  const parameters = initialParameters(layout, rootKey(33))
  const runner = await PolicyRunner.create(device, { layout, parameters }, 2)
  const islands = [new Island('spawn', 1), new Island('side-platform', 2)]
  const renderer = new Renderer()
  const random = new RandomStream(rootKey(34))
  const logits: number[] = []
  for (let decision = 0; decision < decisions; decision++) {
    for (const [slot, island] of islands.entries()) {
      island.render(renderer, runner.frames, slot * FRAME_BYTES)
    }
    logits.push(...(await runner.act(islands.length)))
    for (const island of islands) island.step(random.below(ACTION_COUNT))
  }
  await runner.release()
  return logits
}
