/** Choice of the device that a worker opens. */
import { type Calibration, chooseDevice, type Device } from '../../runtime/index.ts'
import { createWebGpuDevice, webCandidates } from '../../runtime-web/index.ts'
import type { DeviceChoice } from './choices.ts'
import { DeviceError, messageOf } from './errors.ts'

export interface ChosenDevice {
  readonly device: Device
  /** Reason for the choice, as a sentence. */
  readonly reason: string
}

export interface DeviceOptions {
  /** Opens the WASM backend, with as many threads as the worker may use. */
  openWasm(): Promise<Device>
  /** Returns samples of the work, by which the faster device is chosen. */
  calibrations(): readonly Calibration[]
  /** Returns the time in milliseconds, from any origin. */
  clock(): number
}

/**
 * Opens the chosen device; for `auto`, the one that is faster on the calibrations. Rejects with
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
    const wish = choice === 'webgpu' ? 'WebGPU was requested, but: ' : ''
    throw new DeviceError(`${wish}${messageOf(error)}`)
  }
}

function asked(device: Device): ChosenDevice {
  const emulated = device.emulated ? ' It is emulated on the CPU, so it is very slow.' : ''
  return { device, reason: `${device.name}, as requested in the URL.${emulated}` }
}
