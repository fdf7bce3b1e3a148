import { z } from 'zod'

/**
 * Content of a safetensors file (github.com/huggingface/safetensors, "Format"): eight bytes of
 * header length, a JSON header, then the tensors' bytes one after another. Most machine-learning
 * tools read this format.
 */
export interface TensorFile {
  readonly metadata: Readonly<Record<string, string>>
  readonly tensors: ReadonlyMap<
    string,
    { readonly shape: readonly number[]; readonly data: Float32Array }
  >
}

const entrySchema = z.object({
  dtype: z.literal('F32'),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
})
const headerSchema = z
  .object({ __metadata__: z.record(z.string(), z.string()).default({}) })
  .catchall(entrySchema)

/** Longest header that the format allows, bytes. */
const LONGEST_HEADER = 100_000_000

/** Number of characters that are made from bytes at once: each is an argument of a call. */
const CHUNK = 8192

/** Encodes a file of float32 tensors. Throws an Error if its header would be longer than the format allows. */
export function encodeTensorFile(file: TensorFile): Uint8Array {
  let offset = 0
  const entries: Record<string, unknown> = { __metadata__: file.metadata }
  for (const [name, { shape, data }] of file.tensors) {
    entries[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + data.byteLength] }
    offset += data.byteLength
  }
  const text = escapeToAscii(JSON.stringify(entries))
  // Padded with spaces so that the tensors begin on a multiple of eight bytes.
  const header = text.padEnd(Math.ceil(text.length / 8) * 8)
  if (header.length > LONGEST_HEADER) {
    throw new Error(
      `The header of a safetensors file would have ${header.length} bytes, expected ${LONGEST_HEADER} at most: keep less beside the tensors, such as fewer episodes or measurements`,
    )
  }
  const bytes = new Uint8Array(8 + header.length + offset)
  new DataView(bytes.buffer).setUint32(0, header.length, true)
  for (let index = 0; index < header.length; index++) bytes[8 + index] = header.charCodeAt(index)
  let at = 8 + header.length
  for (const { data } of file.tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at)
    at += data.byteLength
  }
  return bytes
}

/**
 * Decodes a file of float32 tensors. Throws an Error with a one-sentence message when the bytes are
 * not one.
 */
export function decodeTensorFile(bytes: Uint8Array): TensorFile {
  const { header, body } = splitFile(bytes)
  const { __metadata__: metadata, ...entries } = header
  const tensors = new Map<string, { shape: readonly number[]; data: Float32Array }>()
  for (const [name, entry] of Object.entries(entries)) {
    const [from, to] = entry.data_offsets
    const count = entry.shape.reduce((product, side) => product * side, 1)
    if (to > body.length || to - from !== count * 4) {
      throw new Error(
        `The tensor "${name}" takes bytes ${from} to ${to} of ${body.length}, expected ${count * 4} bytes inside the file: it is damaged or cut off`,
      )
    }
    // Copied, because a float32 view needs an offset that is a multiple of four.
    tensors.set(name, { shape: entry.shape, data: new Float32Array(body.slice(from, to).buffer) })
  }
  return { metadata, tensors }
}

function splitFile(bytes: Uint8Array): { header: z.infer<typeof headerSchema>; body: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = bytes.length < 8 ? Number.NaN : view.getUint32(0, true)
  const fits =
    length <= LONGEST_HEADER && view.getUint32(4, true) === 0 && 8 + length <= bytes.length
  if (!fits) {
    throw new Error(
      `Found ${bytes.length} bytes that do not start like a safetensors file: choose another file`,
    )
  }
  const read = headerSchema.safeParse(parseJson(textOf(bytes.subarray(8, 8 + length))))
  if (!read.success) {
    throw new Error(
      'The header of this safetensors file is not as expected: it is damaged or from another program',
    )
  }
  return { header: read.data, body: bytes.subarray(8 + length) }
}

/** Returns the text of bytes that are one character each. */
function textOf(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  }
  return text
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function escapeToAscii(json: string): string {
  return json.replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
