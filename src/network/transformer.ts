import type { Dim, GraphBuilder, Value } from '../graph/index.ts'
import { headWidth, type NetworkSize } from './sizes.ts'
import type { NamedWeights } from './weights.ts'

/** Context length in decisions: a whole episode. */
export const CONTEXT = 100

/** Value added to a masked attention score; its exp is exactly 0 in float32. */
export const HIDDEN = -1e4
const NORM_EPSILON = 1e-6
const ROTARY_BASE = 10_000

/** One block's attention, from queries, keys and values `[rows, 3 width]` to `[rows, width]`. */
export type Attend = (queryKeyValue: Value, layer: number) => Value

/**
 * Shape of a batch of clips: `clips × length` rows, clip-major, of at most 100 decisions each. Rows are
 * `stride` decisions apart, 1 by default.
 */
export interface ClipShape {
  readonly clips: number
  readonly length: number
  readonly stride?: number
}

/** A range of transformer blocks. */
export interface Blocks {
  /** First block, 0 by default. */
  readonly from?: number
  /** End of the range, exclusive; all layers by default. */
  readonly to?: number
  /** Callback with the residual stream `[rows, width]` before each block. */
  readonly before?: (layer: number, stream: Value) => void
  /** Whether norms are onnxruntime's fused nodes, for graphs that are neither exported nor trained. */
  readonly fused?: boolean
}

/**
 * Applies pre-norm transformer blocks over `[rows, width]` (RMSNorm, rotary attention, squared ReLU).
 * The final norm is included only if the range ends with the network's last block. The sequence graph
 * and the step graph differ only in `attend`.
 */
export function transformer(
  builder: GraphBuilder,
  weights: NamedWeights,
  size: NetworkSize,
  embedded: Value,
  attend: Attend,
  { from = 0, to = size.layers, before = () => undefined, fused = false }: Blocks = {},
): Value {
  const residual = new ResidualStream(builder, embedded, fused)
  for (let layer = from; layer < to; layer++) {
    const name = `layer${layer}`
    const normed = residual.norm(weights.get(`${name}/attention/gain`))
    before(layer, residual.sum)
    const mixed = attend(
      builder.matmul(normed, weights.get(`${name}/attention/queryKeyValue`)),
      layer,
    )
    residual.add(builder.matmul(mixed, weights.get(`${name}/attention/output`)))
    const hidden = builder.relu(
      builder.matmul(
        residual.norm(weights.get(`${name}/mlp/gain`)),
        weights.get(`${name}/mlp/expand`),
      ),
    )
    residual.add(builder.matmul(builder.square(hidden), weights.get(`${name}/mlp/contract`)))
  }
  return to < size.layers ? residual.sum : residual.norm(weights.get('final/gain'))
}

/** Residual stream `[rows, width]`, whose last branch is added together with the next norm. */
class ResidualStream {
  readonly #builder: GraphBuilder
  readonly #fused: boolean
  #sum: Value
  #branch: Value | undefined

  constructor(builder: GraphBuilder, start: Value, fused: boolean) {
    this.#builder = builder
    this.#sum = start
    this.#fused = fused
  }

  get sum(): Value {
    if (this.#branch !== undefined) this.#sum = this.#builder.add(this.#sum, this.#branch)
    this.#branch = undefined
    return this.#sum
  }

  /** Adds a branch. */
  add(branch: Value): void {
    this.#sum = this.sum
    this.#branch = branch
  }

  /** Returns the RMS norm of the sum. */
  norm(gain: Value): Value {
    if (!this.#fused) return this.#builder.rmsNorm(this.sum, gain, NORM_EPSILON)
    if (this.#branch === undefined) {
      return this.#builder.fusedRmsNorm(this.#sum, gain, NORM_EPSILON)
    }
    const { sum, normal } = this.#builder.addRmsNorm(this.#sum, this.#branch, gain, NORM_EPSILON)
    this.#sum = sum
    this.#branch = undefined
    return normal
  }
}

/**
 * Computes rotary cosines and sines (Su et al. 2021, equation 15), each `[rows, headWidth]`, of positions
 * `stride` apart.
 */
export function rotaryTable(
  rows: number,
  width: number,
  stride = 1,
): { cos: Float32Array; sin: Float32Array } {
  const cos = new Float32Array(rows * width)
  const sin = new Float32Array(rows * width)
  const half = width / 2
  for (let row = 0; row < rows; row++) {
    for (let index = 0; index < width; index++) {
      const angle = row * stride * ROTARY_BASE ** (-(index % half) / half)
      cos[row * width + index] = Math.cos(angle)
      sin[row * width + index] = Math.sin(angle)
    }
  }
  return { cos, sin }
}

/** Returns the matrix that maps a head's halves (a, b) to (−b, a): cheaper than four slices. */
function quarterTurn(builder: GraphBuilder, width: number): Value {
  const half = width / 2
  const data = new Float32Array(width * width)
  for (let index = 0; index < half; index++) {
    data[(index + half) * width + index] = -1
    data[index * width + index + half] = 1
  }
  return builder.constant('float32', [width, width], data)
}

function rotate(builder: GraphBuilder, values: Value, cos: Value, sin: Value, turn: Value): Value {
  return builder.add(builder.mul(values, cos), builder.mul(builder.matmul(values, turn), sin))
}

/**
 * Creates causal attention over `clips` clips of `length` rows, clip-major. Only the distances between
 * positions count, so that rows `stride` decisions apart need no positions of their own.
 */
export function sequenceAttention(
  builder: GraphBuilder,
  size: NetworkSize,
  { clips, length, stride = 1 }: ClipShape,
): Attend {
  const { width, heads } = size
  const part = headWidth(size)
  const table = rotaryTable(length, part, stride)
  const cos = builder.constant('float32', [length, part], table.cos)
  const sin = builder.constant('float32', [length, part], table.sin)
  const turn = quarterTurn(builder, part)
  const mask = new Float32Array(length * length)
  for (let row = 0; row < length; row++)
    mask.fill(HIDDEN, row * length + row + 1, (row + 1) * length)
  const hidden = builder.constant('float32', [length, length], mask)
  return (queryKeyValue) => {
    const split = builder.reshape(queryKeyValue, [clips, length, 3, heads, part])
    const byHead = builder.transpose(split, [2, 0, 3, 1, 4])
    const rotated = rotate(builder, builder.slice(byHead, 0, 0, 2), cos, sin, turn)
    const shape = [clips, heads, length, part]
    const query = builder.reshape(builder.slice(rotated, 0, 0, 1), shape)
    const keys = builder.reshape(builder.slice(rotated, 0, 1, 2), shape)
    const values = builder.reshape(builder.slice(byHead, 0, 2, 3), shape)
    const scores = builder.matmul(
      builder.mul(query, 1 / Math.sqrt(part)),
      builder.transpose(keys, [0, 1, 3, 2]),
    )
    const mixed = builder.matmul(builder.softmax(builder.add(scores, hidden)), values)
    return builder.reshape(builder.transpose(mixed, [0, 2, 1, 3]), [clips * length, width])
  }
}

/** Returns the names of one layer's cache tensors in the step graph. */
export function cacheNames(layer: number): {
  keys: string
  values: string
  newKeys: string
  newValues: string
} {
  return {
    keys: `layer${layer}.keys`,
    values: `layer${layer}.values`,
    newKeys: `layer${layer}.newKeys`,
    newValues: `layer${layer}.newValues`,
  }
}

/** Inputs of a step graph that locate each row's decision in its key–value cache. */
export interface CachePlaces {
  /** Number of decisions already made, int32 `[rows]`. */
  readonly position: Value
  /** Positions that the caches hold, int32 `[extent]`: 0, 1, 2, … */
  readonly held: Value
}

/**
 * Creates attention of one new decision per row over itself and the row's key–value cache.
 *
 * Cache inputs are float32 `[rows, heads, extent, headWidth]` per layer, where `extent` is greater than
 * every `position`; entries from `position` on are masked. Only the new key and value, `[rows, heads,
 * headWidth]`, are outputs. The row's own score takes the masked place at `position`, so that nothing
 * has to be appended to an axis whose extent is known only when the graph runs.
 */
export function stepAttention(
  builder: GraphBuilder,
  size: NetworkSize,
  rows: Dim,
  { position, held }: CachePlaces,
): Attend {
  const { width, heads } = size
  const part = headWidth(size)
  const [extent = CONTEXT] = held.shape
  const table = rotaryTable(CONTEXT, part)
  const angle = (data: Float32Array): Value =>
    builder.reshape(
      builder.gather(builder.constant('float32', [CONTEXT, part], data), position, 0),
      [rows, 1, 1, part],
    )
  const cos = angle(table.cos)
  const sin = angle(table.sin)
  const turn = quarterTurn(builder, part)
  const at = builder.reshape(position, [rows, 1, 1])
  const past = builder.less(held, at)
  const own = builder.equal(held, at)
  const hidden = builder.where(past, builder.scalar(0), builder.scalar(HIDDEN))
  return (queryKeyValue, layer) => {
    const split = builder.reshape(queryKeyValue, [rows, 3, heads, part])
    const rotated = rotate(builder, builder.slice(split, 1, 0, 2), cos, sin, turn)
    const vector = (value: Value, index: number): Value =>
      builder.reshape(builder.slice(value, 1, index, index + 1), [rows, heads, part])
    const query = builder.mul(vector(rotated, 0), 1 / Math.sqrt(part))
    const key = vector(rotated, 1)
    const value = vector(split, 2)
    const names = cacheNames(layer)
    builder.output(names.newKeys, key)
    builder.output(names.newValues, value)
    const cacheShape = [rows, heads, extent, part]
    const keys = builder.input(names.keys, 'float32', cacheShape)
    const values = builder.input(names.values, 'float32', cacheShape)
    const pastScores = builder.reshape(
      builder.matmul(keys, builder.reshape(query, [rows, heads, part, 1])),
      [rows, heads, extent],
    )
    const ownScore = builder.reduceSum(builder.mul(query, key), [2])
    const scores = builder.where(own, ownScore, builder.add(pastScores, hidden))
    const shares = builder.softmax(scores)
    const pastShares = builder.reshape(builder.where(own, builder.scalar(0), shares), [
      rows,
      heads,
      1,
      extent,
    ])
    const ownShare = builder.reduceSum(builder.where(own, shares, builder.scalar(0)), [2])
    const mixed = builder.add(
      builder.reshape(builder.matmul(pastShares, values), [rows, heads, part]),
      builder.mul(ownShare, value),
    )
    return builder.reshape(mixed, [rows, width])
  }
}
