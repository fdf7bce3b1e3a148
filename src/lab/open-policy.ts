/**
 * Turns what a page chose into something that acts. The device is kept from model to model, and all
 * agents act on the same one: who asks for another takes it from the rest.
 */
import type { ActingRoom } from './acting-room.ts'
import type { OpenPolicy, OpenPolicyModel } from './acting-session.ts'
import { DeviceError, messageOf } from './errors.ts'
import { type FetchedModel, fetchPolicy } from './fetch-model.ts'
import { NetworkPolicy } from './network-policy.ts'
import type { Policy } from './policy.ts'
import type { DeviceChoice } from './protocol.ts'

/** Models that are asked for at once load at once. */
export function policyOpener(room: ActingRoom): OpenPolicy {
  return async ({ model, device }, onProgress) =>
    openOn(room, await fetchPolicy(model, onProgress), device)
}

async function openOn(
  room: ActingRoom,
  model: FetchedModel,
  choice: DeviceChoice,
  why?: string,
): Promise<OpenPolicyModel> {
  const { bytes, card, layout } = model
  const { device, reason } = await room.deviceFor(choice, bytes, layout.size)
  const policy = await NetworkPolicy.load(device, bytes, layout.size).catch((error: unknown) => {
    throw new DeviceError(messageOf(error))
  })
  const isGpu = device.kind === 'webgpu'
  return {
    policy: explaining(policy),
    opened: {
      device: isGpu ? 'webgpu' : 'wasm',
      deviceName: device.name,
      reason: why ?? reason,
      stage: card.stage,
      parameters: layout.count,
    },
    ...(isGpu
      ? {
          reopen: (error: unknown) =>
            openOn(
              room,
              model,
              'wasm',
              `The GPU gave up, the processor goes on. ${messageOf(error)}`,
            ),
        }
      : {}),
  }
}

/** A policy whose failures are said to be its device's. */
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
