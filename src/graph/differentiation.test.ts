import * as ort from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { concatFlat, encodeModel, GraphBuilder, gradients, type Value } from './index.ts'

async function evaluate(builder: GraphBuilder, feeds: Record<string, ort.Tensor>) {
  const session = await ort.InferenceSession.create(encodeModel(builder))
  return session.run(feeds)
}

function floats(shape: number[], ...values: number[]): ort.Tensor {
  return new ort.Tensor('float32', Float32Array.from(values), shape)
}

function numbers(tensor: ort.Tensor | undefined): number[] {
  return Array.from(tensor?.data ?? [], Number)
}

function countOf(builder: GraphBuilder, op: string): number {
  return builder.nodes.filter((node) => node.op === op).length
}

describe('gradients', () => {
  test('are zero for values that the loss does not depend on', async () => {
    const b = new GraphBuilder('zeros')
    const x = b.input('x', 'float32', [2])
    const y = b.input('y', 'float32', ['n', 2])
    const loss = b.reduceSum(b.square(x), [0], false)
    const [dx, dy] = gradients(b, loss, [x, y]) as [Value, Value]
    b.output('dx', dx)
    b.output('dy', dy)
    const result = await evaluate(b, { x: floats([2], 3, 4), y: floats([3, 2], 1, 2, 3, 4, 5, 6) })
    expect(numbers(result.dx)).toEqual([6, 8])
    expect(result.dy?.dims).toEqual([3, 2])
    expect(numbers(result.dy)).toEqual([0, 0, 0, 0, 0, 0])
  })

  test.each([
    [3, 2],
    [2, 3],
  ])(
    'with respect to a [%i, %i] matrix applied to many rows are summed in chunks',
    async (inner, outer) => {
      const rows = 5000
      const b = new GraphBuilder('long sum')
      const x = b.input('x', 'float32', [rows, inner])
      const w = b.input('w', 'float32', [inner, outer])
      const c = b.input('c', 'float32', [rows, outer])
      const loss = b.reduceSum(b.mul(b.matmul(x, w), c), [0, 1], false)
      const [dw] = gradients(b, loss, [w]) as [Value]
      b.output('dw', dw)
      const series = (count: number, factor: number) =>
        Array.from({ length: count }, (_, i) => Math.sin(factor * i))
      const left = series(rows * inner, 0.7)
      const right = series(rows * outer, 1.3)
      const result = await evaluate(b, {
        x: floats([rows, inner], ...left),
        w: floats([inner, outer], ...series(inner * outer, 1)),
        c: floats([rows, outer], ...right),
      })
      // dW = Xᵀ C, in double precision.
      for (const [index, found] of numbers(result.dw).entries()) {
        const [i, j] = [Math.floor(index / outer), index % outer]
        let expected = 0
        for (let row = 0; row < rows; row++) {
          expected += (left[row * inner + i] ?? 0) * (right[row * outer + j] ?? 0)
        }
        expect(found).toBeCloseTo(expected, 2)
      }
      expect(numbers(result.dw).length).toBe(inner * outer)
      const products = b.nodes
        .filter((node) => node.op === 'MatMul')
        .map(({ output }) => output.shape)
      expect(products.some((shape) => shape.length === 3 && shape[0] === 5)).toBe(true)
    },
  )

  test('do not pass through stopGradient, cast or comparisons', async () => {
    const b = new GraphBuilder('stops')
    const x = b.input('x', 'float32', [2])
    const stopped = b.stopGradient(b.square(x))
    const rounded = b.cast(b.cast(x, 'int32'), 'float32')
    const mask = b.cast(b.greater(x, 3.5), 'float32')
    const [dx] = gradients(b, b.mul(b.mul(b.mul(x, stopped), rounded), mask), [x]) as [Value]
    b.output('dx', dx)
    const result = await evaluate(b, { x: floats([2], 3, 4) })
    expect(numbers(result.dx)).toEqual([0, 64])
  })

  test('with respect to an intermediate value stop there', async () => {
    const b = new GraphBuilder('half-way')
    const x = b.input('x', 'float32', [2])
    const y = b.exp(x)
    const [dy] = gradients(b, b.square(y), [y]) as [Value]
    b.output('dy', dy)
    const result = await evaluate(b, { x: floats([2], 0, 0) })
    expect(numbers(result.dy)).toEqual([2, 2])
  })

  test('of a maximum are shared evenly among equal values', async () => {
    const b = new GraphBuilder('ties')
    const x = b.input('x', 'float32', [3])
    const [dx] = gradients(b, b.reduceMax(x, [0]), [x]) as [Value]
    b.output('dx', dx)
    const result = await evaluate(b, { x: floats([3], 2, 1, 2) })
    expect(numbers(result.dx)).toEqual([0.5, 0, 0.5])
  })

  test('follow symbolic extents', async () => {
    const b = new GraphBuilder('symbolic')
    const x = b.input('x', 'float32', ['batch', 'time', 2])
    const w = b.input('w', 'float32', [2, 2])
    const flat = b.reshape(x, [-1, 2])
    expect(flat.shape).toEqual(['batch*time', 2])
    const y = b.reshape(b.tanh(b.matmul(flat, w)), ['batch*time', 2])
    const mean = b.reduceMean(b.reshapeLike(y, x), [0, 1])
    const [dx, dw] = gradients(b, mean, [x, w]) as [Value, Value]
    b.output('dx', dx)
    b.output('dw', dw)
    const feeds = { x: floats([1, 2, 2], 0, 0, 0, 0), w: floats([2, 2], 1, 2, 3, 4) }
    const result = await evaluate(b, feeds)
    expect(result.dx?.dims).toEqual([1, 2, 2])
    expect(numbers(result.dx)).toEqual([1.5, 3.5, 1.5, 3.5])
    expect(result.dw?.dims).toEqual([2, 2])
  })

  test('with respect to a weight applied to many rows are a single product of two matrices', () => {
    const b = new GraphBuilder('rows')
    const x = b.input('x', 'float32', ['batch', 32, 192])
    const w = b.input('w', 'float32', [192, 16])
    gradients(b, b.matmul(x, w), [w])
    expect(countOf(b, 'MatMul')).toBe(2)
    expect(b.nodes.filter((node) => node.op === 'MatMul').map((node) => node.output.shape)).toEqual(
      [
        ['batch', 32, 16],
        [192, 16],
      ],
    )
  })

  test('with respect to a vector split into parameters are concatenated, not padded and added', async () => {
    const b = new GraphBuilder('parameters')
    const theta = b.input('theta', 'float32', [8])
    const parts = [
      b.reshape(b.slice(theta, 0, 0, 4), [2, 2]),
      b.slice(theta, 0, 4, 5),
      b.slice(theta, 0, 5, 8),
    ]
    const flat = concatFlat(b, parts)
    const [whole] = gradients(b, b.square(flat), [theta]) as [Value]
    b.output('whole', whole)
    b.output('joined', concatFlat(b, gradients(b, b.square(flat), parts)))
    expect(countOf(b, 'Pad')).toBe(0)
    const result = await evaluate(b, { theta: floats([8], 1, 2, 3, 4, 5, 6, 7, 8) })
    expect(numbers(result.whole)).toEqual([2, 4, 6, 8, 10, 12, 14, 16])
    expect(numbers(result.joined)).toEqual([2, 4, 6, 8, 10, 12, 14, 16])
  })

  test('report the name of a node that cannot be differentiated', () => {
    const b = new GraphBuilder('g')
    const x = b.input('x', 'float32', [4])
    const y = b.scope('odd', () => b.emit('Erf', [x], 'float32', [4]))
    expect(() => gradients(b, y, [x])).toThrow(/"odd\/Erf".*Erf, which has no gradient rule/)
    const table = b.input('table', 'float32', [2, 3])
    const picked = b.gather(table, b.constant('int32', [1], [0]), 1)
    expect(() => gradients(b, picked, [table])).toThrow(/"Gather".*along axis 1 of \[2, 3\]/)
  })
})
