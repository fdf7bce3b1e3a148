/** Reward models that score an evaluation, on the device that the policies act on. */

import type { Episode } from '../../island/index.ts'
import type { ImportedModel } from '../../network/index.ts'
import type { Device } from '../../runtime/index.ts'
import type { ModelSource } from '../worker/choices.ts'
import { messageOf } from '../worker/errors.ts'
import { ClipRewards } from './clip-rewards.ts'

export class RewardModels {
  /** Reason why each source could not be read, as a sentence; undefined for those that could. */
  readonly problems: readonly (string | undefined)[]
  readonly #models: readonly ImportedModel[]
  #loaded: { readonly device: Device; readonly members: readonly ClipRewards[] } | undefined

  private constructor(models: readonly ImportedModel[], problems: readonly (string | undefined)[]) {
    this.#models = models
    this.problems = problems
  }

  /** Reads the model files; those that cannot be read are left out, with the reason in `problems`. */
  static async read(
    sources: readonly ModelSource[],
    fetchReward: (source: ModelSource) => Promise<ImportedModel>,
  ): Promise<RewardModels> {
    const read = await Promise.allSettled(sources.map(fetchReward))
    return new RewardModels(
      read.flatMap((each) => (each.status === 'fulfilled' ? each.value : [])),
      read.map((each) => (each.status === 'rejected' ? messageOf(each.reason) : undefined)),
    )
  }

  /** Returns the running rewards of each episode by each reward model: `[episode][model][decision]`. */
  async look(device: Device, episodes: readonly Episode[]): Promise<Float32Array[][]> {
    const lists: Float32Array[][] = episodes.map(() => [])
    for (const member of await this.#membersOn(device)) {
      for (const [index, rewards] of (await member.of(episodes)).entries()) {
        lists[index]?.push(rewards)
      }
    }
    return lists
  }

  async release(): Promise<void> {
    for (const member of this.#loaded?.members ?? []) await member.release().catch(() => undefined)
    this.#loaded = undefined
  }

  async #membersOn(device: Device): Promise<readonly ClipRewards[]> {
    if (this.#loaded?.device === device) return this.#loaded.members
    await this.release()
    const members: ClipRewards[] = []
    for (const model of this.#models) members.push(await ClipRewards.load(device, model))
    this.#loaded = { device, members }
    return members
  }
}
