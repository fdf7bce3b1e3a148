import { expect, it } from 'vitest'
import { readWhole } from './read-whole.ts'

/** Creates a response whose body arrives in these chunks. */
function responseOf(chunks: readonly string[], headers: Record<string, string>): Response {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk))
      controller.close()
    },
  })
  return new Response(body, { headers })
}

async function read(headers: Record<string, string>) {
  const parts: number[] = []
  const bytes = await readWhole(responseOf(['ab', 'cdef', 'gh'], headers), (part) =>
    parts.push(part),
  )
  return { text: new TextDecoder().decode(bytes), parts }
}

it('reports how much has been loaded', async () => {
  expect(await read({ 'content-length': '8' })).toEqual({
    text: 'abcdefgh',
    parts: [0.25, 0.75, 1],
  })
})

it('reads a response that does not give its length, or only its compressed length', async () => {
  const whole = { text: 'abcdefgh', parts: [1] }
  expect(await read({})).toEqual(whole)
  expect(await read({ 'content-length': '3', 'content-encoding': 'gzip' })).toEqual(whole)
})
