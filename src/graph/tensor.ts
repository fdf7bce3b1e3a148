/** Tensor elements in memory, and float16, which is stored as bits in a Uint16Array. */
import type { ElementType, Tensor, TensorData } from './types.ts'

/** Bytes per element. */
export const ELEMENT_BYTES: Readonly<Record<ElementType, number>> = {
  float32: 4,
  float16: 2,
  int32: 4,
  int64: 8,
  uint8: 1,
  bool: 1,
}

/** ONNX type numbers of the element types (`TensorProto.DataType`). */
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

/** Returns the bits of the nearest float16 (ties to even); magnitudes from 65,520 on become infinite. */
function float16Bits(value: number): number {
  scratchFloat[0] = value
  const bits = scratchBits[0] ?? 0
  const sign = (bits >>> 16) & 0x8000
  const magnitude = bits & 0x7fffffff
  if (magnitude > 0x7f800000) return sign | 0x7e00
  if (magnitude >= 0x477ff000) return sign | 0x7c00
  if (magnitude < 0x38800000) {
    // Subnormal in float16, with unit 2^-24: adding 0.5 in float32 rounds to it, ties to even.
    scratchFloat[0] = Math.abs(value) + 0.5
    return sign | ((scratchBits[0] ?? 0) - 0x3f000000)
  }
  const odd = (magnitude >>> 13) & 1
  return sign | ((magnitude - 0x38000000 + 0xfff + odd) >>> 13)
}

/** Returns the number that float16 bits represent. */
function float16Value(bits: number): number {
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

/** Converts plain numbers to elements of a type; float16 and float32 round to nearest. */
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

/** Throws unless the data is the type's typed array with as many elements as the shape has. */
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

/** Returns a view of the elements' bytes: little-endian, as ONNX requires and all our hosts are. */
export function tensorBytes(data: TensorData): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

/** Converts little-endian bytes to elements, copying them for alignment. */
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
