/** Reward models that score running episodes in the acting worker. */
import { SerialQueue } from '../../runtime/index.ts'
import { type FetchedModel, fetchReward } from '../models/fetch-model.ts'
import type { Jury } from './protocol.ts'
import { RunningReward } from './running-reward.ts'
import type { OpenDevice, SharedDevice } from './shared-device.ts'

/** Maximum number of new decisions per model and call, so that agents' decisions run in between. */
const AT_A_TIME = 4

interface Juror {
  readonly model: FetchedModel
  readonly device: OpenDevice
  readonly reward: RunningReward
}

export function createJury(room: SharedDevice): Jury {
  const queue = new SerialQueue()
  let jurors: Juror[] = []

  async function seat(model: FetchedModel): Promise<Juror> {
    const { layout, parameters } = model
    // Reward models share the agents' device; before agents have one, the WASM backend will do.
    const device = room.device ?? (await room.deviceFor('wasm', model.bytes, layout.size))
    return { model, device, reward: await RunningReward.load(device.device, layout, parameters) }
  }

  async function dismiss(all: readonly Juror[]): Promise<void> {
    await Promise.all(all.map(({ reward }) => reward.release().catch(() => undefined)))
  }

  return {
    convene: (models) =>
      queue.add(async () => {
        const fetched = await Promise.all(models.map(fetchReward))
        await dismiss(jurors)
        jurors = []
        for (const model of fetched) jurors.push(await seat(model))
      }),
    rewards: (episode) =>
      queue.add(async () => {
        if (jurors.some(({ device }) => device !== room.device)) {
          const models = jurors.map(({ model }) => model)
          await dismiss(jurors)
          jurors = []
          for (const model of models) jurors.push(await seat(model))
        }
        const lists: Float32Array[] = []
        for (const { reward } of jurors) lists.push(await reward.follow(episode, AT_A_TIME))
        return lists
      }),
  }
}
