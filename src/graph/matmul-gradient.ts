/** The gradient of the matrix product Y = A B: dA = dY Bᵀ, dB = Aᵀ dY. */
import type { GraphBuilder } from './builder.ts'
import { operand, type Rule } from './rule.ts'
import type { Value } from './types.ts'

export const matmulRule: Rule = ({ builder, inputs, gradient }) => {
  const a = operand(inputs, 0)
  const b = operand(inputs, 1)
  return [
    () => builder.reduceTo(builder.matmul(gradient, swapLast(builder, b)), a.shape),
    () => rightGradient(builder, a, b, gradient),
  ]
}

/**
 * For a weight [K, M] applied to [N…, K] this is one product [K, N] · [N, M] over all rows at once,
 * where a product per batch entry summed afterwards would need N… times the memory.
 */
function rightGradient(builder: GraphBuilder, a: Value, b: Value, gradient: Value): Value {
  if (b.shape.length > 2) {
    return builder.reduceTo(builder.matmul(swapLast(builder, a), gradient), b.shape)
  }
  const [inner = 1, outer = 1] = b.shape
  const rows = builder.reshape(a, [-1, inner])
  return builder.matmul(builder.transpose(rows, [1, 0]), builder.reshape(gradient, [-1, outer]))
}

function swapLast(builder: GraphBuilder, value: Value): Value {
  const rank = value.shape.length
  const axes = value.shape.map((_, axis) => axis)
  return builder.transpose(value, [...axes.slice(0, -2), rank - 1, rank - 2])
}
