/** One policy for devices: which one a worker opens, and how it goes on where a device fails. */
import { type Calibration, chooseDevice, type Device } from '../../runtime/index.ts'
import { createWebGpuDevice, webCandidates } from '../../runtime-web/index.ts'
import type { DeviceChoice } from './choices.ts'
import { DeviceError, messageOf } from './errors.ts'

export interface ChosenDevice {
  readonly device: Device
  /** Why this device, as a sentence. */
  readonly reason: string
}

export interface DeviceOptions {
  /** Opens the WASM backend, with as many threads as the worker may use. */
  openWasm(): Promise<Device>
  /** Returns samples of the work, by which the faster device is chosen. */
  calibrations(): readonly Calibration[]
  /** Time in milliseconds, from any origin. */
  clock(): number
}

/**
 * Opens the device that was asked for, or else the one that is faster on the samples. Rejects with
 * `DeviceError` where there is none.
 */
export async function openDevice(
  choice: DeviceChoice,
  { openWasm, calibrations, clock }: DeviceOptions,
): Promise<ChosenDevice> {
  try {
    if (choice === 'wasm') return asked(await openWasm())
    if (choice === 'webgpu') return asked(await createWebGpuDevice())
    return await chooseDevice(webCandidates(openWasm), calibrations(), clock)
  } catch (error) {
    const wish = choice === 'webgpu' ? 'The address asks for WebGPU, but: ' : ''
    throw new DeviceError(`${wish}${messageOf(error)}`)
  }
}

function asked(device: Device): ChosenDevice {
  const emulated = device.emulated ? ' It is emulated on the CPU, so it is very slow.' : ''
  return { device, reason: `${device.name}, asked for in the address.${emulated}` }
}

/** Device that work continues on after its device failed, and why, as a sentence. */
export interface Fallback {
  readonly choice: 'wasm'
  readonly reason: string
}

/**
 * Returns the device to continue on where `failed` is a GPU: WASM, which every browser has. There is
 * nothing to fall back to from WASM, so then it throws `DeviceError`. `consequence` says what
 * continues, such as "the agents continue".
 */
export function fallBackFrom(
  failed: Pick<Device, 'kind'>,
  error: unknown,
  consequence: string,
): Fallback {
  if (failed.kind !== 'webgpu') throw new DeviceError(messageOf(error))
  return {
    choice: 'wasm',
    reason: `The GPU failed: ${consequence} on the CPU. ${messageOf(error)}`,
  }
}
