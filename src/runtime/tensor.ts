/** Tensors in host memory, for feeding a graph and reading its outputs. */
import type { ElementType } from '../graph/index.ts'

/** Element types of graph inputs and outputs; float16 is used only for initialisers. */
export type TensorType = Exclude<ElementType, 'float16'>

/** Typed array of each element type; bool is stored as bytes of 0 and 1. */
interface Arrays {
  readonly float32: Float32Array
  readonly int32: Int32Array
  readonly int64: BigInt64Array
  readonly uint8: Uint8Array
  readonly bool: Uint8Array
}

/** A row-major tensor of one element type. */
export interface HostTensorOf<T extends TensorType> {
  readonly type: T
  readonly shape: readonly number[]
  readonly data: Arrays[T]
}

/** A row-major tensor of any element type, discriminated by `type`. */
export type HostTensor = { [T in TensorType]: HostTensorOf<T> }[TensorType]

const ELEMENT_BYTES: Readonly<Record<TensorType, number>> = {
  float32: 4,
  int32: 4,
  int64: 8,
  uint8: 1,
  bool: 1,
}

export function isTensorType(type: string): type is TensorType {
  return type in ELEMENT_BYTES
}

/** Returns the number of elements in a tensor of this shape. */
function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1)
}

/** Returns the size in bytes of a tensor of this type and shape. */
export function tensorBytes(type: TensorType, shape: readonly number[]): number {
  return elementCount(shape) * ELEMENT_BYTES[type]
}

/** Formats a type and shape for messages, such as "float32 [2, 3]". */
export function describeTensor(type: string, shape: readonly (number | string)[]): string {
  return `${type} [${shape.join(', ')}]`
}

/** Creates a float32 tensor, zero by default; throws if `data` does not fit `shape`. */
export function float32(shape: readonly number[], data?: Float32Array): HostTensorOf<'float32'> {
  return fitting({ type: 'float32', shape, data: data ?? new Float32Array(elementCount(shape)) })
}

/** Creates an int32 tensor, zero by default; throws if `data` does not fit `shape`. */
export function int32(shape: readonly number[], data?: Int32Array): HostTensorOf<'int32'> {
  return fitting({ type: 'int32', shape, data: data ?? new Int32Array(elementCount(shape)) })
}

/** Creates a uint8 tensor, zero by default; throws if `data` does not fit `shape`. */
export function uint8(shape: readonly number[], data?: Uint8Array): HostTensorOf<'uint8'> {
  return fitting({ type: 'uint8', shape, data: data ?? new Uint8Array(elementCount(shape)) })
}

/** Creates a float32 scalar of shape []. */
export function scalar(value: number): HostTensorOf<'float32'> {
  return float32([], Float32Array.of(value))
}

/** Returns a copy with elements of its own. */
export function copyTensor(tensor: HostTensor): HostTensor {
  switch (tensor.type) {
    case 'float32':
      return { ...tensor, data: tensor.data.slice() }
    case 'int32':
      return { ...tensor, data: tensor.data.slice() }
    case 'int64':
      return { ...tensor, data: tensor.data.slice() }
    default:
      return { ...tensor, data: tensor.data.slice() }
  }
}

/** Throws unless a tensor has as many elements as its shape requires. */
export function checkLength({ type, shape, data }: HostTensor, name = 'A tensor'): void {
  const expected = elementCount(shape)
  if (data.length === expected) return
  throw new Error(
    `${name}: found ${data.length} elements, expected ${expected} for ${describeTensor(type, shape)}.`,
  )
}

function fitting<T extends HostTensor>(tensor: T): T {
  checkLength(tensor)
  return tensor
}
