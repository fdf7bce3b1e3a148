/**
 * Slow and simple reimplementation of the whole network: float64 loops over one clip at a time, written
 * from the description and not from the graphs. An oracle for tests.
 */
import { FRAME_BYTES, FRAME_WIDTH } from '../../island/index.ts'
import {
  headWidth,
  PATCH_COLUMNS,
  PATCH_ROWS,
  PATCH_SIDE,
  type ParameterLayout,
} from '../../network/index.ts'
import type { ClipBatch } from '../clips.ts'

type Vector = readonly number[]

const PATCH_COUNT = PATCH_ROWS * PATCH_COLUMNS

class SlowNetwork {
  readonly #layout: ParameterLayout
  readonly #theta: ArrayLike<number>
  readonly #offsets: ReadonlyMap<string, number>

  constructor(layout: ParameterLayout, theta: ArrayLike<number>) {
    this.#layout = layout
    this.#theta = theta
    this.#offsets = new Map(layout.slots.map(({ name, offset }) => [name, offset]))
  }

  at(name: string, index: number): number {
    return this.#theta[(this.#offsets.get(name) ?? Number.NaN) + index] ?? Number.NaN
  }

  /** Returns x · W for the matrix W named `name`, with `outputs` columns. */
  product(x: Vector, name: string, outputs: number): number[] {
    const first = this.#offsets.get(name) ?? Number.NaN
    return Array.from({ length: outputs }, (_, column) =>
      x.reduce(
        (sum, value, row) =>
          sum + value * (this.#theta[first + row * outputs + column] ?? Number.NaN),
        0,
      ),
    )
  }

  normed(x: Vector, name: string): number[] {
    const mean = x.reduce((sum, value) => sum + value * value, 0) / x.length
    return x.map((value, index) => (value / Math.sqrt(mean + 1e-6)) * this.at(name, index))
  }

  embed(batch: ClipBatch, row: number): number[] {
    const { width, patchFeatures, frameFeatures } = this.#layout.size
    const features: number[] = []
    for (let patch = 0; patch < PATCH_COUNT; patch++) {
      const pixels = patchPixels(batch.frames, row, patch)
      const projected = this.product(pixels, 'frame/patch/weight', patchFeatures)
      for (const [index, value] of projected.entries()) {
        const bias = this.at('frame/patch/bias', patch * patchFeatures + index)
        features.push(Math.max(0, value + bias))
      }
    }
    const joined = this.product(features, 'frame/join/weight', frameFeatures)
    const hidden = joined.map((value, index) =>
      Math.max(0, value + this.at('frame/join/bias', index)),
    )
    return this.product(hidden, 'frame/output/weight', width)
  }

  /** Returns the final features of every row of a clip, whose rows are `stride` decisions apart. */
  features(batch: ClipBatch, clip: number, stride = 1): number[][] {
    const { layers } = this.#layout.size
    let stream = Array.from({ length: batch.length }, (_, t) =>
      this.embed(batch, clip * batch.length + t),
    )
    for (let layer = 0; layer < layers; layer++) {
      const mixed = this.#attention(stream, layer, stride)
      stream = stream.map((x, t) => plus(x, mixed[t] ?? []))
      stream = stream.map((x) => plus(x, this.#mlp(x, layer)))
    }
    return stream.map((x) => this.normed(x, 'final/gain'))
  }

  #mlp(x: Vector, layer: number): number[] {
    const { width } = this.#layout.size
    const hidden = this.product(
      this.normed(x, `layer${layer}/mlp/gain`),
      `layer${layer}/mlp/expand`,
      4 * width,
    )
    const squared = hidden.map((value) => Math.max(0, value) ** 2)
    return this.product(squared, `layer${layer}/mlp/contract`, width)
  }

  #attention(stream: readonly Vector[], layer: number, stride: number): number[][] {
    const { width, heads } = this.#layout.size
    const part = headWidth(this.#layout.size)
    const projected = stream.map((x) =>
      this.product(
        this.normed(x, `layer${layer}/attention/gain`),
        `layer${layer}/attention/queryKeyValue`,
        3 * width,
      ),
    )
    return projected.map((own, now) => {
      const mixed: number[] = []
      for (let head = 0; head < heads; head++) {
        const piece = (row: Vector, which: number): number[] =>
          row.slice(which * width + head * part, which * width + (head + 1) * part)
        const query = turned(piece(own, 0), now * stride)
        const past = projected.slice(0, now + 1)
        const scores = past.map(
          (row, then) => dot(query, turned(piece(row, 1), then * stride)) / Math.sqrt(part),
        )
        const shares = softmax(scores)
        for (let index = 0; index < part; index++) {
          mixed.push(
            past.reduce(
              (sum, row, then) => sum + (shares[then] ?? 0) * (piece(row, 2)[index] ?? 0),
              0,
            ),
          )
        }
      }
      return this.product(mixed, `layer${layer}/attention/output`, width)
    })
  }
}

function patchPixels(frames: Uint8Array, row: number, patch: number): number[] {
  const top = Math.floor(patch / PATCH_COLUMNS) * PATCH_SIDE
  const left = (patch % PATCH_COLUMNS) * PATCH_SIDE
  const pixels: number[] = []
  for (let y = 0; y < PATCH_SIDE; y++) {
    for (let x = 0; x < PATCH_SIDE; x++) {
      for (let colour = 0; colour < 3; colour++) {
        const index = row * FRAME_BYTES + ((top + y) * FRAME_WIDTH + left + x) * 3 + colour
        pixels.push((frames[index] ?? 0) / 127.5 - 1)
      }
    }
  }
  return pixels
}

/** Applies the rotary position embedding to one head's vector. */
function turned(x: Vector, position: number): number[] {
  const half = x.length / 2
  return x.map((value, index) => {
    const angle = position * 10_000 ** (-(index % half) / half)
    const partner = index < half ? -(x[index + half] ?? 0) : (x[index - half] ?? 0)
    return value * Math.cos(angle) + partner * Math.sin(angle)
  })
}

function plus(a: Vector, b: Vector): number[] {
  return a.map((value, index) => value + (b[index] ?? Number.NaN))
}

function dot(a: Vector, b: Vector): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)
}

export function softmax(scores: Vector): number[] {
  const best = Math.max(...scores)
  const weights = scores.map((score) => Math.exp(score - best))
  const total = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / total)
}

/** Returns the logits of every decision of one clip, `[length][48]`. */
export function slowLogits(
  layout: ParameterLayout,
  theta: ArrayLike<number>,
  batch: ClipBatch,
  clip: number,
): number[][] {
  const network = new SlowNetwork(layout, theta)
  return network.features(batch, clip).map((x) => network.product(x, 'head/policy', 48))
}

/** Returns the features of every row of a batch's first clip; see `slowRewards`. */
export function slowRewardFeatures(
  layout: ParameterLayout,
  theta: ArrayLike<number>,
  batch: ClipBatch,
  stride: number,
): number[][] {
  return new SlowNetwork(layout, theta).features(batch, 0, stride)
}

/**
 * Returns the reward of every clip, computed from its last row's features. Rows are `stride` decisions
 * apart, 1 by default.
 */
export function slowRewards(
  layout: ParameterLayout,
  theta: ArrayLike<number>,
  batch: ClipBatch,
  stride = 1,
): number[] {
  const network = new SlowNetwork(layout, theta)
  return Array.from(batch.decisions, (decisions, clip) => {
    const last = network.features(batch, clip, stride)[decisions - 1] ?? []
    const [reward = Number.NaN] = network.product(last, 'head/reward', 1)
    return reward + network.at('head/offset', 0)
  })
}
