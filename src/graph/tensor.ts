/** Elements in memory: making them from numbers, and float16, which JavaScript has no array for. */
import type { ElementType, Tensor, TensorData } from './types.ts'

/** Bytes in one element. */
export const ELEMENT_BYTES: Readonly<Record<ElementType, number>> = {
  float32: 4,
  float16: 2,
  int32: 4,
  int64: 8,
  uint8: 1,
  bool: 1,
}

/** ONNX's numbers for the element types (`TensorProto.DataType`). */
export const DATA_TYPES: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
}

const scratchFloat = new Float32Array(1)
const scratchBits = new Uint32Array(scratchFloat.buffer)

/** The bits of the nearest float16 (ties to even); beyond ±65,504 it becomes infinite. */
export function float16Bits(value: number): number {
  scratchFloat[0] = value
  const bits = scratchBits[0] ?? 0
  const sign = (bits >>> 16) & 0x8000
  const magnitude = bits & 0x7fffffff
  if (magnitude > 0x7f800000) return sign | 0x7e00
  if (magnitude >= 0x477ff000) return sign | 0x7c00
  if (magnitude < 0x38800000) {
    // Subnormal in float16: its unit is 2^-24, and this sum rounds to even by itself.
    scratchFloat[0] = Math.abs(value) + 0.5
    return sign | ((scratchBits[0] ?? 0) - 0x3f000000)
  }
  const odd = (magnitude >>> 13) & 1
  return sign | ((magnitude - 0x38000000 + 0xfff + odd) >>> 13)
}

/** The number that float16 bits stand for. */
export function float16Value(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >>> 10) & 31
  const fraction = bits & 0x3ff
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  if (exponent === 0) return (sign * fraction) / 16_777_216
  scratchBits[0] = ((exponent + 112) << 23) | (fraction << 13)
  return sign * (scratchFloat[0] ?? 0)
}

export function toFloat16(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, float16Bits)
}

export function fromFloat16(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, float16Value)
}

/** Elements of a type from plain numbers. */
export function tensorData(type: ElementType, values: readonly number[]): TensorData {
  switch (type) {
    case 'float32':
      return Float32Array.from(values)
    case 'float16':
      return Uint16Array.from(values, float16Bits)
    case 'int32':
      return Int32Array.from(values)
    case 'int64':
      return BigInt64Array.from(values, BigInt)
    case 'uint8':
      return Uint8Array.from(values)
    case 'bool':
      return Uint8Array.from(values, (value) => (value ? 1 : 0))
  }
}

const ARRAY_NAMES: Readonly<Record<ElementType, string>> = {
  float32: 'Float32Array',
  float16: 'Uint16Array',
  int32: 'Int32Array',
  int64: 'BigInt64Array',
  uint8: 'Uint8Array',
  bool: 'Uint8Array',
}

/** Throws unless the elements are of the type's array and as many as the shape says. */
export function checkTensor(name: string, { type, shape, data }: Tensor): void {
  const expected = shape.reduce((product, dim) => product * dim, 1)
  if (data.constructor.name !== ARRAY_NAMES[type]) {
    throw new Error(
      `Tensor "${name}": found a ${data.constructor.name} for ${type}, expected a ${ARRAY_NAMES[type]}.`,
    )
  }
  if (data.length !== expected) {
    throw new Error(
      `Tensor "${name}": found ${data.length} elements, expected ${expected} for [${shape.join(', ')}].`,
    )
  }
}

/** The elements' bytes, without a copy. Little-endian, as ONNX wants them and all our hosts are. */
export function tensorBytes(data: TensorData): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

/** Elements from little-endian bytes, copied so that they are aligned. */
export function dataFromBytes(type: ElementType, bytes: Uint8Array): TensorData {
  const { buffer } = bytes.slice()
  switch (type) {
    case 'float32':
      return new Float32Array(buffer)
    case 'float16':
      return new Uint16Array(buffer)
    case 'int32':
      return new Int32Array(buffer)
    case 'int64':
      return new BigInt64Array(buffer)
    default:
      return new Uint8Array(buffer)
  }
}
