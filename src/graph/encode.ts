/** Encoding a graph as an ONNX file. */
import { create, toBinary } from '@bufbuild/protobuf'
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from 'onnx-buf'
import type { GraphCore } from './core.ts'
import { liveNodes } from './live.ts'
import { DATA_TYPES, tensorBytes } from './tensor.ts'
import type { Attribute, GraphNode, Tensor, Value } from './types.ts'

export interface EncodeOptions {
  /** Entries of the file's `metadata_props`, written in this order. */
  readonly metadata?: Readonly<Record<string, string>>
  /** Version of the ONNX operator set, 20 by default. */
  readonly opset?: number
  /** Version of the file format (IR), 10 by default. */
  readonly irVersion?: number
}

/**
 * Encodes a graph as an ONNX file: the nodes that the outputs depend on, all declared inputs, and the
 * constants in use. Equal graphs give equal bytes. Throws if the graph has no outputs.
 */
export function encodeModel(builder: GraphCore, options: EncodeOptions = {}): Uint8Array {
  const { metadata = {}, opset = 20, irVersion = 10 } = options
  if (builder.outputs.length === 0) {
    throw new Error(`Graph "${builder.name}": found no outputs, expected at least one.`)
  }
  const model = create(ModelProtoSchema, {
    irVersion: BigInt(irVersion),
    producerName: 'jumppad',
    opsetImport: [
      create(OperatorSetIdProtoSchema, { domain: '', version: BigInt(opset) }),
      ...foreignDomains(builder).map((domain) =>
        create(OperatorSetIdProtoSchema, { domain, version: 1n }),
      ),
    ],
    graph: encodeGraph(builder),
    metadataProps: Object.entries(metadata).map(([key, value]) =>
      create(StringStringEntryProtoSchema, { key, value }),
    ),
  })
  return toBinary(ModelProtoSchema, model)
}

function foreignDomains(builder: GraphCore): string[] {
  return [...new Set(liveNodes(builder).flatMap(({ domain }) => domain ?? []))]
}

function encodeGraph(builder: GraphCore) {
  const nodes = liveNodes(builder)
  const names = new Map<Value, string>()
  const copies: GraphNode[] = []
  for (const { name, value } of builder.outputs) {
    // A computed value takes its output's name; inputs, constants and second names need an Identity.
    if (builder.producer(value) && !names.has(value)) names.set(value, name)
    else copies.push(identity(name, value))
  }
  const all = [...nodes, ...copies]
  const used = new Set(all.flatMap((node) => node.inputs))
  const nameOf = (value: Value) => names.get(value) ?? value.name
  return create(GraphProtoSchema, {
    name: builder.name,
    node: all.map((node) => encodeNode(node, nameOf)),
    initializer: [...builder.tensors]
      .filter(([value]) => used.has(value))
      .map(([value, tensor]) => encodeTensor(value.name, tensor)),
    input: builder.inputs.map((value) => encodeValue(value.name, value)),
    output: builder.outputs.map(({ name, value }) => encodeValue(name, value)),
  })
}

function identity(name: string, value: Value): GraphNode {
  return { name, op: 'Identity', inputs: [value], attributes: {}, output: { ...value, name } }
}

function encodeNode(node: GraphNode, nameOf: (value: Value) => string) {
  return create(NodeProtoSchema, {
    name: node.name,
    opType: node.op,
    ...(node.domain === undefined ? {} : { domain: node.domain }),
    input: node.inputs.map(nameOf),
    output: outputNames(node, nameOf),
    attribute: Object.entries(node.attributes).map(([name, value]) => encodeAttribute(name, value)),
  })
}

/** Returns the names of a node's outputs; an empty name leaves one out. */
function outputNames({ output, second }: GraphNode, nameOf: (value: Value) => string): string[] {
  if (second === undefined) return [nameOf(output)]
  const between = Array.from({ length: second.index - 1 }, () => '')
  return [nameOf(output), ...between, nameOf(second.value)]
}

function encodeAttribute(name: string, value: Attribute) {
  if ('int' in value) {
    const type = AttributeProto_AttributeType.INT
    return create(AttributeProtoSchema, { name, type, i: BigInt(value.int) })
  }
  if ('float' in value) {
    const type = AttributeProto_AttributeType.FLOAT
    return create(AttributeProtoSchema, { name, type, f: value.float })
  }
  const type = AttributeProto_AttributeType.INTS
  return create(AttributeProtoSchema, { name, type, ints: value.ints.map(BigInt) })
}

function encodeTensor(name: string, { type, shape, data }: Tensor) {
  return create(TensorProtoSchema, {
    name,
    dataType: DATA_TYPES[type],
    dims: shape.map(BigInt),
    // onnx-buf's type demands an unshared ArrayBuffer, but encoding only reads from the view.
    rawData: tensorBytes(data) as Uint8Array<ArrayBuffer>,
  })
}

function encodeValue(name: string, value: Value) {
  const dim = value.shape.map((extent) =>
    create(TensorShapeProto_DimensionSchema, {
      value:
        typeof extent === 'number'
          ? { case: 'dimValue', value: BigInt(extent) }
          : { case: 'dimParam', value: extent },
    }),
  )
  const shape = create(TensorShapeProtoSchema, { dim })
  const tensor = create(TypeProto_TensorSchema, { elemType: DATA_TYPES[value.type], shape })
  const type = create(TypeProtoSchema, { value: { case: 'tensorType', value: tensor } })
  return create(ValueInfoProtoSchema, { name, type })
}
