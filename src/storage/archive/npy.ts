/**
 * NumPy's format for a single array
 * (numpy.org/doc/stable/reference/generated/numpy.lib.format.html, version 1.0): magic bytes, the
 * length of the header, the header as a Python literal, then the data. The decoder accepts only the
 * subset that the encoder writes: little-endian, C order, few types.
 */
import { damaged } from './errors.ts'

type Numbers =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int32Array
  | Float32Array
  | Float64Array
  | BigInt64Array

/** Array: numbers of any shape, or a list of texts. */
export interface NpyArray {
  readonly shape: readonly number[]
  readonly values: Numbers | readonly string[]
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0] as const
const PREAMBLE = MAGIC.length + 2
/** Maximum text length in code points; Jumppad writes no longer ones. */
const LONGEST_TEXT = 1000

/** Typed array of each NumPy type. Typed arrays are little-endian on every machine that browsers run on. */
const TYPES = {
  '|u1': Uint8Array,
  '|i1': Int8Array,
  '<u2': Uint16Array,
  '<i4': Int32Array,
  '<f4': Float32Array,
  '<f8': Float64Array,
  '<i8': BigInt64Array,
} as const
type TypeName = keyof typeof TYPES
const TYPE_NAMES = Object.keys(TYPES).filter((name) => name in TYPES) as TypeName[] // its own keys

/** Returns an array of numbers or texts; one-dimensional unless a shape is given. */
export function npyArray(values: NpyArray['values'], shape = [values.length]): NpyArray {
  return { shape, values }
}

export function encodeNpy({ shape, values }: NpyArray): Uint8Array {
  const numbers = isTexts(values) ? codePoints(values) : values
  const type = isTexts(values)
    ? `<U${numbers.length / Math.max(1, values.length) || 1}`
    : TYPE_NAMES.find((name) => values instanceof TYPES[name])
  const header = npyHeader(type ?? '', shape)
  const bytes = new Uint8Array(header.length + numbers.byteLength)
  bytes.set(header)
  bytes.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), header.length)
  return bytes
}

/** Returns everything before the data of an array of NumPy's type `type`, such as `|u1`. */
export function npyHeader(type: string, shape: readonly number[]): Uint8Array {
  const sides = shape.map((side) => `${side},`).join(' ')
  const literal = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sides}), }`
  // The data begins at a multiple of 64 bytes, and the header ends with a newline.
  const length = Math.ceil((PREAMBLE + literal.length + 1) / 64) * 64
  const bytes = new Uint8Array(length).fill(0x20)
  bytes.set(MAGIC)
  new DataView(bytes.buffer).setUint16(MAGIC.length, length - PREAMBLE, true)
  bytes.set(new TextEncoder().encode(literal), PREAMBLE)
  bytes[length - 1] = 0x0a
  return bytes
}

const HEADER =
  /^\{'descr': '([|<][a-zA-Z]\d{1,6})', 'fortran_order': False, 'shape': \(((?:\d{1,9}, ?)*\d{0,9})\), \} *\n$/

/** Decodes an array, or throws an ArchiveError that names it. */
export function decodeNpy(name: string, bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const right = bytes.length >= PREAMBLE && MAGIC.every((byte, index) => bytes[index] === byte)
  if (!right) return damaged(`its array "${name}" does not start like a NumPy array`)
  const start = PREAMBLE + view.getUint16(MAGIC.length, true)
  const text = String.fromCharCode(...bytes.subarray(PREAMBLE, Math.min(start, 1024)))
  const [, type = '', sides = ''] = HEADER.exec(text) ?? []
  const shape = sides.split(',').filter(Boolean).map(Number)
  const count = shape.reduce((product, side) => product * side, 1)
  const known = TYPE_NAMES.find((candidate) => candidate === type)
  const width = Number(/^<U(\d+)$/.exec(type)?.[1] ?? Number.NaN)
  const size = known === undefined ? 4 * width : TYPES[known].BYTES_PER_ELEMENT
  if (!(count * size === bytes.length - start) || width > LONGEST_TEXT) {
    return damaged(`its array "${name}" is not of a type and size that Jumppad writes`)
  }
  // Copied, because 4-byte and 8-byte elements need an aligned offset.
  const { buffer } = bytes.slice(start)
  if (known !== undefined) return { shape, values: new TYPES[known](buffer) }
  return { shape, values: texts(name, new Int32Array(buffer), width) }
}

export function isTexts(values: NpyArray['values']): values is readonly string[] {
  return Array.isArray(values)
}

/** Encodes texts as NumPy does: as code points, zero-padded to the longest text. */
function codePoints(values: readonly string[]): Int32Array {
  const lists = values.map((text) => Array.from(text, (letter) => letter.codePointAt(0) ?? 0))
  const width = lists.reduce((longest, { length }) => Math.max(longest, length), 1)
  const points = new Int32Array(width * values.length)
  for (const [index, list] of lists.entries()) points.set(list, index * width)
  return points
}

function texts(name: string, points: Int32Array, width: number): string[] {
  if (points.some((point) => point < 0 || point > 0x10ffff)) {
    return damaged(`its array "${name}" holds no text`)
  }
  return Array.from({ length: width === 0 ? 0 : points.length / width }, (_, index) => {
    const letters = points.subarray(index * width, (index + 1) * width)
    const end = letters.findLastIndex((point) => point !== 0) + 1
    return String.fromCodePoint(...letters.subarray(0, end))
  })
}
