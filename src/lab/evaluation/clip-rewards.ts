/** Running reward of whole episodes: the reward at every decision, in a single pass. */
import { RewardModel, type SeenClip } from '../../alignment/index.ts'
import type { Episode } from '../../island/index.ts'
import type { ImportedModel } from '../../network/index.ts'
import { renderEpisodes } from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'

export class ClipRewards {
  readonly #model: RewardModel
  /** Weights of the linear read-out, `[width]`; its bias is `#offset`. */
  readonly #weights: Float32Array
  readonly #offset: number

  private constructor(model: RewardModel, head: Float32Array) {
    this.#model = model
    this.#weights = head.subarray(0, -1)
    this.#offset = head.at(-1) ?? 0
  }

  static async load(device: Device, { layout, parameters }: ImportedModel): Promise<ClipRewards> {
    const model = await RewardModel.create(device, layout, parameters)
    return new ClipRewards(model, parameters.slice(0, layout.headCount))
  }

  /**
   * Returns, for each episode, the reward of the clip that ends with each decision, `[decisions]`: the
   * read-out of the trunk's features at that decision, as the trunk is causal.
   */
  async of(episodes: readonly Episode[]): Promise<Float32Array[]> {
    const { steps } = await this.#model.score(renderEpisodes(episodes))
    return steps.map((features) => this.#readOut(features))
  }

  /** Returns the reward of each clip as a whole. */
  ofClips(clips: readonly SeenClip[]): Promise<Float32Array> {
    return this.#model.rewards(clips)
  }

  release(): Promise<void> {
    return this.#model.release()
  }

  /** Maps features `[decisions × width]` to rewards `[decisions]`. */
  #readOut(features: Float32Array): Float32Array {
    const width = this.#weights.length
    return Float32Array.from({ length: features.length / width }, (_, decision) => {
      const first = decision * width
      let reward = this.#offset
      for (let index = 0; index < width; index++) {
        reward += (features[first + index] ?? 0) * (this.#weights[index] ?? 0)
      }
      return reward
    })
  }
}
