/** Clips as JSON: actions and path as base64 of little-endian uint16 and float32. */
import { base64Decode, base64Encode } from '@bufbuild/protobuf/wire'
import { z } from 'zod'
import type { Clip } from '../../alignment/labels/index.ts'
import { EPISODE_DECISIONS } from '../../island/index.ts'
import { decodeActions, encodeActions } from '../../procedure/episode-record.ts'
import { damaged } from './errors.ts'

const base64Length = (bytes: number): number => 4 * Math.ceil(bytes / 3)

const textSchema = z.looseObject({
  actions: z.base64().max(base64Length(2 * EPISODE_DECISIONS)),
  path: z.base64().max(base64Length(8 * (EPISODE_DECISIONS + 1))),
})

export function clipToText(clip: Clip): Record<string, unknown> {
  return { ...clip, actions: encodeActions(clip.actions), path: encodeFloats(clip.path) }
}

/**
 * Decodes a clip's actions and path, to be validated by its schema. Throws an ArchiveError if they
 * are malformed.
 */
export function clipFromText(record: unknown, where: string): Record<string, unknown> {
  const text = textSchema.safeParse(record)
  if (!text.success) return damaged(`${where} has no actions or no path in base64`)
  try {
    const { actions, path } = text.data
    return { ...text.data, actions: decodeActions(actions), path: decodeFloats(path) }
  } catch {
    return damaged(`${where} has actions or a path that cut off within a number`)
  }
}

function encodeFloats(numbers: Float32Array): string {
  const view = new DataView(new ArrayBuffer(4 * numbers.length))
  numbers.forEach((number, index) => {
    view.setFloat32(4 * index, number, true)
  })
  return base64Encode(new Uint8Array(view.buffer))
}

function decodeFloats(text: string): Float32Array {
  const bytes = base64Decode(text)
  if (bytes.length % 4 !== 0) throw new Error('expected four bytes a number')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true))
}
