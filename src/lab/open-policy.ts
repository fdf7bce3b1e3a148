/**
 * Turns what a page chose into something that acts. The device is kept from model to model, and all
 * agents act on the same one: who asks for another takes it from the rest.
 */
import { SerialQueue } from '../runtime/index.ts'
import { type ChosenDevice, openActingDevice } from './acting-device.ts'
import type { OpenPolicy } from './acting-session.ts'
import { DeviceError, messageOf } from './errors.ts'
import { fetchModel } from './fetch-model.ts'
import { NetworkPolicy } from './network-policy.ts'
import type { Policy } from './policy.ts'
import type { DeviceChoice } from './protocol.ts'

interface OpenDevice extends ChosenDevice {
  readonly choice: DeviceChoice
  lost: boolean
}

/** `clock` is in milliseconds, from any origin. Models that are asked for at once load at once. */
export function policyOpener(clock: () => number): OpenPolicy {
  let open: OpenDevice | undefined
  const queue = new SerialQueue()

  async function deviceFor(choice: DeviceChoice, ...model: ModelOnDevice): Promise<OpenDevice> {
    if (open && !open.lost && open.choice === choice) return open
    await open?.device.close().catch(() => undefined)
    open = undefined
    const chosen = await openActingDevice(choice, ...model, clock)
    const opened: OpenDevice = { ...chosen, choice, lost: false }
    void chosen.device.lost.then(() => {
      opened.lost = true
    })
    open = opened
    return opened
  }

  return async ({ model, device: choice }, onProgress) => {
    const { bytes, card, layout } = await fetchModel(model, onProgress)
    const chosen = await queue.add(() => deviceFor(choice, bytes, layout.size))
    const { device, reason } = chosen
    const policy = await NetworkPolicy.load(device, bytes, layout.size).catch((error: unknown) => {
      throw new DeviceError(messageOf(error))
    })
    return {
      policy: explaining(policy, chosen),
      opened: {
        device: device.kind === 'webgpu' ? 'webgpu' : 'wasm',
        deviceName: device.name,
        reason,
        stage: card.stage,
        parameters: layout.count,
      },
    }
  }
}

type ModelOnDevice = [
  model: Parameters<typeof openActingDevice>[1],
  size: Parameters<typeof openActingDevice>[2],
]

/** A policy whose failures say whether the device is to blame. */
function explaining(policy: Policy, device: OpenDevice): Policy {
  return {
    reset: (key, temperature) => policy.reset(key, temperature),
    act: async (frame) => {
      try {
        return await policy.act(frame)
      } catch (error) {
        if (!device.lost) throw new DeviceError(messageOf(error))
        throw new DeviceError(
          'The GPU was lost in the middle of an episode. Try again to open it anew, or use the ' +
            'processor instead.',
        )
      }
    },
    close: () => policy.close().catch(() => undefined),
  }
}
