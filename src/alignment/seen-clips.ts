import { FRAME_BYTES, HEAD_SIZES, headsFromAction } from '../island/index.ts'
import { type ClipBatch, emptyBatch } from './clips.ts'

/** What was done in an episode together with what was seen before each decision. */
export interface SeenClip {
  readonly actions: Uint16Array
  /** uint8 `[decisions, 32, 64, 3]`. */
  readonly frames: Uint8Array
  /**
   * float32 `[decisions, width]`: what the blocks below a network's upper part make of the frames.
   * Where it is there, it is what the network reads.
   */
  readonly stream?: Float32Array
}

/**
 * Lengths that batches of clips are padded to. A direct run takes about 60 decisions: padding it to
 * 100 would cost half as much again. Each length is a graph of its own, so there are only three.
 */
export const CLIP_LENGTHS = [64, 80, 100] as const

/** Clips that go into one run of a graph, by index, and the one of `CLIP_LENGTHS` they fit. */
export interface LengthGroup {
  readonly indices: readonly number[]
  /** Index into `CLIP_LENGTHS`. */
  readonly lengthIndex: number
}

/** Puts clips of like length together, `size` in a group; only the last group may have fewer. */
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

/** A batch of `capacity` clips; those that are not there are padding throughout. */
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

/** Features a decision of a clip's stream; undefined where it is its frames that are read. */
function streamWidth(clip: SeenClip | undefined): number | undefined {
  return clip?.stream && clip.stream.length / clip.actions.length
}
