/** Jobs whose results are compared across devices: training and inference. */
import {
  ADAM,
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
import { type Device, float32 } from '../../src/runtime/index.ts'

const CLIPS = 2
const LENGTH = 4
const OPTIMISER = { ...ADAM, weightDecay: 0.1, maximumNorm: 0.5, optimiser: 'adamw' } as const
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
 * Returns the logits of an untrained `nano` policy over the first decisions of three parallel episodes. The
 * first one ends after two decisions, and the last one takes its slot.
 */
export async function act(device: Device, decisions: number): Promise<number[]> {
  if (decisions > EPISODE_DECISIONS) throw new Error(`${decisions} decisions are too many`)
  const parameters = initialParameters(layout, rootKey(33))
  const islands = [1, 2, 3].map((seed) => new Island({ start: 'spawn', seed }))
  const runner = await PolicyRunner.create(device, { layout, parameters }, islands.length)
  const renderer = new Renderer()
  const random = new RandomStream(rootKey(34))
  const logits: number[] = []
  for (let decision = 0; decision < decisions; decision++) {
    if (decision === 2) {
      runner.move(2, 0)
      islands.splice(0, 1, ...islands.splice(2))
    }
    for (const [slot, island] of islands.entries()) {
      island.render(renderer, runner.frames, slot * FRAME_BYTES)
    }
    logits.push(...(await runner.act(islands.length)))
    for (const island of islands) island.step(random.below(ACTION_COUNT))
  }
  await runner.release()
  return logits
}

/**
 * Has a `small` policy, with fixed parameters or in training, make decisions for `islands` islands until
 * nothing is left to prepare, then calls `onReady` and makes one more.
 */
export async function decideOnce(
  device: Device,
  islands: number,
  parameters: 'fixed' | 'trained',
  onReady: () => void,
): Promise<void> {
  const small = parameterLayout(NETWORK_SIZES.small, 'policy')
  const initial = initialParameters(small, rootKey(35))
  const runner =
    parameters === 'fixed'
      ? await PolicyRunner.create(device, { layout: small, parameters: initial }, islands)
      : await PolicyRunner.forParameters(device, small, islands)
  if (parameters === 'trained') {
    const theta = await device.upload(float32([small.count], initial))
    await runner.setParameters(theta)
    theta.dispose()
  }
  await runner.act(islands)
  onReady()
  await runner.act(islands)
  await runner.release()
}
