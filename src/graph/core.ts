/**
 * The core of the builder: values, nodes, constants and names. Operators are defined by its
 * subclasses.
 *
 * It deduplicates as the graph is built: identical constants are stored once, and a node equal to an
 * earlier one is reused (every operator here is pure).
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
 * A gradient rule for a value computed by several nodes, used instead of the chain rule through
 * them: differentiation goes from the value straight to `inputs`.
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
  /** Elements of the constants and named weights. */
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

  /** Declares an input, which is fed at each run. */
  input(name: string, type: ElementType, shape: Shape): Value {
    const value = this.#claim(name, type, shape)
    this.inputs.push(value)
    return value
  }

  /** Declares a value as a named output. */
  output(name: string, value: Value): void {
    this.check(`output ${name}`, [value])
    this.#reserve(name)
    this.outputs.push({ name, value })
  }

  /** Returns a small literal tensor; equal constants share one value. */
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

  /** Returns a float32 constant of shape []. */
  scalar(x: number): Value {
    return this.constant('float32', [], [x])
  }

  /** Adds a named weight. A typed array is referenced, not copied. */
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

  /** Prefixes the nodes created inside `fn` with `name/`; scopes nest. For error messages and Netron. */
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
   * Adds a node, or reuses an equal one. `type` and `shape` are not checked: prefer an operator's own
   * method where there is one.
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

  /** Adds a node of an operator outside the ONNX standard, with a second output of the same type. */
  protected emitForeign(
    { domain, op, index }: { readonly domain: string; readonly op: string; readonly index: number },
    inputs: readonly Value[],
    type: ElementType,
    shape: Shape,
    attributes: Attributes,
  ): readonly [Value, Value] {
    this.check(op, inputs)
    const name = this.#unique(op)
    const output = this.#claim(name, type, shape)
    const value = this.#claim(`${name}/second`, type, shape)
    const node = { name, op, domain, inputs, attributes, output, second: { index, value } }
    this.nodes.push(node)
    this.#producers.set(output, node)
    this.#producers.set(value, node)
    return [output, value]
  }

  /** Attaches a composite gradient rule to a computed value. */
  compose(value: Value, composite: Composite): Value {
    this.#composites.set(value, composite)
    return value
  }

  /** Returns the node that computes a value, or undefined for inputs and constants. */
  producer(value: Value): GraphNode | undefined {
    return this.#producers.get(value)
  }

  composite(value: Value): Composite | undefined {
    return this.#composites.get(value)
  }

  /** Throws if a value was created by another builder. */
  protected check(op: string, values: readonly Value[]): void {
    for (const value of values) {
      if (this.#owned.has(value)) continue
      throw this.error(op, `found "${value.name}" of another graph, expected a value of this one`)
    }
  }

  /** Returns an error that names the node being created. */
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
