import type { ShelfEntry } from '../../storage/index.ts'
import { ModelError } from '../worker/errors.ts'
import { readModel } from './fetch-model.ts'
import { sha256Of } from './sha256.ts'

/** Maximum file size in bytes: float16 weights of the largest named network (103 M) take 206 MB. */
const LARGEST_BYTES = 256 * 2 ** 20

/**
 * Returns the shelf entry of a model file. Rejects with `ModelError` and a sentence where this lab
 * cannot use the file.
 */
export async function describeModel(
  bytes: Uint8Array,
  name: string,
  now: Date,
): Promise<ShelfEntry> {
  if (bytes.length > LARGEST_BYTES) {
    throw new ModelError(
      `This file has ${mebibytes(bytes.length)}, expected at most ${mebibytes(LARGEST_BYTES)}: choose an ONNX model from this lab.`,
    )
  }
  const { card, layout } = readModel(bytes)
  const sha256 = await sha256Of(bytes)
  if (sha256 === undefined) {
    throw new ModelError(
      'This page was not opened over https, so the browser cannot compute checksums of files: open it over https or on localhost to use your own files.',
    )
  }
  return {
    sha256,
    name: name.slice(0, 200) || 'model.onnx',
    kind: layout.head,
    bytes: bytes.length,
    parameters: layout.count,
    card,
    addedAt: now.toISOString(),
  }
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`
}
