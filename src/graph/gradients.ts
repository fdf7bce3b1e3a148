/**
 * Reverse-mode differentiation: walks the graph backwards from the loss and adds the nodes that compute
 * the gradients to the same graph, skipping nodes that do not depend on `wrt`.
 */
import type { GraphBuilder } from './builder.ts'
import { GRADIENT_RULES, NO_GRADIENT } from './gradient-rules.ts'
import { type Contribution, isSlice } from './rule.ts'
import { formatShape } from './shape.ts'
import { addSlices, type SliceGradient } from './slice-gradients.ts'
import type { Attributes, GraphNode, Value } from './types.ts'

/** One application of the chain rule: a node, or a composite that stands for several. */
interface Step {
  readonly rule: string
  readonly inputs: readonly Value[]
  readonly attributes: Attributes
}

/**
 * Returns the gradient of `loss` with respect to each value of `wrt`, in their order and shapes. A
 * non-scalar loss is differentiated as the sum of its elements; a value the loss does not depend on
 * gets zeros. Throws if the loss is not float32, or, naming the node, if an operator has no rule.
 */
export function gradients(builder: GraphBuilder, loss: Value, wrt: readonly Value[]): Value[] {
  if (loss.type !== 'float32') {
    throw new Error(`Loss "${loss.name}": found type ${loss.type}, expected float32.`)
  }
  const relevant = influenced(builder, wrt)
  const received = new Map<Value, Contribution[]>()
  const receive = (value: Value, contribution: Contribution) => {
    const known = received.get(value)
    if (known) known.push(contribution)
    else received.set(value, [contribution])
  }
  const collect = (value: Value): Value | undefined => {
    const total = addUp(builder, value, received.get(value) ?? [])
    if (total) received.set(value, [total])
    return total
  }
  receive(loss, builder.expandLike(builder.scalar(1), loss))
  // Nodes are in creation order, so every use of a value comes after it.
  for (const node of [...builder.nodes].reverse()) {
    if (!relevant.has(node.output)) continue
    builder.scope(`gradient/${node.name}`, () => {
      const gradient = collect(node.output)
      if (gradient) propagate(builder, node, gradient, relevant, receive)
    })
  }
  return wrt.map((value) => collect(value) ?? builder.expandLike(builder.scalar(0), value))
}

function stepOf(builder: GraphBuilder, node: GraphNode): Step {
  const composite = builder.composite(node.output)
  return composite ?? { rule: node.op, inputs: node.inputs, attributes: node.attributes }
}

/** Returns `wrt` and all values that depend on it through differentiable operators. */
function influenced(builder: GraphBuilder, wrt: readonly Value[]): ReadonlySet<Value> {
  const relevant = new Set(wrt)
  for (const node of builder.nodes) {
    const { rule, inputs } = stepOf(builder, node)
    if (NO_GRADIENT.has(rule)) continue
    if (inputs.some((input) => relevant.has(input))) relevant.add(node.output)
  }
  return relevant
}

/** Propagates one node's gradient to its relevant inputs. */
function propagate(
  builder: GraphBuilder,
  node: GraphNode,
  gradient: Value,
  relevant: ReadonlySet<Value>,
  receive: (value: Value, contribution: Contribution) => void,
): void {
  const { rule: name, inputs, attributes } = stepOf(builder, node)
  const wanted = inputs.filter((input) => relevant.has(input))
  if (wanted.length === 0) return
  const rule = GRADIENT_RULES[name]
  if (!rule) {
    throw new Error(
      `Node "${node.name}" in graph "${builder.name}": found operator ${name}, which has no gradient rule, expected another or stopGradient.`,
    )
  }
  const contributions = rule({ builder, node, inputs, attributes, output: node.output, gradient })
  for (const [index, input] of inputs.entries()) {
    const contribution = contributions[index]
    if (contribution && relevant.has(input)) receive(input, contribution())
  }
}

/** Sums all contributions to one value's gradient; undefined if there are none. */
function addUp(
  builder: GraphBuilder,
  value: Value,
  contributions: readonly Contribution[],
): Value | undefined {
  const slices: SliceGradient[] = []
  const whole: Value[] = []
  for (const contribution of contributions) {
    if (isSlice(contribution)) slices.push(contribution)
    else whole.push(contribution)
  }
  let total: Value | undefined
  for (const part of [...whole, ...addSlices(builder, value, slices)]) {
    if (formatShape(part.shape) !== formatShape(value.shape)) {
      const found = `${formatShape(part.shape)}, expected ${formatShape(value.shape)}`
      throw new Error(`Gradient of "${value.name}" in graph "${builder.name}": found ${found}.`)
    }
    total = total ? builder.add(total, part) : part
  }
  return total
}
