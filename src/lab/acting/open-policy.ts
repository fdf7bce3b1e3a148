/**
 * Opens the policies that a page chooses. The device is kept from model to model and shared by all
 * agents: an agent that requests another device closes it for the others.
 */

import { type FetchedModel, fetchPolicy } from '../models/fetch-model.ts'
import type { DeviceChoice } from '../worker/choices.ts'
import { fallBackFrom } from '../worker/device-fallback.ts'
import { DeviceError, messageOf } from '../worker/errors.ts'
import { NetworkPolicy } from './network-policy.ts'
import type { Policy } from './policy.ts'
import type { OpenPolicy, OpenPolicyModel } from './session.ts'
import type { SharedDevice } from './shared-device.ts'

/** Returns a function that opens policies on the shared device; concurrent calls download concurrently. */
export function policyOpener(sharedDevice: SharedDevice): OpenPolicy {
  return async ({ model, device }, onProgress) =>
    openOn(sharedDevice, await fetchPolicy(model, onProgress), device)
}

async function openOn(
  sharedDevice: SharedDevice,
  model: FetchedModel,
  choice: DeviceChoice,
  why?: string,
): Promise<OpenPolicyModel> {
  const { bytes, card, layout } = model
  const { device, reason } = await sharedDevice.acquire(choice, bytes, layout.size)
  const policy = await NetworkPolicy.load(device, model).catch((error: unknown) => {
    throw new DeviceError(messageOf(error))
  })
  return {
    policy: explaining(policy),
    opened: {
      device: device.kind === 'webgpu' ? 'webgpu' : 'wasm',
      deviceName: device.name,
      reason: why ?? reason,
      stage: card.stage,
      parameters: layout.count,
    },
    reopen: async (error) => {
      const { choice, reason } = fallBackFrom(device, error, 'the agents continue')
      return openOn(sharedDevice, model, choice, reason)
    },
  }
}

/** Wraps a policy so that a failed `act` rejects with `DeviceError` and a failed `close` is ignored. */
function explaining(policy: Policy): Policy {
  return {
    reset: (key, temperature) => policy.reset(key, temperature),
    rewind: (decisions) => policy.rewind(decisions),
    act: async (frame) => {
      try {
        return await policy.act(frame)
      } catch (error) {
        throw new DeviceError(messageOf(error))
      }
    },
    close: () => policy.close().catch(() => undefined),
  }
}
