import type { Tensor } from 'onnxruntime-web/webgpu'
import { type HostTensor, hostTensor, isTensorType, tensorBytes } from '../runtime/index.ts'
import { downloadBuffers } from './gpu-buffer.ts'

/**
 * Copies tensors to the host with a single readback through our own staging buffer: onnxruntime reads
 * tensors one at a time, and only while the session that created them exists. Rejects for a type that
 * cannot be read.
 */
export async function downloadTensors<Name extends string>(
  device: GPUDevice,
  tensors: Readonly<Record<Name, Tensor>>,
): Promise<Record<Name, HostTensor>> {
  const all = Object.entries<Tensor>(tensors)
  // A tensor without elements has no buffer.
  const onGpu = all.filter(([, { location }]) => location === 'gpu-buffer')
  const bytes = await downloadBuffers(
    device,
    onGpu.map(([, tensor]) => ({ buffer: tensor.gpuBuffer, size: bytesOf(tensor) })),
  )
  const read = new Map(onGpu.map(([name], index) => [name, bytes[index]]))
  const hosts = all.map(([name, tensor]) => {
    const data = read.get(name)
    return [name, data === undefined ? hostTensor(tensor) : fromBytes(tensor, data)]
  })
  // Object.fromEntries loses the key type; the names are those of `tensors`.
  return Object.fromEntries(hosts) as Record<Name, HostTensor>
}

function bytesOf({ type, dims }: Tensor): number {
  if (!isTensorType(type)) throw new Error(`cannot read ${type}`)
  return tensorBytes(type, dims)
}

function fromBytes({ type, dims }: Tensor, bytes: ArrayBuffer): HostTensor {
  switch (type) {
    case 'float32':
      return { type, shape: dims, data: new Float32Array(bytes) }
    case 'int32':
      return { type, shape: dims, data: new Int32Array(bytes) }
    case 'int64':
      return { type, shape: dims, data: new BigInt64Array(bytes) }
    case 'uint8':
    case 'bool':
      return { type, shape: dims, data: new Uint8Array(bytes) }
    default:
      throw new Error(`cannot read ${type}`)
  }
}
