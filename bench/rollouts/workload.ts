/** Lockstep rollouts with the parts of a decision timed separately, identical natively and in a browser. */
import { PolicyRunner, sampleAction } from '../../src/alignment/index.ts'
import {
  EPISODE_DECISIONS,
  FRAME_BYTES,
  Island,
  RandomStream,
  Renderer,
  rootKey,
} from '../../src/island/index.ts'
import { initialParameters, NETWORK_SIZES, parameterLayout } from '../../src/network/index.ts'
import type { Device } from '../../src/runtime/index.ts'

/** Times in milliseconds, summed over the timed decisions. */
export interface RolloutTimes {
  readonly decisions: number
  readonly rendering: number
  readonly inference: number
  /** Sampling actions from the logits. */
  readonly sampling: number
  readonly physics: number
}

/**
 * Plays full episodes of 100 decisions on `islands` islands with the `small` network and random
 * parameters, which do not affect the cost of a decision. Looks are generated before timing starts.
 */
export async function playTimed(
  device: Device,
  islands: number,
  clock: () => number,
): Promise<RolloutTimes> {
  const layout = parameterLayout(NETWORK_SIZES.small, 'policy')
  const parameters = initialParameters(layout, rootKey(1))
  const runner = await PolicyRunner.create(device, { layout, parameters }, islands)
  const renderer = new Renderer()
  const random = new RandomStream(rootKey(2))
  const played = Array.from({ length: islands }, (_, seed) => new Island({ start: 'spawn', seed }))
  for (const island of played) island.render(renderer, runner.frames)
  const sums = { decisions: 0, rendering: 0, inference: 0, sampling: 0, physics: 0 }
  for (let decision = 0; decision < EPISODE_DECISIONS; decision++) {
    const begun = clock()
    for (const [slot, island] of played.entries()) {
      island.render(renderer, runner.frames, slot * FRAME_BYTES)
    }
    const rendered = clock()
    const logits = await runner.act(islands)
    const inferred = clock()
    const actions = played.map((_, slot) => sampleAction(logits, slot, 1, random).action)
    const sampled = clock()
    for (const [slot, island] of played.entries()) {
      if (!island.over) island.step(actions[slot] ?? 0)
    }
    sums.decisions += islands
    sums.rendering += rendered - begun
    sums.inference += inferred - rendered
    sums.sampling += sampled - inferred
    sums.physics += clock() - sampled
  }
  await runner.release()
  return sums
}
