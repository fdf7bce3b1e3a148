import type { Device, DeviceCandidate } from '../runtime/index.ts'
import { createWasmDevice } from './wasm-device.ts'
import { createWebGpuDevice } from './webgpu-device.ts'

export { createWasmDevice } from './wasm-device.ts'
export { createWebGpuDevice } from './webgpu-device.ts'

/** Returns a browser's candidates for `chooseDevice`: WASM first, as the reference for the GPU. */
export function webCandidates(
  openWasm: () => Promise<Device> = () => createWasmDevice(),
): readonly DeviceCandidate[] {
  return [
    { kind: 'wasm', open: openWasm },
    { kind: 'webgpu', open: () => createWebGpuDevice() },
  ]
}
