/** Choice of the device that work continues on after its device failed. */
import type { Device } from '../../runtime/index.ts'
import { DeviceError, messageOf } from './errors.ts'

/** Device that work continues on after its device failed, and why, as a sentence. */
export interface Fallback {
  readonly choice: 'wasm'
  readonly reason: string
}

/**
 * Returns the fallback for a failed GPU: the WASM backend, which every browser has. Throws `DeviceError`
 * where that itself failed. `consequence` says what continues, such as "the agents continue".
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
