/**
 * NPZ files (`numpy.load`): a zip archive of NumPy arrays, stored without compression as `numpy.savez`
 * writes them. Without compression, a file cannot expand when it is read. The array `digest` tells whether
 * the others are as they were written.
 */
import { unzipSync, type Zippable, zipSync } from 'fflate'
import { Digest } from '../../island/index.ts'
import { MOST_BYTES } from './archive.ts'
import { ArchiveError, cutOff, damaged, refuse } from './errors.ts'
import { decodeNpy, encodeNpy, type NpyArray, npyArray } from './npy.ts'

export type Columns = ReadonlyMap<string, NpyArray>

const MOST_ARRAYS = 100
const DIGEST = 'digest'
/** Earliest timestamp that zip supports; constant, so that the same arrays give the same bytes. */
export const ZIP_TIME = '1980-01-01T00:00:00'

/** Array of rendered frames, and the array that says which of them belong to which clip. */
export const FRAMES = 'frame'
export const FRAME_OFFSETS = 'clip_frame_offset'

export function encodeArrays(columns: Columns): Uint8Array {
  const entries: Zippable = {}
  for (const [name, bytes] of encodedArrays(columns)) entries[`${name}.npy`] = bytes
  return zipSync(entries, { level: 0, mtime: ZIP_TIME })
}

/** Returns the encoded arrays by name, with that of their digest. */
export function encodedArrays(columns: Columns): Map<string, Uint8Array> {
  const arrays = new Map([...columns].map(([name, array]) => [name, encodeNpy(array)]))
  return arrays.set(DIGEST, encodeNpy(npyArray([digestOf(arrays)])))
}

/**
 * Decodes a file, or throws an ArchiveError with a one-sentence message. Frames are left out, since they
 * are rendered again whenever they are needed; the digest does not cover them.
 */
export function decodeArrays(bytes: Uint8Array): Columns {
  const arrays = unzip(bytes)
  const digest = arrays.get(DIGEST)
  arrays.delete(DIGEST)
  const columns = new Map([...arrays].map(([name, array]) => [name, decodeNpy(name, array)]))
  // The digest covers names, types, shapes and values, encoded canonically: NumPy prints the
  // headers of the same arrays differently when it saves them again.
  const canonical = new Map([...columns].map(([name, array]) => [name, encodeNpy(array)]))
  if (digest === undefined) return damaged(`its array "${DIGEST}" is missing`)
  const [expected] = decodeNpy(DIGEST, digest).values
  const found = digestOf(canonical)
  if (found !== expected) damaged(`found content of digest ${found}, it says "${expected}"`)
  columns.delete(FRAME_OFFSETS)
  return columns
}

/**
 * Returns the files of the arrays by name. fflate does not verify the zip's checksums, so our
 * digest does.
 */
function unzip(bytes: Uint8Array): Map<string, Uint8Array> {
  if (bytes.length > MOST_BYTES) {
    refuse(`found ${bytes.length} bytes, expected ${MOST_BYTES} at most`, 'export less at a time')
  }
  const sizes = new Map<string, number>()
  let total = 0
  try {
    const files = unzipSync(bytes, {
      filter({ name, size, originalSize, compression }) {
        const [, array] = /^([a-z_]{1,40})\.npy$/.exec(name) ?? []
        total += size
        if (array === undefined || sizes.has(array) || sizes.size >= MOST_ARRAYS) {
          return refuse(
            'it contains files other than arrays',
            'choose a file that Jumppad exported',
          )
        }
        if (compression !== 0) {
          return refuse('its arrays are compressed', 'choose the file as Jumppad exported it')
        }
        if (size !== originalSize || total > bytes.length) damaged('its arrays overlap')
        if (array === FRAMES) return false
        sizes.set(array, size)
        return true
      },
    })
    return new Map([...sizes].map(([name, size]) => [name, checkedSize(files, name, size)]))
  } catch (error) {
    if (error instanceof ArchiveError) throw error
    return cutOff('it is not a complete zip file')
  }
}

function checkedSize(files: Record<string, Uint8Array>, name: string, size: number): Uint8Array {
  const file = files[`${name}.npy`]
  return file?.length === size ? file : damaged(`its array "${name}" is cut short`)
}

/** Returns the digest of the arrays in their canonical encoding. */
function digestOf(arrays: ReadonlyMap<string, Uint8Array>): string {
  const digest = new Digest()
  for (const name of [...arrays.keys()].sort()) {
    digest.addBytes(new TextEncoder().encode(name))
    digest.addBytes(arrays.get(name) ?? new Uint8Array())
  }
  return digest.hex()
}
