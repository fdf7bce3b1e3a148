/**
 * Seal of a Parquet file: the digest of all its bytes, kept in the JSON of its footer, where zeros stand for
 * it while it is computed. It is checked before anything is decoded, because decoders may loop for hours over
 * a page whose header is damaged.
 */
import { Digest } from '../../island/index.ts'
import { cutOff, damaged, refuse } from '../archive/errors.ts'

/** Field that the file's metadata ends with. */
export const NO_SEAL = { seal: '0'.repeat(16) } as const

const BEFORE = '"seal":"'
const MAGIC = 'PAR1'

/** Returns the digest of a file's parts, whose seal is still zeros. */
export function sealOf(parts: readonly Uint8Array[]): string {
  const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let place = 0
  for (const part of parts) {
    file.set(part, place)
    place += part.length
  }
  const digest = new Digest()
  digest.addBytes(file)
  return digest.hex()
}

/** Writes a seal into the last part of a file, in place. */
export function seal(last: Uint8Array, digest: string): void {
  const place = placeOfSeal(last)
  if (place === undefined) throw new Error('A Parquet file was written without metadata')
  last.set(new TextEncoder().encode(digest), place)
}

/** Throws an ArchiveError unless a file is as it was sealed. */
export function checkSeal(bytes: Uint8Array): void {
  if (latin1(bytes.subarray(-MAGIC.length)) !== MAGIC) cutOff('its end is missing')
  const place =
    placeOfSeal(bytes) ?? refuse('Jumppad did not write it', 'choose a file that Jumppad exported')
  const open = bytes.slice()
  const expected = latin1(bytes.subarray(place, place + NO_SEAL.seal.length))
  open.set(new TextEncoder().encode(NO_SEAL.seal), place)
  const found = sealOf([open])
  if (found !== expected) damaged(`found content of digest ${found}, it says "${expected}"`)
}

/** Returns where the seal is in a file or its last part; undefined without one. */
function placeOfSeal(bytes: Uint8Array): number | undefined {
  const end = bytes.length - MAGIC.length - 4
  if (end < 0) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // A file ends with its footer, the length of the footer, and the mark.
  const start = Math.max(0, end - view.getUint32(end, true))
  // The metadata comes after all statistics of columns, which may contain anything.
  const place = latin1(bytes.subarray(start, end)).lastIndexOf(BEFORE)
  const found = start + place + BEFORE.length
  return place < 0 || found + NO_SEAL.seal.length > end ? undefined : found
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes)
}
