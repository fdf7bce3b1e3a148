/** Counts of what a page asks of the GPU, which need no GPU's speed. */

export interface GpuWork {
  /** Number of compute dispatches. */
  readonly dispatches: number
  /** Bytes copied to the GPU: writes to buffers, and buffers created with contents. */
  readonly uploaded: number
}

/**
 * Counts the work from now on in this thread, by wrapping WebGPU's methods; call it before a device is
 * opened, and once only.
 */
export function countGpuWork(): { take(): GpuWork } {
  let work = { dispatches: 0, uploaded: 0 }
  const pass = GPUComputePassEncoder.prototype
  const { dispatchWorkgroups, dispatchWorkgroupsIndirect } = pass
  pass.dispatchWorkgroups = function (...sizes) {
    work.dispatches++
    return dispatchWorkgroups.apply(this, sizes)
  }
  pass.dispatchWorkgroupsIndirect = function (...from) {
    work.dispatches++
    return dispatchWorkgroupsIndirect.apply(this, from)
  }
  const { writeBuffer } = GPUQueue.prototype
  GPUQueue.prototype.writeBuffer = function (...write) {
    const [, , data, , size] = write
    work.uploaded += size ?? data.byteLength
    return writeBuffer.apply(this, write)
  }
  const { createBuffer } = GPUDevice.prototype
  GPUDevice.prototype.createBuffer = function (descriptor) {
    if (descriptor.mappedAtCreation) work.uploaded += descriptor.size
    return createBuffer.call(this, descriptor)
  }
  return {
    /** Returns what was counted since the last call. */
    take: () => {
      const taken = work
      work = { dispatches: 0, uploaded: 0 }
      return taken
    },
  }
}
