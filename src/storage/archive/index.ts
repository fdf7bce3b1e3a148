/** Files of labels: JSON Lines and NPZ, in and out. */
import { type Archive, checkPlays } from './archive.ts'
import { decodeLines } from './lines.ts'
import { decodeNpz } from './npz.ts'

export { type Archive, type ArchiveContents, headerOf, wholePart } from './archive.ts'
export { ArchiveError } from './errors.ts'
export { encodeLines } from './lines.ts'
export { type Conflict, type Merge, mergeContents } from './merge.ts'
export { encodeNpz } from './npz.ts'

/** Reads a file of labels of either kind in full, or throws an ArchiveError with one sentence. */
export function decodeArchive(bytes: Uint8Array): Archive {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b // PK
  const archive = isZip ? decodeNpz(bytes) : decodeLines(bytes)
  checkPlays(archive)
  return archive
}
