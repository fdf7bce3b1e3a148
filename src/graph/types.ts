/**
 * The components of a graph: typed values whose shapes are known when the graph is built, and nodes that
 * compute one value from others.
 */

/** One extent. A string is symbolic: a name such as `batch`, or a product such as `100*batch`. */
export type Dim = number | string

/** Extents from outermost to innermost. `[]` is a scalar. */
export type Shape = readonly Dim[]

/** The element types used here, named as in ONNX. */
export type ElementType = 'float32' | 'float16' | 'int32' | 'int64' | 'uint8' | 'bool'

/** Elements in memory: float16 as its bits in a Uint16Array, bool as bytes of 0 and 1. */
export type TensorData = Float32Array | Uint16Array | Int32Array | BigInt64Array | Uint8Array

/** A tensor with its elements, row-major. */
export interface Tensor {
  readonly type: ElementType
  readonly shape: readonly number[]
  readonly data: TensorData
}

/** A handle to a computed value, an input or a constant of a graph, owned by the builder that made it. */
export interface Value {
  readonly name: string
  readonly type: ElementType
  readonly shape: Shape
}

/** A value, or a plain number that takes the other operand's type. */
export type Operand = Value | number

/** An ONNX attribute; the key is the ONNX attribute type it is encoded as. */
export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] }

export type Attributes = Readonly<Record<string, Attribute>>

/** One operator application. */
export interface GraphNode {
  readonly name: string
  readonly op: string
  /** Domain of an operator outside the ONNX standard. */
  readonly domain?: string
  readonly inputs: readonly Value[]
  readonly attributes: Attributes
  readonly output: Value
  /** Second output, and its index among the operator's outputs; those in between are left out. */
  readonly second?: { readonly index: number; readonly value: Value }
}
