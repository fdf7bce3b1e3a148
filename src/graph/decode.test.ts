import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeModel, encodeModel, fromFloat16, GraphBuilder, toFloat16 } from './index.ts'

function sampleBuilder(): GraphBuilder {
  const b = new GraphBuilder('sample')
  const x = b.input('frames', 'uint8', ['batch', 4])
  const w = b.initializer(
    'weight',
    'float16',
    [4, 2],
    toFloat16(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8)),
  )
  const bias = b.initializer('bias', 'float32', [2], [0.5, -0.5])
  const table = b.initializer('table', 'int32', [2], [3, -4])
  const y = b.add(b.matmul(b.cast(x, 'float32'), b.cast(w, 'float32')), bias)
  b.output('logits', b.mul(y, b.cast(table, 'float32')))
  b.output('mask', b.greater(y, 0))
  b.output('row', b.reshape(y, [-1]))
  return b
}

const METADATA = { 'jumppad.version': '1', note: 'Grüße, 世界', __proto__x: '' }

function sampleBytes(): Uint8Array {
  return encodeModel(sampleBuilder(), { metadata: METADATA })
}

/**
 * Returns the message `decodeModel` throws, or undefined if it succeeds. Fails unless what it throws
 * is a plain Error of one sentence.
 */
function complaint(bytes: Uint8Array): string | undefined {
  try {
    decodeModel(bytes)
    return undefined
  } catch (error) {
    expect(error).toBeInstanceOf(Error)
    expect(Object.getPrototypeOf(error)).toBe(Error.prototype)
    const { message } = error as Error
    expect(message).toMatch(/^The (file|ONNX file)[^\n]*\.$/)
    return message
  }
}

describe('encode and decode', () => {
  test('round-trip', () => {
    const model = decodeModel(sampleBytes())
    expect(model.metadata).toEqual(METADATA)
    expect(model.inputs).toEqual([{ name: 'frames', type: 'uint8', shape: ['batch', 4] }])
    expect(model.outputs).toEqual([
      { name: 'logits', type: 'float32', shape: ['batch', 2] },
      { name: 'mask', type: 'bool', shape: ['batch', 2] },
      { name: 'row', type: 'float32', shape: ['2*batch'] },
    ])
    expect(model.nodeTypes).toEqual(['Add', 'Cast', 'Greater', 'MatMul', 'Mul', 'Reshape'])
    expect(model.initializers.get('weight')?.type).toBe('float16')
    const bits = model.initializers.get('weight')?.data
    expect(bits).toBeInstanceOf(Uint16Array)
    expect(Array.from(fromFloat16(bits as Uint16Array))).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(model.initializers.get('bias')).toEqual({
      type: 'float32',
      shape: [2],
      data: Float32Array.of(0.5, -0.5),
    })
    expect(model.initializers.get('table')?.data).toEqual(Int32Array.of(3, -4))
  })

  test('are deterministic', () => {
    expect(sampleBytes()).toEqual(sampleBytes())
  })
})

describe('decodeModel refuses with one sentence', () => {
  test('empty input, other files, and models without outputs', () => {
    expect(complaint(new Uint8Array())).toMatch('is empty')
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
    expect(complaint(png)).toMatch('not an ONNX model')
    const text = Uint8Array.from('{"hello": "world"}', (letter) => letter.charCodeAt(0))
    expect(complaint(text)).toMatch('not an ONNX model')
    expect(complaint(new Uint8Array(1_000))).toMatch('not an ONNX model')
  })

  test('every truncation', () => {
    const bytes = encodeModel(sampleBuilder())
    for (let length = 0; length < bytes.length; length++) {
      const message = complaint(bytes.subarray(0, length))
      expect(message, `cut to ${length} of ${bytes.length} bytes`).toBeDefined()
    }
  })

  test('damaged bytes, unless the result is still valid', () => {
    const bytes = sampleBytes()
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(damage, (flips) => {
        const damaged = bytes.slice()
        for (const [at, flip] of flips) damaged[at] = (damaged[at] ?? 0) ^ flip
        complaint(damaged)
      }),
      { numRuns: 2_000, seed: 1 },
    )
  })

  test('random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        expect(complaint(bytes)).toBeDefined()
      }),
      { numRuns: 2_000, seed: 1 },
    )
  })
})

describe('float16', () => {
  test('all bit patterns round-trip', () => {
    const bits = Uint16Array.from({ length: 65_536 }, (_, index) => index)
    const back = toFloat16(fromFloat16(bits))
    const wrong = bits.filter((pattern, index) => {
      const notANumber = (pattern & 0x7c00) === 0x7c00 && (pattern & 0x3ff) !== 0
      return notANumber ? ((back[index] ?? 0) & 0x7fff) <= 0x7c00 : pattern !== back[index]
    })
    expect(Array.from(wrong)).toEqual([])
  })

  test('rounds to the nearest value, ties to even', () => {
    const unit = 2 ** -10
    const cases: [number, number][] = [
      [1 + unit / 2, 1],
      [1 + (3 * unit) / 2, 1 + 2 * unit],
      [1 + unit * 0.51, 1 + unit],
      [65_519, 65_504],
      [65_520, Number.POSITIVE_INFINITY],
      [-1e9, Number.NEGATIVE_INFINITY],
      [2 ** -25, 0],
      [2 ** -25 * 1.01, 2 ** -24],
      [3 * 2 ** -25, 2 ** -23],
      [2 ** -14 * (1 - 2 ** -12), 2 ** -14],
    ]
    for (const [value, expected] of cases) {
      expect(fromFloat16(toFloat16(Float32Array.of(value)))[0]).toBe(expected)
    }
  })
})
