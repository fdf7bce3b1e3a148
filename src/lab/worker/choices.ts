/** Choices that pages make for every worker: a model file and a device. */

export type DeviceChoice = 'auto' | 'webgpu' | 'wasm'
export const DEVICE_CHOICES: readonly DeviceChoice[] = ['auto', 'webgpu', 'wasm']

/** Origin of a model file: a URL, or the bytes of a file that a visitor gave. */
export type ModelSource =
  | { readonly kind: 'url'; readonly url: string; readonly sha256?: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

/** Receives the downloaded share of a model file, 0…1. */
export type OnProgress = (part: number) => void
