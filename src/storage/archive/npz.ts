/** Labels as an NPZ file, whose arrays are listed in docs/labels.md. */
import type { Archive } from './archive.ts'
import { toColumns } from './npz-columns.ts'
import { decodeArrays, encodeArrays } from './npz-file.ts'
import { fromColumns } from './npz-records.ts'

export function encodeNpz(archive: Archive): Uint8Array {
  return encodeArrays(toColumns(archive))
}

/** Decodes a file, or throws an ArchiveError with a one-sentence message. */
export function decodeNpz(bytes: Uint8Array): Archive {
  return fromColumns(decodeArrays(bytes))
}
