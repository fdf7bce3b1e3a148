import { FRAME_BYTES, HEAD_SIZES } from '../island/index.ts'
import { type ClipBatch, emptyBatch } from './clips.ts'
import type { ClipSource } from './imitation.ts'

/**
 * Returns a clip source over clips that are rendered already and kept in memory, which suits a few
 * hundred of them. Its `batch` throws if an index is out of range.
 */
export function cachedClips(all: ClipBatch): ClipSource {
  const width = all.stream && all.stream.length / (all.clips * all.length)
  return {
    count: all.clips,
    batch(indices) {
      const batch = emptyBatch(indices.length, all.length, width)
      for (const [to, from] of indices.entries()) copyClip(all, from, batch, to)
      return Promise.resolve(batch)
    },
  }
}

function copyClip(source: ClipBatch, from: number, target: ClipBatch, to: number): void {
  if (from < 0 || from >= source.clips) {
    throw new Error(`Clip ${from} was requested, but there are ${source.clips}`)
  }
  const copy = <T extends Uint8Array | Int32Array | Float32Array>(
    read: T,
    write: T,
    perRow: number,
  ): void => {
    const side = source.length * perRow
    write.set(read.subarray(from * side, (from + 1) * side), to * side)
  }
  if (source.stream && target.stream) {
    copy(source.stream, target.stream, source.stream.length / (source.clips * source.length))
  } else {
    copy(source.frames, target.frames, FRAME_BYTES)
  }
  copy(source.actions, target.actions, HEAD_SIZES.length)
  copy(source.weights, target.weights, 1)
  target.decisions[to] = source.decisions[from] ?? 0
}
