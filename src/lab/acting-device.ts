/** Which device the acting worker uses, and why: the fastest on this very model, or the one named. */
import { EPISODE_DECISIONS, FRAME_HEIGHT, FRAME_WIDTH } from '../island/index.ts'
import { cacheNames, headWidth, type NetworkSize } from '../network/index.ts'
import { chooseDevice, type Device, type Feeds } from '../runtime/index.ts'
import { createWasmDevice, createWebGpuDevice, webCandidates } from '../runtime-web/index.ts'
import { DeviceError, messageOf } from './errors.ts'
import type { DeviceChoice } from './protocol.ts'

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
    return await chooseDevice(webCandidates(), { model, feeds: oneDecision(size) }, clock)
  } catch (error) {
    const asked = choice === 'auto' ? '' : 'The address asks for WebGPU, but: '
    throw new DeviceError(`${asked}${messageOf(error)}`)
  }
}

function named(device: Device): ChosenDevice {
  const emulated = device.emulated ? ' The processor emulates it, so it is very slow.' : ''
  return { device, reason: `${device.name}, asked for in the address.${emulated}` }
}

/** Feeds of the step graph for one island: what acting does ten times a second. */
function oneDecision(size: NetworkSize): Feeds {
  const side = [1, size.heads, EPISODE_DECISIONS, headWidth(size)]
  const zeros = () => new Float32Array(EPISODE_DECISIONS * size.width)
  const caches = Array.from({ length: size.layers }, (_, layer) => cacheNames(layer)).flatMap(
    ({ keys, values }) => [keys, values],
  )
  return {
    frames: {
      type: 'uint8',
      shape: [1, FRAME_HEIGHT, FRAME_WIDTH, 3],
      data: new Uint8Array(FRAME_HEIGHT * FRAME_WIDTH * 3).fill(128),
    },
    position: { type: 'int32', shape: [1], data: new Int32Array(1) },
    ...Object.fromEntries(
      caches.map((name) => [name, { type: 'float32', shape: side, data: zeros() } as const]),
    ),
  }
}
