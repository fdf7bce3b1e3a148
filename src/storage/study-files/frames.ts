/**
 * NPZ files with the frames that the agent saw: arrays of an NPZ file, and the frames of their clips, which
 * are rendered while the file is written, as they take half a megabyte a clip.
 */
import { Zip, ZipPassThrough } from 'fflate'
import type { Clip } from '../../alignment/labels/index.ts'
import {
  FRAME_BYTES,
  FRAME_CHANNELS,
  FRAME_HEIGHT,
  FRAME_WIDTH,
  WORLD_VERSION,
} from '../../island/index.ts'
import { renderEpisodes } from '../../procedure/play.ts'
import { refuse } from '../archive/errors.ts'
import { npyArray, npyHeader } from '../archive/npy.ts'
import {
  type Columns,
  encodedArrays,
  FRAME_OFFSETS,
  FRAMES,
  ZIP_TIME,
} from '../archive/npz-file.ts'

/** Maximum size in bytes of all frames; a browser holds the whole file in memory. */
const MOST_FRAME_BYTES = 2 ** 31

/** Returns the number of bytes that the frames of these clips take. */
export function frameBytes(clips: readonly Clip[]): number {
  return FRAME_BYTES * offsetsOf(clips).reduce((last, offset) => Math.max(last, offset), 0)
}

/** Yields the parts of a file with these arrays and the frames of the clips, a clip at a time. */
export function* encodeWithFrames(columns: Columns, clips: readonly Clip[]): Generator<Uint8Array> {
  const size = frameBytes(clips)
  if (size > MOST_FRAME_BYTES) {
    refuse(`its frames would take ${size} bytes`, 'export it without frames')
  }
  const parts: Uint8Array[] = []
  const zip = new Zip((error, part) => {
    if (error) throw error
    parts.push(part)
  })
  const add = (name: string): ZipPassThrough => {
    const entry = new ZipPassThrough(`${name}.npy`)
    entry.mtime = ZIP_TIME
    zip.add(entry)
    return entry
  }
  const frames = add(FRAMES)
  const shape = [size / FRAME_BYTES, FRAME_HEIGHT, FRAME_WIDTH, FRAME_CHANNELS]
  frames.push(npyHeader('|u1', shape))
  for (const clip of clips) {
    for (const seen of hasFrames(clip) ? renderEpisodes([clip]) : []) frames.push(seen.frames)
    yield* parts.splice(0)
  }
  frames.push(new Uint8Array(), true)
  const offsets = npyArray(Int32Array.from(offsetsOf(clips)))
  for (const [name, bytes] of encodedArrays(new Map(columns).set(FRAME_OFFSETS, offsets))) {
    add(name).push(bytes, true)
  }
  zip.end()
  yield* parts
}

/** Returns the place of each clip's first frame, and at the end the number of frames. */
function offsetsOf(clips: readonly Clip[]): number[] {
  const offsets = [0]
  for (const clip of clips) {
    offsets.push((offsets.at(-1) ?? 0) + (hasFrames(clip) ? clip.actions.length : 0))
  }
  return offsets
}

/** Returns whether a clip can be rendered: one of another version of the island cannot. */
function hasFrames({ worldVersion }: Clip): boolean {
  return worldVersion === WORLD_VERSION
}
