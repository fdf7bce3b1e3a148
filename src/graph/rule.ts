/** What a gradient rule is; the rules themselves are in `gradient-rules.ts` and its neighbours. */
import type { GraphBuilder } from './builder.ts'
import type { SliceGradient } from './slice-gradients.ts'
import type { Attributes, GraphNode, Value } from './types.ts'

/** Part of the gradient by a value: all of it, or what concerns a slice. */
export type Contribution = Value | SliceGradient

export interface RuleContext {
  readonly builder: GraphBuilder
  readonly node: GraphNode
  readonly inputs: readonly Value[]
  readonly attributes: Attributes
  readonly output: Value
  /** The gradient of the loss by `output`, in its shape. */
  readonly gradient: Value
}

/**
 * From the gradient of the loss by a node's output to those by its inputs: the vector–Jacobian
 * product. One function per input, called only if that input's gradient is wanted; `undefined` where
 * there is none.
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

/** The numbers of a constant operand: axes, ranges. */
export function constants({ builder, inputs }: RuleContext, index: number): number[] {
  const tensor = builder.tensors.get(operand(inputs, index))
  return Array.from(tensor?.data ?? [], Number)
}
