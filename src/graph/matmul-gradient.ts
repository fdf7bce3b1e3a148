/** The gradient of the matrix product Y = A B: dA = dY Bᵀ, dB = Aᵀ dY. */
import type { GraphBuilder } from './builder.ts'
import { operand, type Rule } from './rule.ts'
import type { Dim, Value } from './types.ts'

export const matmulRule: Rule = ({ builder, inputs, gradient }) => {
  const a = operand(inputs, 0)
  const b = operand(inputs, 1)
  return [
    () => builder.reduceTo(builder.matmul(gradient, swapLast(builder, b)), a.shape),
    () => rightGradient(builder, a, b, gradient),
  ]
}

/**
 * Computes dB. For a weight [K, M] applied to [N…, K] this is one product [K, N] · [N, M] over all rows
 * at once, since summing one product per batch entry would hold a [K, M] matrix for each of them.
 */
function rightGradient(builder: GraphBuilder, a: Value, b: Value, gradient: Value): Value {
  if (b.shape.length > 2) {
    return builder.reduceTo(builder.matmul(swapLast(builder, a), gradient), b.shape)
  }
  const [inner = 1, outer = 1] = b.shape
  const rows = builder.reshape(a, [-1, inner])
  const right = builder.reshape(gradient, [-1, outer])
  const stretch = stretchOf(rows.shape[0], Number(inner), Number(outer))
  if (stretch === undefined) return builder.matmul(builder.transpose(rows, [1, 0]), right)
  // Transposing the narrower operand is cheaper.
  if (Number(inner) <= Number(outer)) return stretchedProduct(builder, rows, right, stretch)
  return builder.transpose(stretchedProduct(builder, right, rows, stretch), [1, 0])
}

/** Largest chunk in rows, so that both operands' rows stay in a core's cache. */
const LONGEST_STRETCH = 1024
/** Smallest chunk in rows; splitting further costs more than it gains. */
const SHORTEST_STRETCH = 256

/**
 * Returns the chunk length in rows for the sum over `count` rows, or undefined if it is not split.
 * Splitting pays off for a long sum with a small result [inner, outer], as for a matrix applied to
 * every patch of every frame: it occupies all threads, or the whole GPU. The partial results take at
 * most a sixteenth of the operands' memory with the longest chunks, a quarter with the shortest.
 */
function stretchOf(count: Dim | undefined, inner: number, outer: number): number | undefined {
  if (typeof count !== 'number' || count < 4 * LONGEST_STRETCH) return undefined
  if (16 * inner * outer > LONGEST_STRETCH * (inner + outer)) return undefined
  for (let stretch = LONGEST_STRETCH; stretch >= SHORTEST_STRETCH; stretch--) {
    if (count % stretch === 0) return stretch
  }
  return undefined
}

/** Computes leftᵀ right of [rows, …] matrices as a sum of products over `stretch` rows each. */
function stretchedProduct(
  builder: GraphBuilder,
  left: Value,
  right: Value,
  stretch: number,
): Value {
  const cut = (value: Value): Value => builder.reshape(value, [-1, stretch, Number(value.shape[1])])
  return builder.reduceSum(builder.matmul(swapLast(builder, cut(left)), cut(right)), [0], false)
}

function swapLast(builder: GraphBuilder, value: Value): Value {
  const rank = value.shape.length
  const axes = value.shape.map((_, axis) => axis)
  return builder.transpose(value, [...axes.slice(0, -2), rank - 1, rank - 2])
}
