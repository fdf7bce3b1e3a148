/** A reward model that looks on: what it would give a clip that ended with each decision. */
import { PolicyRunner } from '../../alignment/index.ts'
import { encodeModel } from '../../graph/index.ts'
import { type Episode, Renderer } from '../../island/index.ts'
import {
  type ParameterLayout,
  rewardStepGraph,
  weightsAsInitializers,
} from '../../network/index.ts'
import type { Device } from '../../runtime/index.ts'
import { islandAfter } from './island-after.ts'

export class RunningReward {
  readonly #runner: PolicyRunner
  readonly #renderer = new Renderer()
  /** What was looked at so far, and what came of it. */
  #seen: Omit<Episode, 'worldVersion'> = { start: 'spawn', seed: -1, actions: new Uint16Array() }
  #rewards: number[] = []

  private constructor(runner: PolicyRunner) {
    this.#runner = runner
  }

  static async load(
    device: Device,
    layout: ParameterLayout,
    parameters: Float32Array,
  ): Promise<RunningReward> {
    const graph = rewardStepGraph(layout.size, (builder) =>
      weightsAsInitializers(builder, layout, parameters),
    )
    return new RunningReward(await PolicyRunner.create(device, encodeModel(graph), layout.size, 1))
  }

  /**
   * Rewards of the first decisions of the episode; at most `more` decisions are looked at that were
   * not seen before. What an earlier episode has in common with this one is not looked at again.
   */
  async follow(episode: Episode, more: number): Promise<Float32Array> {
    const { actions } = episode
    const known = Math.min(this.#common(episode), this.#rewards.length)
    this.#rewards.length = known
    this.#runner.reset(0, known)
    const until = Math.min(actions.length, known + more)
    this.#seen = { ...episode, actions: actions.slice(0, until) }
    const island = islandAfter(episode, actions.subarray(0, known))
    for (let decision = known; decision < until; decision++) {
      island.render(this.#renderer, this.#runner.frames)
      const [reward = Number.NaN] = await this.#runner.act(1)
      this.#rewards.push(reward)
      island.step(actions[decision] ?? 0)
    }
    return Float32Array.from(this.#rewards)
  }

  release(): Promise<void> {
    return this.#runner.release()
  }

  /** Decisions for which the frames are those that were seen before. */
  #common({ start, seed, actions }: Episode): number {
    const { actions: seen } = this.#seen
    if (start !== this.#seen.start || seed !== this.#seen.seed) return 0
    const other = seen.findIndex((action, index) => action !== actions[index])
    // A decision is judged by the frame before it, which its own action does not change.
    return other < 0 ? seen.length : other + 1
  }
}
