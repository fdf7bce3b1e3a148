import type { OnProgress } from '../worker/choices.ts'

/**
 * Reads the whole body of a response and reports progress. The length of a compressed body is unknown,
 * so its progress is reported only at the end.
 */
export async function readWhole(response: Response, onProgress: OnProgress): Promise<Uint8Array> {
  const total = Number(response.headers.get('content-length'))
  const encoded = response.headers.has('content-encoding')
  if (!response.body || !(total > 0) || encoded) {
    const bytes = new Uint8Array(await response.arrayBuffer())
    onProgress(1)
    return bytes
  }
  const bytes = new Uint8Array(total)
  let length = 0
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return bytes.subarray(0, length)
    bytes.set(value, length)
    length += value.length
    onProgress(length / total)
  }
}
