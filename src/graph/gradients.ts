/**
 * Reverse-mode differentiation: walks the graph from the loss back, adds to the same graph the nodes
 * that compute the gradients, and leaves out whatever the wanted values cannot influence.
 */
import type { GraphBuilder } from './builder.ts'
import { GRADIENT_RULES, NO_GRADIENT } from './gradient-rules.ts'
import { type Contribution, isSlice } from './rule.ts'
import { formatShape } from './shape.ts'
import { addSlices, type SliceGradient } from './slice-gradients.ts'
import type { Attributes, GraphNode, Value } from './types.ts'

/** What a node (or a composite standing for several) is to the chain rule. */
interface Step {
  readonly rule: string
  readonly inputs: readonly Value[]
  readonly attributes: Attributes
}

/**
 * The gradient of `loss` by each value of `wrt`, in their order and shapes. A loss that is not a
 * scalar is differentiated as the sum of its elements; a value it does not depend on gets zeros.
 * Throws an Error naming the node where an operator on the way has no rule.
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
  // Nodes are in the order they were made, so every use of a value comes after it.
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

/** The values that change, as far as gradients are concerned, when those of `wrt` do. */
function influenced(builder: GraphBuilder, wrt: readonly Value[]): ReadonlySet<Value> {
  const relevant = new Set(wrt)
  for (const node of builder.nodes) {
    const { rule, inputs } = stepOf(builder, node)
    if (NO_GRADIENT.has(rule)) continue
    if (inputs.some((input) => relevant.has(input))) relevant.add(node.output)
  }
  return relevant
}

/** Hands one node's gradient on to those of its inputs that matter. */
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

/** The sum of all contributions to one value's gradient; undefined if there are none. */
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
