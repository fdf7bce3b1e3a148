/** Conversions from onnxruntime's tensors and metadata, the same in all its builds, to this project's. */
import type { Port } from './device.ts'
import { describeTensor, type HostTensor } from './tensor.ts'

/** Fields common to the tensors of all builds whose elements are in host memory. */
interface ReadableTensor {
  readonly type: string
  readonly dims: readonly number[]
  readonly data: unknown
}

type Metadata = { readonly name: string } & (
  | { readonly isTensor: false }
  | {
      readonly isTensor: true
      readonly type: string
      readonly shape: readonly (number | string)[]
    }
)

/** Converts an onnxruntime tensor without copying; throws for an unsupported element type. */
export function hostTensor({ type, dims: shape, data }: ReadableTensor): HostTensor {
  if (type === 'float32' && data instanceof Float32Array) return { type, shape, data }
  if (type === 'int32' && data instanceof Int32Array) return { type, shape, data }
  if (type === 'int64' && data instanceof BigInt64Array) return { type, shape, data }
  if ((type === 'uint8' || type === 'bool') && data instanceof Uint8Array) {
    return { type, shape, data }
  }
  throw new Error(
    `Found ${describeTensor(type, shape)}, expected float32, int32, int64, uint8 or bool. Cast it in the graph.`,
  )
}

/** Returns the ports of a session's inputs or outputs; throws if one is not a tensor. */
export function ports(metadata: readonly Metadata[]): Port[] {
  return metadata.map((port) => {
    if (port.isTensor) return { name: port.name, type: port.type, shape: port.shape }
    throw new Error(`"${port.name}" is a sequence or a map, expected a tensor.`)
  })
}
