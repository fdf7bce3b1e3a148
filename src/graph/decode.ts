/** Decoding an ONNX file, which is untrusted: it may be any file a visitor dropped onto the page. */
import { fromBinary } from '@bufbuild/protobuf'
import {
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type StringStringEntryProto,
  type ValueInfoProto,
} from 'onnx-buf'
import { decodeTensor, elementType, quote } from './decode-tensor.ts'
import type { ElementType, Shape, Tensor } from './types.ts'

/** An input or output of a graph as declared in its file. */
interface Declaration {
  readonly name: string
  readonly type: ElementType
  readonly shape: Shape
}

export interface DecodedModel {
  /** Version of the file format. */
  readonly irVersion: number
  /** Version of the default ONNX operator set; 0 if the file imports none. */
  readonly opset: number
  readonly metadata: Readonly<Record<string, string>>
  readonly inputs: readonly Declaration[]
  readonly outputs: readonly Declaration[]
  readonly initializers: ReadonlyMap<string, Tensor>
  /** Sorted, unique operators; those outside the default domain as `domain.Op`. */
  readonly nodeTypes: readonly string[]
}

const ADVICE = 'choose an ONNX file'

/**
 * Decodes the parts of an ONNX file that this project uses. Throws a one-sentence Error if the file is
 * empty, truncated, damaged or not an ONNX model, or if it has unsupported types or external data.
 */
export function decodeModel(bytes: Uint8Array): DecodedModel {
  if (bytes.length === 0) throw new Error(`The file is empty: ${ADVICE}.`)
  const model = parse(bytes)
  const { graph } = model
  if (!graph || model.irVersion <= 0n || model.opsetImport.length === 0) {
    throw new Error(`The file is not an ONNX model, or only a part of one: ${ADVICE}.`)
  }
  if (graph.output.length === 0) {
    throw new Error(`The ONNX file's graph ${quote(graph.name)} has no outputs: it is cut short.`)
  }
  checkWiring(graph)
  const standard = model.opsetImport.filter(({ domain }) => operatorName(domain, '') === '')
  return {
    irVersion: Number(model.irVersion),
    opset: Math.max(0, ...standard.map(({ version }) => Number(version))),
    metadata: readMetadata(model.metadataProps),
    inputs: graph.input.map(readDeclaration),
    outputs: graph.output.map(readDeclaration),
    initializers: readInitializers(graph),
    nodeTypes: [
      ...new Set(graph.node.map(({ domain, opType }) => operatorName(domain, opType))),
    ].sort(),
  }
}

function parse(bytes: Uint8Array): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes)
  } catch {
    throw new Error(`The file is not an ONNX model, or it is damaged or cut short: ${ADVICE}.`)
  }
}

function operatorName(domain: string, operator: string): string {
  return domain === '' || domain === 'ai.onnx' ? operator : `${domain}.${operator}`
}

function readMetadata(entries: readonly StringStringEntryProto[]): Record<string, string> {
  // fromEntries defines properties rather than setting them, so `__proto__` is a key like any other.
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]))
}

function readInitializers(graph: GraphProto): Map<string, Tensor> {
  const initializers = new Map<string, Tensor>()
  for (const proto of graph.initializer) {
    if (initializers.has(proto.name)) {
      throw new Error(`The ONNX file holds the tensor ${quote(proto.name)} twice: it is damaged.`)
    }
    initializers.set(proto.name, decodeTensor(proto))
  }
  return initializers
}

function readDeclaration({ name, type }: ValueInfoProto): Declaration {
  if (type?.value.case !== 'tensorType') {
    throw new Error(
      `The ONNX file does not say what kind of tensor ${quote(name)} is: it is damaged.`,
    )
  }
  const { elemType, shape } = type.value.value
  return {
    name,
    type: elementType(name, elemType),
    shape: (shape?.dim ?? []).map(({ value }, axis) => {
      // An extent with neither a number nor a name is unconstrained.
      if (value.case !== 'dimValue') return value.value || `${name}:${axis}`
      if (value.value >= 0n && value.value <= BigInt(Number.MAX_SAFE_INTEGER)) {
        return Number(value.value)
      }
      throw new Error(
        `The ONNX file gives ${quote(name)} an extent of ${value.value}: it is damaged.`,
      )
    }),
  }
}

/**
 * Throws if a node or an output reads a value that no input, initializer or earlier node defines. This
 * catches files truncated at a field boundary and damaged names, which parse without an error.
 */
function checkWiring(graph: GraphProto): void {
  const known = new Set([
    '',
    ...graph.input.map(({ name }) => name),
    ...graph.initializer.map(({ name }) => name),
    ...graph.sparseInitializer.map(({ values }) => values?.name ?? ''),
  ])
  for (const node of graph.node) {
    for (const name of node.input) {
      if (known.has(name)) continue
      throw new Error(
        `The ONNX file's node ${quote(node.name)} reads ${quote(name)}, which nothing computes: it is damaged.`,
      )
    }
    for (const name of node.output) known.add(name)
  }
  for (const { name } of graph.output) {
    if (known.has(name)) continue
    throw new Error(`The ONNX file's output ${quote(name)} is computed by nothing: it is damaged.`)
  }
}
