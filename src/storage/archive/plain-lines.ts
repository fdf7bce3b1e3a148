/**
 * Normalisation of changes that editors, mail programs and shells make to a text file: byte order
 * marks, other encodings, other line endings. They do not affect the content, so they are reverted
 * before the digest is checked; any that cannot be reverted is reported.
 */
import { refuse } from './errors.ts'

const NEWLINE = 10
const RETURN = 13

/**
 * Returns the file as UTF-8 with LF line endings. Throws an ArchiveError if it is gzipped or
 * damaged UTF-16.
 */
export function plainLines(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    return refuse('it is compressed with gzip', 'unpack it and choose the file inside')
  }
  return withoutReturns(inUtf8(bytes))
}

function inUtf8(bytes: Uint8Array): Uint8Array {
  const starts = (...mark: readonly number[]) => mark.every((byte, index) => bytes[index] === byte)
  if (starts(0xef, 0xbb, 0xbf)) return bytes.subarray(3)
  const encoding = starts(0xff, 0xfe) ? 'utf-16le' : starts(0xfe, 0xff) ? 'utf-16be' : undefined
  if (encoding === undefined) return bytes
  try {
    return new TextEncoder().encode(new TextDecoder(encoding, { fatal: true }).decode(bytes))
  } catch {
    return refuse('it is not complete UTF-16 text', 'save it as UTF-8, or export it again')
  }
}

/**
 * Converts CRLF line endings to LF. JSON texts contain no raw carriage returns, because these are
 * escaped.
 */
function withoutReturns(bytes: Uint8Array): Uint8Array {
  const first = bytes.indexOf(NEWLINE)
  if (first < 1 || bytes[first - 1] !== RETURN) return bytes
  return bytes.filter((byte, index) => byte !== RETURN || bytes[index + 1] !== NEWLINE)
}
