/** Gradients of sums, means and maxima over axes. */
import { constants, operand, type Rule, type RuleContext } from './rule.ts'
import { sizeOf } from './shape.ts'
import type { Value } from './types.ts'

/** Reshapes a reduction's gradient (or output) to keep the reduced axes as 1, so that it broadcasts. */
function kept(context: RuleContext, value: Value): Value {
  const axes = constants(context, 1)
  const shape = operand(context.inputs, 0).shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim))
  return context.builder.reshape(value, shape)
}

export const reduceSumRule: Rule = (context) => {
  const x = operand(context.inputs, 0)
  return [() => context.builder.expandLike(kept(context, context.gradient), x)]
}

export const reduceMeanRule: Rule = (context) => {
  const { builder } = context
  const x = operand(context.inputs, 0)
  return [
    () => {
      const axes = constants(context, 1)
      const count = sizeOf(axes.map((axis) => x.shape[axis] ?? 1))
      const share = kept(context, context.gradient)
      if (typeof count === 'number') return builder.expandLike(builder.mul(share, 1 / count), x)
      const counted = builder.reduceSum(builder.expandLike(builder.scalar(1), x), axes)
      return builder.expandLike(builder.div(share, counted), x)
    },
  ]
}

export const reduceMaxRule: Rule = (context) => {
  const { builder, output, gradient } = context
  const x = operand(context.inputs, 0)
  return [
    () => {
      const largest = builder.cast(builder.equal(x, kept(context, output)), x.type)
      const share = builder.div(
        kept(context, gradient),
        builder.reduceSum(largest, constants(context, 1)),
      )
      return builder.mul(largest, share)
    },
  ]
}
