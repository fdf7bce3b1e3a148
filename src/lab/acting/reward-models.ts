/** Reward models that score running episodes in the acting worker. */
import { SerialQueue } from '../../runtime/index.ts'
import { type FetchedModel, fetchReward } from '../models/fetch-model.ts'
import type { RewardScorer } from './protocol.ts'
import { RunningReward } from './running-reward.ts'
import type { OpenDevice, SharedDevice } from './shared-device.ts'

/** Maximum number of new decisions per model and call, so that agents' decisions run in between. */
const AT_A_TIME = 4

interface LoadedReward {
  readonly model: FetchedModel
  readonly device: OpenDevice
  readonly reward: RunningReward
}

export function createRewardScorer(sharedDevice: SharedDevice): RewardScorer {
  const queue = new SerialQueue()
  let loaded: LoadedReward[] = []

  async function load(model: FetchedModel): Promise<LoadedReward> {
    // Reward models share the agents' device; before agents have one, the WASM backend will do.
    const device =
      sharedDevice.device ?? (await sharedDevice.acquire('wasm', model.bytes, model.layout.size))
    return { model, device, reward: await RunningReward.load(device.device, model) }
  }

  async function release(all: readonly LoadedReward[]): Promise<void> {
    await Promise.all(all.map(({ reward }) => reward.release().catch(() => undefined)))
  }

  return {
    openModels: (models) =>
      queue.add(async () => {
        const fetched = await Promise.all(models.map(fetchReward))
        await release(loaded)
        loaded = []
        for (const model of fetched) loaded.push(await load(model))
      }),
    rewards: (episode) =>
      queue.add(async () => {
        if (loaded.some(({ device }) => device !== sharedDevice.device)) {
          const models = loaded.map(({ model }) => model)
          await release(loaded)
          loaded = []
          for (const model of models) loaded.push(await load(model))
        }
        const lists: Float32Array[] = []
        for (const { reward } of loaded) lists.push(await reward.follow(episode, AT_A_TIME))
        return lists
      }),
  }
}
