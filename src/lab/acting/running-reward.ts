/** Running reward of an episode: for each decision, the reward of the clip that ends with it. */
import { PolicyRunner } from '../../alignment/index.ts'
import { type Episode, Renderer, worldOf } from '../../island/index.ts'
import type { Network } from '../../network/index.ts'
import type { Device } from '../../runtime/index.ts'
import { islandAfter } from './island-after.ts'

export class RunningReward {
  readonly #runner: PolicyRunner
  readonly #renderer = new Renderer()
  /** Part of the latest episode that was scored; `#rewards` has its rewards. */
  #seen: Omit<Episode, 'worldVersion'> = { start: 'spawn', seed: -1, actions: new Uint16Array() }
  #rewards: number[] = []

  private constructor(runner: PolicyRunner) {
    this.#runner = runner
  }

  /** Loads a reward model. */
  static async load(device: Device, network: Network): Promise<RunningReward> {
    return new RunningReward(await PolicyRunner.create(device, network, 1))
  }

  /**
   * Returns the rewards of the first decisions of the episode, scoring at most `more` new ones. The
   * decisions that it has in common with the previous episode are not scored again.
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

  /** Returns the number of leading decisions whose frames were scored before. */
  #common({ actions, ...beginning }: Episode): number {
    const { actions: seen, start, seed } = this.#seen
    const isSame =
      beginning.start === start &&
      beginning.seed === seed &&
      worldOf(beginning) === worldOf(this.#seen)
    if (!isSame) return 0
    const other = seen.findIndex((action, index) => action !== actions[index])
    // A decision is scored by the frame before it, which its own action does not change.
    return other < 0 ? seen.length : other + 1
  }
}
