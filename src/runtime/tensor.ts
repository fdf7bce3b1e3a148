/** Tensors in the host's memory: what is fed to a graph and what is read from it. */
import type { ElementType } from '../graph/index.ts'

/** The types that cross the border of a graph. float16 stays inside, as initialisers only. */
export type TensorType = Exclude<ElementType, 'float16'>

/** The array that holds the elements of each type; bool as bytes of 0 and 1. */
interface Arrays {
  readonly float32: Float32Array
  readonly int32: Int32Array
  readonly int64: BigInt64Array
  readonly uint8: Uint8Array
  readonly bool: Uint8Array
}

/** A tensor of one type, row-major. */
export interface HostTensorOf<T extends TensorType> {
  readonly type: T
  readonly shape: readonly number[]
  readonly data: Arrays[T]
}

/** A tensor of any type, row-major; `type` tells which. */
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

/** Elements in a tensor of this shape. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1)
}

/** Bytes of a tensor of this type and shape. */
export function tensorBytes(type: TensorType, shape: readonly number[]): number {
  return elementCount(shape) * ELEMENT_BYTES[type]
}

/** "float32 [2, 3]", for messages. */
export function describeTensor(type: string, shape: readonly (number | string)[]): string {
  return `${type} [${shape.join(', ')}]`
}

/** A float32 tensor; zeros where no elements are given. */
export function float32(shape: readonly number[], data?: Float32Array): HostTensorOf<'float32'> {
  return fitting({ type: 'float32', shape, data: data ?? new Float32Array(elementCount(shape)) })
}

/** An int32 tensor; zeros where no elements are given. */
export function int32(shape: readonly number[], data?: Int32Array): HostTensorOf<'int32'> {
  return fitting({ type: 'int32', shape, data: data ?? new Int32Array(elementCount(shape)) })
}

/** A uint8 tensor; zeros where no elements are given. */
export function uint8(shape: readonly number[], data?: Uint8Array): HostTensorOf<'uint8'> {
  return fitting({ type: 'uint8', shape, data: data ?? new Uint8Array(elementCount(shape)) })
}

/** One float32 number, shape []. */
export function scalar(value: number): HostTensorOf<'float32'> {
  return float32([], Float32Array.of(value))
}

/** A copy that shares no memory with the original. */
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

/** Throws unless a tensor holds as many elements as its shape says. */
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
