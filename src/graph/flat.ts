/** Between one flat vector and the tensors in it. */
import type { GraphBuilder } from './builder.ts'
import { sizeOf } from './shape.ts'
import type { Value } from './types.ts'

/** One tensor's place in a flat vector. */
export interface FlatSlot {
  readonly offset: number
  readonly shape: readonly number[]
}

/**
 * The tensors held by a flat vector. One Slice each rather than one wide Split: WebGPU binds at most
 * ten storage buffers to a shader.
 */
export function sliceParameters(
  builder: GraphBuilder,
  vector: Value,
  slots: readonly FlatSlot[],
): Value[] {
  return slots.map(({ offset, shape }) => {
    const count = Number(sizeOf(shape))
    return builder.reshape(builder.slice(vector, 0, offset, offset + count), shape)
  })
}

/** All values' elements in one vector, in order, joined by a tree of narrow Concats. */
export function concatFlat(builder: GraphBuilder, values: readonly Value[]): Value {
  return builder.concat(
    values.map((value) => builder.reshape(value, [-1])),
    0,
  )
}

/** Columns that a long vector is folded into before it is summed. */
const FOLD = 1024

/**
 * The sum of a vector `[n]`, n known. In two stages, so that a GPU, which gives each result of a sum
 * to one thread, has many threads at work.
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
