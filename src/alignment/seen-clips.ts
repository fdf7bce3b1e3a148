import { FRAME_BYTES, HEAD_SIZES, headsFromAction } from '../island/index.ts'
import { type ClipBatch, emptyBatch } from './clips.ts'

/** Actions of an episode, with the frame or stream seen before each decision. */
export interface SeenClip {
  readonly actions: Uint16Array
  /** uint8 `[decisions, 32, 64, 3]`. */
  readonly frames: Uint8Array
  /**
   * float32 `[decisions, width]`: the residual stream below a network's upper blocks. If present, the
   * network reads it instead of `frames`.
   */
  readonly stream?: Float32Array
}

/**
 * Lengths in decisions that batches of clips are padded to. A direct run takes about 60 decisions, so
 * padding it to 100 would cost half as much again. Each length needs its own graph, so there are only
 * three.
 */
export const CLIP_LENGTHS = [64, 80, 100] as const

/** Returns `CLIP_LENGTHS` in rows, for clips thinned by a stride. */
export function rowLengths(stride: number): number[] {
  return CLIP_LENGTHS.map((length) => Math.ceil(length / stride))
}

/**
 * Returns a clip with every `stride`-th of its decisions, counted back from the last one, which is kept:
 * the one that shows how the episode ended.
 */
export function thinned(clip: SeenClip, stride: number): SeenClip {
  if (stride === 1) return clip
  const { actions, frames, stream } = clip
  const count = Math.ceil(actions.length / stride)
  const first = actions.length - 1 - (count - 1) * stride
  const decisions = Array.from({ length: count }, (_, row) => first + row * stride)
  const width = stream === undefined ? 0 : stream.length / actions.length
  const rows = frames.length === 0 ? 0 : count
  return {
    actions: Uint16Array.from(decisions, (decision) => actions[decision] ?? 0),
    frames: withRows(new Uint8Array(rows * FRAME_BYTES), frames, FRAME_BYTES, decisions),
    ...(stream && {
      stream: withRows(new Float32Array(count * width), stream, width, decisions),
    }),
  }
}

/** Copies rows of `width` numbers from one array to another, which is returned. */
function withRows<Data extends Uint8Array | Float32Array>(
  to: Data,
  from: Data,
  width: number,
  rows: readonly number[],
): Data {
  for (let row = 0; row * width < to.length; row++) {
    const first = (rows[row] ?? 0) * width
    to.set(from.subarray(first, first + width), row * width)
  }
  return to
}

/** Clips for one run of a graph, by index, and the one of `CLIP_LENGTHS` they are padded to. */
export interface LengthGroup {
  readonly indices: readonly number[]
  /** Index into `CLIP_LENGTHS`. */
  readonly lengthIndex: number
}

/**
 * Groups clips of similar length, `size` in a group; only the last group may have fewer. Throws if a clip
 * has more than 100 decisions.
 */
export function groupByLength(clips: readonly SeenClip[], size: number): LengthGroup[] {
  const decisions = (index: number): number => clips[index]?.actions.length ?? 0
  const order = clips.map((_, index) => index).sort((a, b) => decisions(a) - decisions(b) || a - b)
  const groups: LengthGroup[] = []
  for (let first = 0; first < order.length; first += size) {
    const indices = order.slice(first, first + size)
    const longest = Math.max(...indices.map(decisions))
    const lengthIndex = CLIP_LENGTHS.findIndex((length) => length >= longest)
    if (lengthIndex < 0) {
      throw new Error(`A clip of ${longest} decisions was found, expected at most 100`)
    }
    groups.push({ indices, lengthIndex })
  }
  return groups
}

/**
 * Packs clips into a batch of `capacity` clips of `length` decisions; missing clips are all padding.
 * Throws if a clip is longer.
 */
export function packClips(
  clips: readonly SeenClip[],
  length: number,
  capacity = clips.length,
): ClipBatch {
  const width = streamWidth(clips[0])
  const batch = emptyBatch(capacity, length, width)
  for (const [index, { actions, frames, stream }] of clips.entries()) {
    const first = index * length
    if (actions.length > length) {
      throw new Error(`A clip of ${actions.length} decisions does not fit a batch of ${length}`)
    }
    if (width === undefined) batch.frames.set(frames, first * FRAME_BYTES)
    else batch.stream?.set(stream ?? [], first * width)
    batch.weights.fill(1, first, first + actions.length)
    for (const [decision, action] of actions.entries()) {
      headsFromAction(action, batch.actions, (first + decision) * HEAD_SIZES.length)
    }
    batch.decisions[index] = actions.length
  }
  return batch
}

/** Returns the number of features per decision in a clip's stream; undefined if it has none. */
function streamWidth(clip: SeenClip | undefined): number | undefined {
  return clip?.stream && clip.stream.length / clip.actions.length
}
