/**
 * The core of the builder: values, nodes, constants, names. What operators exist is the business of
 * the classes on top of it.
 *
 * Two things are done on the way in: identical constants are stored once, and a node that would
 * compute what an earlier node computes is not made again (every operator here is pure).
 */
import { canonicalShape, formatShape } from './shape.ts'
import { checkTensor, tensorBytes, tensorData } from './tensor.ts'
import type {
  Attributes,
  ElementType,
  GraphNode,
  Shape,
  Tensor,
  TensorData,
  Value,
} from './types.ts'

/**
 * A value whose gradient has a better rule than the chain through the nodes that compute it.
 * Differentiation goes from the value straight to `inputs`.
 */
export interface Composite {
  readonly rule: string
  readonly inputs: readonly Value[]
  readonly attributes: Attributes
}

export class GraphCore {
  readonly name: string
  readonly inputs: Value[] = []
  readonly outputs: { readonly name: string; readonly value: Value }[] = []
  readonly nodes: GraphNode[] = []
  /** Constants and named weights, with their elements. */
  readonly tensors = new Map<Value, Tensor>()
  readonly #producers = new Map<Value, GraphNode>()
  readonly #composites = new Map<Value, Composite>()
  readonly #owned = new Set<Value>()
  readonly #names = new Set<string>()
  readonly #counters = new Map<string, number>()
  readonly #emitted = new Map<string, Value>()
  readonly #constants = new Map<string, Value[]>()
  #prefix = ''

  constructor(name: string) {
    this.name = name
  }

  /** Declares something the graph is given at each run. */
  input(name: string, type: ElementType, shape: Shape): Value {
    const value = this.#claim(name, type, shape)
    this.inputs.push(value)
    return value
  }

  /** Declares a result of the graph under a name. */
  output(name: string, value: Value): void {
    this.check(`output ${name}`, [value])
    this.#reserve(name)
    this.outputs.push({ name, value })
  }

  /** A small literal tensor. Equal ones are stored once. */
  constant(
    type: ElementType,
    shape: readonly number[],
    data: TensorData | readonly number[],
  ): Value {
    const elements = Array.isArray(data) ? tensorData(type, data) : (data as TensorData) // narrowed: not an array
    const tensor: Tensor = { type, shape, data: elements }
    checkTensor('constant', tensor)
    const bytes = tensorBytes(elements)
    const key = `${type}${formatShape(shape)}${bytes.subarray(0, 64).join()}`
    const similar = this.#constants.get(key) ?? []
    for (const value of similar) {
      const known = this.tensors.get(value)
      if (known && sameBytes(tensorBytes(known.data), bytes)) return value
    }
    const value = this.#claim(this.#unique('constant'), type, shape)
    this.tensors.set(value, tensor)
    this.#constants.set(key, [...similar, value])
    return value
  }

  /** A float32 constant of shape []. */
  scalar(x: number): Value {
    return this.constant('float32', [], [x])
  }

  /** A named weight. Its elements are kept, not copied. */
  initializer(
    name: string,
    type: ElementType,
    shape: readonly number[],
    data: TensorData | readonly number[],
  ): Value {
    const elements = Array.isArray(data) ? tensorData(type, data) : (data as TensorData) // narrowed: not an array
    const tensor: Tensor = { type, shape, data: elements }
    checkTensor(name, tensor)
    const value = this.#claim(name, type, shape)
    this.tensors.set(value, tensor)
    return value
  }

  /** Names the nodes made inside `fn` `name/…`; scopes nest. For error messages and Netron. */
  scope<T>(name: string, fn: () => T): T {
    const outer = this.#prefix
    this.#prefix = `${outer}${name}/`
    try {
      return fn()
    } finally {
      this.#prefix = outer
    }
  }

  /**
   * Adds a node, or finds the one that already computes the same. The caller vouches for type and
   * shape; use an operator's own method where there is one.
   */
  emit(
    op: string,
    inputs: readonly Value[],
    type: ElementType,
    shape: Shape,
    attributes: Attributes = {},
  ): Value {
    this.check(op, inputs)
    const key = `${op}(${inputs.map((input) => input.name).join()})${JSON.stringify(attributes)}`
    const known = this.#emitted.get(key)
    if (known) return known
    const name = this.#unique(op)
    const output = this.#claim(name, type, shape)
    const node: GraphNode = { name, op, inputs, attributes, output }
    this.nodes.push(node)
    this.#producers.set(output, node)
    this.#emitted.set(key, output)
    return output
  }

  /** Gives a computed value a gradient rule of its own. */
  compose(value: Value, composite: Composite): Value {
    this.#composites.set(value, composite)
    return value
  }

  /** The node that computes a value; undefined for inputs and constants. */
  producer(value: Value): GraphNode | undefined {
    return this.#producers.get(value)
  }

  composite(value: Value): Composite | undefined {
    return this.#composites.get(value)
  }

  /** Throws if a value was made by another builder. */
  protected check(op: string, values: readonly Value[]): void {
    for (const value of values) {
      if (this.#owned.has(value)) continue
      throw this.error(op, `found "${value.name}" of another graph, expected a value of this one`)
    }
  }

  /** An error that names the node that was about to be made. */
  error(op: string, problem: string): Error {
    return new Error(`Node "${this.#prefix}${op}" in graph "${this.name}": ${problem}.`)
  }

  #claim(name: string, type: ElementType, shape: Shape): Value {
    this.#reserve(name)
    const value: Value = Object.freeze({ name, type, shape: Object.freeze(canonicalShape(shape)) })
    this.#owned.add(value)
    return value
  }

  #reserve(name: string): void {
    if (this.#names.has(name)) {
      throw new Error(`Graph "${this.name}": the name "${name}" is taken, expected a new one.`)
    }
    this.#names.add(name)
  }

  #unique(op: string): string {
    const base = op === 'constant' ? 'constant' : `${this.#prefix}${op}`
    for (;;) {
      const count = this.#counters.get(base) ?? 0
      this.#counters.set(base, count + 1)
      const name = count === 0 ? base : `${base}_${count}`
      if (!this.#names.has(name)) return name
    }
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
