/** Which device the acting worker uses, and why: the fastest on this very model, or the one named. */
import type { NetworkSize } from '../network/index.ts'
import { chooseDevice, type Device } from '../runtime/index.ts'
import { createWasmDevice, createWebGpuDevice, webCandidates } from '../runtime-web/index.ts'
import { DeviceError, messageOf } from './errors.ts'
import type { DeviceChoice } from './protocol.ts'
import { stepFeeds } from './step-feeds.ts'

export interface ChosenDevice {
  readonly device: Device
  readonly reason: string
}

/** Throws `DeviceError` where there is none. `clock` is in milliseconds. */
export async function openActingDevice(
  choice: DeviceChoice,
  model: Uint8Array,
  size: NetworkSize,
  clock: () => number,
): Promise<ChosenDevice> {
  try {
    if (choice === 'wasm') {
      return named(await createWasmDevice())
    }
    if (choice === 'webgpu') return named(await createWebGpuDevice())
    return await chooseDevice(webCandidates(), [{ model, feeds: stepFeeds(size, 1) }], clock)
  } catch (error) {
    const asked = choice === 'auto' ? '' : 'The address asks for WebGPU, but: '
    throw new DeviceError(`${asked}${messageOf(error)}`)
  }
}

function named(device: Device): ChosenDevice {
  const emulated = device.emulated ? ' The processor emulates it, so it is very slow.' : ''
  return { device, reason: `${device.name}, asked for in the address.${emulated}` }
}
