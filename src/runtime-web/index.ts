import type { Candidate } from '../runtime/index.ts'
import { createWasmDevice } from './wasm-device.ts'
import { createWebGpuDevice } from './webgpu-device.ts'

export { createWasmDevice, type WasmOptions } from './wasm-device.ts'
export { createWebGpuDevice, type WebGpuOptions } from './webgpu-device.ts'

/** What a browser may have, for `chooseDevice`: the processor first, to hold the GPU against. */
export function webCandidates(): readonly Candidate[] {
  return [
    { kind: 'wasm', open: () => createWasmDevice() },
    { kind: 'webgpu', open: () => createWebGpuDevice() },
  ]
}
