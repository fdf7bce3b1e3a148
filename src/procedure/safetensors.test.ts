import { expect, it } from 'vitest'
import { decodeTensorFile, encodeTensorFile } from './safetensors.ts'

const tensors = new Map([['theta', { shape: [3], data: Float32Array.of(1, -2, 0.5) }]])

it('reads what it has written, with long metadata and any characters', () => {
  const metadata = { notes: 'x'.repeat(2_000_000), 'any “name”': 'größer → 大\n"\\' }
  expect(decodeTensorFile(encodeTensorFile({ metadata, tensors }))).toEqual({ metadata, tensors })
})

it('refuses to write a header that no reader would accept', () => {
  const metadata = { notes: 'x'.repeat(100_000_000) }
  expect(() => encodeTensorFile({ metadata, tensors })).toThrow(
    /header .* would have 1000\d{5} bytes, expected 100000000 at most: keep less/,
  )
})

it.each([
  ['nothing', new Uint8Array(0)],
  ['a header that is longer than the file', Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0, 123)],
  ['a header that is longer than the format allows', Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0)],
])('says that %s is no such file', (_, bytes) => {
  expect(() => decodeTensorFile(bytes)).toThrow('do not start like a safetensors file')
})
