/** Memory of the GPU: filled from the host, and read back. */
import { type GpuBuffer, type GpuDevice, MAP_READ, USAGE } from './webgpu-types.ts'

/** onnxruntime binds buffers whole, in units of four numbers. */
const UNIT_BYTES = 16

/** A new buffer with these elements, that onnxruntime can bind. */
export function bufferOf(device: GpuDevice, data: ArrayBufferView): GpuBuffer {
  const buffer = device.createBuffer({
    size: roundUp(Math.max(1, data.byteLength)),
    usage: USAGE.storage | USAGE.copySource | USAGE.copyTarget,
  })
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  // Writes have to be whole multiples of four bytes.
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4)
  padded.set(bytes)
  device.queue.writeBuffer(buffer, 0, bytes.length === padded.length ? bytes : padded)
  return buffer
}

/** The first `size` bytes of a buffer. */
export async function downloadBuffer(
  device: GpuDevice,
  buffer: GpuBuffer,
  size: number,
): Promise<ArrayBuffer> {
  const whole = Math.ceil(size / 4) * 4
  const staging = device.createBuffer({ size: whole, usage: USAGE.mapRead | USAGE.copyTarget })
  try {
    const encoder = device.createCommandEncoder()
    encoder.copyBufferToBuffer(buffer, 0, staging, 0, whole)
    device.queue.submit([encoder.finish()])
    await staging.mapAsync(MAP_READ)
    return staging.getMappedRange().slice(0, size)
  } finally {
    staging.destroy()
  }
}

function roundUp(size: number): number {
  return Math.ceil(size / UNIT_BYTES) * UNIT_BYTES
}
