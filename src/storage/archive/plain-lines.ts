/**
 * What editors, mail programs and shells do to a file of lines on its way: marks of the byte order, other
 * encodings, other ends of lines. None of it changes what the lines say, so it is taken back before the
 * digest is checked; what cannot be taken back is told.
 */
import { refuse } from './errors.ts'

const NEWLINE = 10
const RETURN = 13

/** Returns a file of lines in UTF-8 with plain newlines, or throws an ArchiveError that says what it is instead. */
export function plainLines(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    return refuse('it is compressed with gzip', 'unpack it and choose what was in it')
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
    return refuse('it is no whole text in UTF-16', 'save it as UTF-8, or export it again')
  }
}

/** No line of JSON holds a carriage return: within a text it is written as an escape. */
function withoutReturns(bytes: Uint8Array): Uint8Array {
  const first = bytes.indexOf(NEWLINE)
  if (first < 1 || bytes[first - 1] !== RETURN) return bytes
  return bytes.filter((byte, index) => byte !== RETURN || bytes[index + 1] !== NEWLINE)
}
