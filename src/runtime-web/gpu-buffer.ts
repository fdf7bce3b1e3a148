/** Upload to and download from GPU buffers. */

/** Allocation unit: onnxruntime binds whole buffers, in units of four 32-bit numbers. */
const UNIT_BYTES = 16

/** GPUBufferUsage and GPUMapMode flags, fixed by the specification but missing from TypeScript. */
const USAGE = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, storage: 0x80 }
const MAP_READ = 0x1

/** Creates a buffer with these elements that onnxruntime can bind. */
export function bufferOf(device: GPUDevice, data: ArrayBufferView): GPUBuffer {
  const buffer = device.createBuffer({
    size: roundUp(Math.max(1, data.byteLength)),
    usage: USAGE.storage | USAGE.copySource | USAGE.copyTarget,
  })
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  // The size of a write must be a multiple of four bytes.
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4)
  padded.set(bytes)
  device.queue.writeBuffer(buffer, 0, bytes.length === padded.length ? bytes : padded)
  return buffer
}

/** The first `size` bytes of a buffer. */
export interface GpuBytes {
  readonly buffer: GPUBuffer
  readonly size: number
}

/**
 * Copies the beginnings of several buffers to the host, in order, with a single readback: each readback
 * takes milliseconds, however small it is.
 */
export async function downloadBuffers(
  device: GPUDevice,
  parts: readonly GpuBytes[],
): Promise<ArrayBuffer[]> {
  if (parts.length === 0) return []
  const places: number[] = []
  let whole = 0
  for (const { size } of parts) {
    places.push(whole)
    whole += roundUp(size)
  }
  const staging = device.createBuffer({
    size: whole,
    usage: USAGE.mapRead | USAGE.copyTarget,
  })
  try {
    const encoder = device.createCommandEncoder()
    for (const [index, { buffer, size }] of parts.entries()) {
      const bytes = Math.ceil(size / 4) * 4
      encoder.copyBufferToBuffer(buffer, 0, staging, places[index] ?? 0, bytes)
    }
    device.queue.submit([encoder.finish()])
    await staging.mapAsync(MAP_READ)
    const mapped = staging.getMappedRange()
    return parts.map(({ size }, index) => {
      const from = places[index] ?? 0
      return mapped.slice(from, from + size)
    })
  } finally {
    staging.destroy()
  }
}

function roundUp(size: number): number {
  return Math.ceil(size / UNIT_BYTES) * UNIT_BYTES
}
