/** The little of WebGPU that is used here; TypeScript's DOM library has none of it yet. */

export interface GpuBuffer {
  readonly size: number
  mapAsync(mode: number): Promise<void>
  getMappedRange(): ArrayBuffer
  unmap(): void
  destroy(): void
}

declare global {
  /** onnxruntime's types take the type of its buffers from here. */
  var GPUBuffer: { readonly prototype: GpuBuffer }
}

export interface GpuDevice {
  readonly limits: GpuLimits
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>
  readonly queue: {
    submit(commands: readonly object[]): void
    writeBuffer(buffer: GpuBuffer, offset: number, data: Uint8Array): void
  }
  createBuffer(descriptor: { size: number; usage: number }): GpuBuffer
  createCommandEncoder(): {
    copyBufferToBuffer(
      source: GpuBuffer,
      sourceOffset: number,
      target: GpuBuffer,
      targetOffset: number,
      size: number,
    ): void
    finish(): object
  }
  destroy(): void
}

export type GpuLimits = Readonly<Record<string, number>>

export interface GpuAdapter {
  readonly features: ReadonlySet<string>
  readonly limits: GpuLimits
  readonly info: {
    readonly vendor: string
    readonly architecture: string
    readonly description: string
    readonly isFallbackAdapter?: boolean
  }
  requestDevice(descriptor: {
    requiredFeatures: readonly string[]
    requiredLimits: GpuLimits
  }): Promise<GpuDevice>
}

export interface Gpu {
  requestAdapter(options: { powerPreference?: PowerPreference }): Promise<GpuAdapter | null>
}

export type PowerPreference = 'low-power' | 'high-performance'

/** Flags of GPUBufferUsage and GPUMapMode, fixed by the specification. */
export const USAGE = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, storage: 0x80 }
export const MAP_READ = 0x1

/** This page's or worker's WebGPU, where it has one. */
export function gpu(): Gpu | undefined {
  // `navigator.gpu` is not in the types.
  return (navigator as { gpu?: Gpu }).gpu
}
