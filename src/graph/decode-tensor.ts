/** Decoding one tensor of an ONNX file, from raw bytes or from the format's typed fields. */
import { type TensorProto, TensorProto_DataLocation } from 'onnx-buf'
import { DATA_TYPES, dataFromBytes, ELEMENT_BYTES } from './tensor.ts'
import type { ElementType, Tensor, TensorData } from './types.ts'

/** Quotes a name from a file for an error message, shortened and escaped in case the file is damaged. */
export function quote(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name)
}

/** Returns the element type for an ONNX type number; throws for types that are not used here. */
export function elementType(name: string, dataType: number): ElementType {
  for (const type of Object.keys(DATA_TYPES) as ElementType[]) {
    // keys of a Record<ElementType, …>
    if (DATA_TYPES[type] === dataType) return type
  }
  const known = Object.keys(DATA_TYPES).join(', ')
  throw new Error(
    `The ONNX file's tensor ${quote(name)} has element type number ${dataType}, expected one of ${known}.`,
  )
}

/**
 * Decodes a tensor. Throws a one-sentence Error if its type is unsupported, its data is in another
 * file, or its element count does not match its shape.
 */
export function decodeTensor(proto: TensorProto): Tensor {
  const { name } = proto
  const type = elementType(name, proto.dataType)
  if (proto.dataLocation !== TensorProto_DataLocation.DEFAULT) {
    throw new Error(
      `The ONNX file keeps ${quote(name)} in another file: choose a self-contained one.`,
    )
  }
  const shape = proto.dims.map(Number)
  const count = shape.reduce((product, extent) => product * extent, 1)
  const data = readElements(type, proto)
  if (shape.some((extent) => extent < 0) || data?.length !== count) {
    const found = `${data?.length ?? 'a broken number of'} elements for [${shape.join(', ')}]`
    throw new Error(
      `The ONNX file's tensor ${quote(name)} has ${found}: it is damaged or cut short.`,
    )
  }
  return { type, shape, data }
}

function readElements(type: ElementType, proto: TensorProto): TensorData | undefined {
  const { rawData } = proto
  if (rawData.length > 0) {
    const whole = rawData.length % ELEMENT_BYTES[type] === 0
    return whole ? dataFromBytes(type, rawData) : undefined
  }
  switch (type) {
    case 'float32':
      return Float32Array.from(proto.floatData)
    case 'float16':
      return Uint16Array.from(proto.int32Data)
    case 'int32':
      return Int32Array.from(proto.int32Data)
    case 'int64':
      return BigInt64Array.from(proto.int64Data)
    default:
      return Uint8Array.from(proto.int32Data)
  }
}
