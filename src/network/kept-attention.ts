/**
 * Attention of one decision over a key–value cache that stays on the device, with few nodes: on a GPU,
 * each node is at least one dispatch, which costs more than its arithmetic.
 */
import type { Dim, GraphBuilder, Value } from '../graph/index.ts'
import { headWidth, type NetworkSize } from './sizes.ts'
import { type Attend, CONTEXT, HIDDEN, rotaryTable } from './transformer.ts'

/** Returns the names of one layer's cache in graphs that keep it on the device. */
export function keptCacheNames(layer: number): { cache: string; nextCache: string } {
  return { cache: `layer${layer}.cache`, nextCache: `layer${layer}.nextCache` }
}

/** Returns the shape of one layer's cache: per head and position, a key and its value side by side. */
export function keptCacheShape<D extends Dim>(
  size: NetworkSize,
  rows: D,
): [D, number, number, number] {
  return [rows, size.heads, CONTEXT, 2 * headWidth(size)]
}

/**
 * Creates attention of one new decision per row over a cache that holds keys and values side by side,
 * so that both are written by one node and the product with the shares reads them in place.
 *
 * The caches are inputs and outputs, float32 `keptCacheShape`; the new row is written at `position`
 * (int32 `[rows]`), and entries after it are masked. The weights are those of `headwise`.
 */
export function keptAttention(
  builder: GraphBuilder,
  size: NetworkSize,
  rows: Dim,
  position: Value,
): Attend {
  const { heads } = size
  const pair = 2 * headWidth(size)
  const { query: queryTable, pair: pairTable } = rotationTables(size)
  const rotation = (data: Float32Array): Value => {
    const shape = [CONTEXT, 3 * headWidth(size), pair]
    return builder.gather(builder.constant('float32', shape, data), position, 0)
  }
  const queryRotation = rotation(queryTable)
  const pairRotation = rotation(pairTable)
  const masks = builder.constant('float32', [CONTEXT, 1, CONTEXT], maskTable())
  const hidden = builder.gather(masks, position, 0)
  const places = Int32Array.from({ length: CONTEXT }, (_, index) => index)
  const own = builder.equal(
    builder.constant('int32', [1, 1, CONTEXT, 1], places),
    builder.reshape(position, [rows, 1, 1, 1]),
  )
  return (queryKeyValue, layer) => {
    const split = builder.reshape(queryKeyValue, [rows, heads, 3 * headWidth(size)])
    const query = builder.reshape(builder.matmul(split, queryRotation), [rows, heads, pair, 1])
    const added = builder.reshape(builder.matmul(split, pairRotation), [rows, heads, 1, pair])
    const names = keptCacheNames(layer)
    const before = builder.input(names.cache, 'float32', keptCacheShape(size, rows))
    const cache = builder.where(own, added, before)
    builder.output(names.nextCache, cache)
    const scores = builder.reshape(builder.matmul(cache, query), [rows, heads, CONTEXT])
    const shares = builder.softmax(builder.add(scores, hidden))
    const mixed = builder.matmul(builder.reshape(shares, [rows, heads, 1, CONTEXT]), cache)
    return builder.reshape(mixed, [rows, heads * pair])
  }
}

/**
 * Rearranges attention matrices for `keptAttention`: the columns of `queryKeyValue` by head, and zeros in
 * the rows of `output` that meet the keys.
 */
export function headwise(
  builder: GraphBuilder,
  size: NetworkSize,
): { queryKeyValue(matrix: Value): Value; output(matrix: Value): Value } {
  const { width, heads } = size
  const part = headWidth(size)
  return {
    queryKeyValue: (matrix) => {
      const split = builder.reshape(matrix, [width, 3, heads, part])
      return builder.reshape(builder.transpose(split, [0, 2, 1, 3]), [width, 3 * width])
    },
    output: (matrix) => {
      const byHead = builder.reshape(matrix, [heads, part, width])
      const zeros = builder.constant(
        'float32',
        [heads, part, width],
        new Float32Array(heads * part * width),
      )
      return builder.reshape(builder.concat([zeros, byHead], 1), [2 * width, width])
    },
  }
}

/**
 * Returns, for each position, the matrices that map one head's query, key and value `[3 headWidth]` to
 * the rotated and scaled query beside zeros, and to the rotated key beside the value: each float32
 * `[100, 3 headWidth, 2 headWidth]`.
 */
function rotationTables(size: NetworkSize): { query: Float32Array; pair: Float32Array } {
  const part = headWidth(size)
  const half = part / 2
  const { cos, sin } = rotaryTable(CONTEXT, part)
  const [rows, columns] = [3 * part, 2 * part]
  const query = new Float32Array(CONTEXT * rows * columns)
  const pair = new Float32Array(CONTEXT * rows * columns)
  const scale = 1 / Math.sqrt(part)
  for (let position = 0; position < CONTEXT; position++) {
    const first = position * rows * columns
    for (let index = 0; index < part; index++) {
      const c = cos[position * part + index] ?? 0
      const s = sin[position * part + index] ?? 0
      // The halves (a, b) of a head turn to (−b, a).
      const turned = index < half ? index + half : index - half
      const sign = index < half ? -1 : 1
      query[first + index * columns + index] = scale * c
      query[first + turned * columns + index] = scale * sign * s
      pair[first + (part + index) * columns + index] = c
      pair[first + (part + turned) * columns + index] = sign * s
      pair[first + (2 * part + index) * columns + part + index] = 1
    }
  }
  return { query, pair }
}

/** Returns what is added to the scores of the positions after each position, `[100, 100]`. */
function maskTable(): Float32Array {
  const mask = new Float32Array(CONTEXT * CONTEXT)
  for (let row = 0; row < CONTEXT; row++) {
    mask.fill(HIDDEN, row * CONTEXT + row + 1, (row + 1) * CONTEXT)
  }
  return mask
}
