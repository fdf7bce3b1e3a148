/** Encoding and decoding of label files as JSON Lines and NPZ. */
import { type Archive, checkPlays } from './archive.ts'
import { fileKind } from './file-kind.ts'
import { decodeLines } from './lines.ts'
import { decodeNpz } from './npz.ts'

export { type Archive, type ArchiveContents, consistentPart, headerOf } from './archive.ts'
export { ArchiveError } from './errors.ts'
export { encodeLines } from './lines.ts'
export { type Merge, mergeContents } from './merge.ts'
export { encodeNpz } from './npz.ts'

/** Decodes a file of labels in either format, or throws an ArchiveError with a one-sentence message. */
export function decodeArchive(bytes: Uint8Array): Archive {
  const archive = fileKind(bytes) === 'zip' ? decodeNpz(bytes) : decodeLines(bytes)
  checkPlays(archive)
  return archive
}
