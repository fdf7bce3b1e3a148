/** The type of gradient rules; the rules are in `gradient-rules.ts` and the files it imports. */
import type { GraphBuilder } from './builder.ts'
import type { SliceGradient } from './slice-gradients.ts'
import type { Attributes, GraphNode, Value } from './types.ts'

/** One term of a value's gradient: for the whole value, or for a slice of it. */
export type Contribution = Value | SliceGradient

export interface RuleContext {
  readonly builder: GraphBuilder
  readonly node: GraphNode
  readonly inputs: readonly Value[]
  readonly attributes: Attributes
  readonly output: Value
  /** Gradient of the loss with respect to `output`, in its shape. */
  readonly gradient: Value
}

/**
 * The vector–Jacobian product of an operator: maps the gradient of a node's output to those of its
 * inputs. Returns one function per input, called only if that input's gradient is needed; `undefined`
 * for inputs without a gradient.
 */
export type Rule = (context: RuleContext) => readonly ((() => Contribution) | undefined)[]

export function isSlice(contribution: Contribution): contribution is SliceGradient {
  return 'gradient' in contribution
}

export function operand(inputs: readonly Value[], index: number): Value {
  const value = inputs[index]
  if (!value) throw new Error(`Found ${inputs.length} operands, expected more than ${index}.`)
  return value
}

/** Returns the numbers of a constant operand, such as axes or ranges. */
export function constants({ builder, inputs }: RuleContext, index: number): number[] {
  const tensor = builder.tensors.get(operand(inputs, index))
  return Array.from(tensor?.data ?? [], Number)
}
