/** Batch in the format of jax-js: float32 pixels in patch order, one-hot actions. */
import { type Array as JaxArray, numpy as np } from '@jax-js/jax'
import type { ClipBatch } from '../../../src/alignment/index.ts'
import { HEAD_SIZES } from '../../../src/island/index.ts'
import {
  HEAD_WIDTHS,
  headWidth,
  PATCH_COLUMNS,
  PATCH_ROWS,
  PATCH_SIDE,
  PATCH_VALUES,
  PATCHES,
} from '../../../src/network/index.ts'
import { ROWS, SHAPE, SIZE } from '../workload.ts'
import type { JaxBatch, Tables } from './network.ts'

/** Returns pixels in patch order, scaled to −1 to 1. */
function patches(frames: Uint8Array): Float32Array<ArrayBuffer> {
  const run = PATCH_SIDE * 3
  const values = new Float32Array(frames.length)
  let to = 0
  for (let row = 0; row < ROWS * PATCH_ROWS; row++) {
    for (let column = 0; column < PATCH_COLUMNS; column++) {
      for (let line = 0; line < PATCH_SIDE; line++) {
        const from = ((row * PATCH_SIDE + line) * PATCH_COLUMNS + column) * run
        for (let index = 0; index < run; index++)
          values[to++] = (frames[from + index] ?? 0) / 127.5 - 1
      }
    }
  }
  return values
}

function oneHot(actions: Int32Array): Float32Array<ArrayBuffer> {
  const width = HEAD_WIDTHS.policy
  const hot = new Float32Array(ROWS * width)
  for (let row = 0; row < ROWS; row++) {
    let column = 0
    for (const [head, size] of HEAD_SIZES.entries()) {
      const action = actions[row * HEAD_SIZES.length + head] ?? -1
      if (action >= 0) hot[row * width + column + action] = 1
      column += size
    }
  }
  return hot
}

/** Host input of a step. Already float32, because jax-js has no packed bytes. */
export interface HostBatch {
  readonly pixels: Float32Array<ArrayBuffer>
  readonly actions: Float32Array<ArrayBuffer>
}

export function hostBatch(batch: ClipBatch): HostBatch {
  return { pixels: patches(batch.frames), actions: oneHot(batch.actions) }
}

/** Uploads a step's batch to jax-js. */
export function feedBatch({ pixels, actions }: HostBatch): JaxBatch {
  return {
    pixels: floats([ROWS, PATCHES, PATCH_VALUES], pixels),
    actions: floats([ROWS, HEAD_WIDTHS.policy], actions),
  }
}

/** Returns the constant inputs of a step: rotary tables and causal mask. */
export function makeTables(): Tables {
  const { length } = SHAPE
  const part = headWidth(SIZE)
  const rotary = (turn: (angle: number, half: number) => number) => {
    const data = Float32Array.from({ length: length * part }, (_, index) => {
      const column = index % part
      const pair = column % (part / 2)
      const angle = Math.floor(index / part) * 10_000 ** ((-2 * pair) / part)
      return turn(angle, column < part / 2 ? 0 : 1)
    })
    return floats([length, 1, 2, part / 2], data)
  }
  const mask = Float32Array.from({ length: length * length }, (_, index) =>
    index % length > Math.floor(index / length) ? -1e4 : 0,
  )
  return {
    cos: rotary(Math.cos),
    signedSin: rotary((angle, half) => (half === 0 ? -1 : 1) * Math.sin(angle)),
    mask: floats([length, length], mask),
  }
}

/** Returns an array of this shape; the data is copied to the memory of jax-js's backend. */
export function floats(shape: readonly number[], data: Float32Array<ArrayBuffer>): JaxArray {
  return np.array(data).reshape([...shape])
}
