/** Flat vectors: concatenation of tensors into one, and sums of long ones. */
import type { GraphBuilder } from './builder.ts'
import type { Value } from './types.ts'

/** Flattens the values and concatenates them in order, by a tree of narrow Concats. */
export function concatFlat(builder: GraphBuilder, values: readonly Value[]): Value {
  return builder.concat(
    values.map((value) => builder.reshape(value, [-1])),
    0,
  )
}

/** Number of columns that a long vector is reshaped into before summation. */
const FOLD = 1024

/**
 * Sums a vector `[n]` of known length to a scalar. Long vectors are summed in two stages, because a GPU
 * computes each result of a reduction in a single thread.
 */
export function sumVector(builder: GraphBuilder, vector: Value): Value {
  const count = Number(vector.shape[0])
  const rows = Math.floor(count / FOLD)
  if (rows < 2) return builder.reduceSum(vector, [0], false)
  const folded = builder.reshape(builder.slice(vector, 0, 0, rows * FOLD), [rows, FOLD])
  const total = builder.reduceSum(builder.reduceSum(folded, [0], false), [0], false)
  if (rows * FOLD === count) return total
  const rest = builder.slice(vector, 0, rows * FOLD, count)
  return builder.add(total, builder.reduceSum(rest, [0], false))
}
