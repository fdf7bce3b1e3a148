import * as ort from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { decodeModel, encodeModel, GraphBuilder, type Value } from './index.ts'

function numbers(tensor: ort.Tensor | undefined): number[] {
  return Array.from(tensor?.data ?? [], Number)
}

/** Creates a builder with three inputs for the tests of invalid calls. */
function sample() {
  const b = new GraphBuilder('sample')
  return {
    b,
    x: b.input('x', 'float32', ['batch', 3]),
    y: b.input('y', 'float32', [4, 2]),
    i: b.input('i', 'int32', [4]),
  }
}

describe('shape errors name the node, what was found and what was expected', () => {
  const cases: [string, (s: ReturnType<typeof sample>) => unknown, RegExp][] = [
    [
      'broadcast',
      ({ b, x, y }) => b.add(x, y),
      /"Add".*\[batch, 3\] and \[4, 2\], expected shapes/,
    ],
    ['types', ({ b, y, i }) => b.mul(y, i), /"Mul".*float32 \("y"\) and int32 \("i"\), expected/],
    [
      'matmul',
      ({ b, x, y }) => b.matmul(x, y),
      /"MatMul".*\[batch, 3\].*\[4, 2\], expected \[…, n, k\]/,
    ],
    ['reshape', ({ b, y }) => b.reshape(y, [3, 3]), /"Reshape".*\[3, 3\], expected.*\[4, 2\]/],
    ['reshape −1', ({ b, y }) => b.reshape(y, [3, -1]), /"Reshape".*\[3, -1\]/],
    ['reshape batch', ({ b, x }) => b.reshape(x, ['batch', 4]), /"Reshape".*\[batch, 4\]/],
    ['reshape to a number', ({ b, x }) => b.reshape(x, [12]), /"Reshape".*\[12\]/],
    ['transpose', ({ b, x }) => b.transpose(x, [0, 0]), /"Transpose".*\[0,0\].*\[batch, 3\]/],
    ['slice', ({ b, y }) => b.slice(y, 0, 2, 5), /"Slice".*2…5.*\[4, 2\], expected.*0…4/],
    ['slice of batch', ({ b, x }) => b.slice(x, 0, 0, 1), /"Slice".*axis 0 of \[batch, 3\]/],
    ['concat', ({ b, x, y }) => b.concat([y, x], 0), /"Concat".*\[4, 2\].*\[batch, 3\], expected/],
    ['concat of none', ({ b }) => b.concat([], 0), /"Concat".*no values/],
    ['expand', ({ b, y }) => b.expand(y, [3, 4, 3]), /"Expand".*\[4, 2\].*\[3, 4, 3\]/],
    ['expand to batch', ({ b, i }) => b.expand(i, ['batch', 4]), /"Expand".*use expandLike/],
    ['axis', ({ b, y }) => b.reduceSum(y, [2]), /"ReduceSum".*axis 2 of \[4, 2\], expected/],
    ['where', ({ b, y }) => b.where(y, y, y), /"Where".*float32, expected bool/],
    ['unary type', ({ b, i }) => b.exp(i), /"Exp".*int32, expected float32/],
    ['gather type', ({ b, y }) => b.gather(y, y, 0), /"Gather".*float32, expected int32/],
    ['scale', ({ b, x, i }) => b.rmsNorm(x, i), /"RMSNorm".*\[batch, 3\].*\[4\], expected/],
    ['data', ({ b }) => b.constant('float32', [3], [1, 2]), /found 2 elements, expected 3/],
    ['array', ({ b }) => b.constant('int32', [1], new Float32Array(1)), /Float32Array for int32/],
    ['name', ({ b }) => b.input('x', 'float32', []), /the name "x" is taken/],
    ['stranger', ({ b, x }) => b.add(new GraphBuilder('other').scalar(1), x), /of another graph/],
    ['scope', ({ b, x, y }) => b.scope('a', () => b.scope('b', () => b.add(x, y))), /"a\/b\/Add"/],
    ['no outputs', ({ b }) => encodeModel(b), /"sample": found no outputs/],
  ]
  test.each(cases)('%s', (_, misuse, message) => {
    expect(() => misuse(sample())).toThrow(message)
  })
})

describe('symbolic extents', () => {
  test('are tracked through products and quotients', () => {
    const b = new GraphBuilder('symbols')
    const x = b.input('x', 'float32', ['batch*100', 64])
    expect(x.shape).toEqual(['100*batch', 64])
    const split = b.reshape(x, ['batch', 100, 4, -1])
    expect(split.shape).toEqual(['batch', 100, 4, 16])
    expect(b.reshape(b.transpose(split, [0, 2, 1, 3]), [-1, 16]).shape).toEqual(['400*batch', 16])
    expect(b.reshape(x, ['rows', 64]).shape).toEqual(['rows', 64])
  })

  test('are correct when the graph runs', async () => {
    const b = new GraphBuilder('run')
    const x = b.input('x', 'float32', ['batch', 'time', 4])
    const heads = b.transpose(b.reshape(x, ['batch', 'time', 2, 2]), [0, 2, 1, 3])
    b.output('y', b.reduceSum(b.softmax(heads), [3], false))
    const session = await ort.InferenceSession.create(encodeModel(b))
    const data = Float32Array.from({ length: 24 }, (_, index) => index)
    const { y } = await session.run({ x: new ort.Tensor('float32', data, [3, 2, 4]) })
    expect(y?.dims).toEqual([3, 2, 2])
    for (const sum of numbers(y)) expect(sum).toBeCloseTo(1)
  })
})

describe('the builder', () => {
  test('computes equal expressions once', () => {
    const { b, y } = sample()
    expect(b.mul(y, 2)).toBe(b.mul(y, 2))
    expect(b.constant('int32', [2], [1, 2])).toBe(b.constant('int32', [2], [1, 2]))
    expect(b.constant('int32', [2], [1, 2])).not.toBe(b.constant('int32', [1, 2], [1, 2]))
    expect(b.constant('uint8', [1], [1])).not.toBe(b.constant('bool', [1], [1]))
    const long = Float32Array.from({ length: 100 }, (_, index) => index)
    expect(b.constant('float32', [100], long)).not.toBe(
      b.constant('float32', [100], long.with(99, 0)),
    )
    expect(b.scalar(0)).not.toBe(b.scalar(-0))
  })

  test('writes only nodes that the outputs depend on', () => {
    const { b, y } = sample()
    b.exp(b.mul(y, 3))
    b.output('z', b.tanh(b.add(y, 1)))
    const model = decodeModel(encodeModel(b))
    expect(model.nodeTypes).toEqual(['Add', 'Tanh'])
    expect(model.initializers.size).toBe(1)
    expect(model.inputs.map(({ name }) => name)).toEqual(['x', 'y', 'i'])
  })

  test('outputs a value under two names, and inputs and constants as outputs', async () => {
    const b = new GraphBuilder('names')
    const x = b.input('x', 'float32', [2])
    const twice = b.add(x, x)
    for (const name of ['first', 'second']) b.output(name, twice)
    b.output('same', x)
    b.output('seven', b.constant('float32', [1], [7]))
    b.output('used', b.mul(twice, 3))
    const session = await ort.InferenceSession.create(encodeModel(b))
    const result = await session.run({ x: new ort.Tensor('float32', Float32Array.of(1, 2), [2]) })
    const found = Object.entries(result).map(([name, tensor]) => [name, numbers(tensor)])
    expect(Object.fromEntries(found)).toEqual({
      first: [2, 4],
      second: [2, 4],
      same: [1, 2],
      seven: [7],
      used: [6, 12],
    })
  })

  test('supports one-hot, gather, comparisons and numbers as left operands', async () => {
    const b = new GraphBuilder('mixed')
    const i = b.input('i', 'int32', [3])
    const x = b.input('x', 'float32', [3])
    const outputs: Record<string, Value> = {
      hot: b.oneHot(i, 3),
      picked: b.gather(b.constant('float32', [3], [10, 20, 30]), i, 0),
      rest: b.sub(1, x),
      limited: b.minimum(b.maximum(x, -1), 1),
      next: b.add(i, 1),
      last: b.slice(i, 0, -2, 3),
      equal: b.cast(b.equal(i, 1), 'float32'),
      atMost: b.cast(b.lessOrEqual(x, 0.5), 'float32'),
      atLeast: b.cast(b.greaterOrEqual(x, 0.5), 'float32'),
    }
    for (const [name, value] of Object.entries(outputs)) b.output(name, value)
    const session = await ort.InferenceSession.create(encodeModel(b))
    const result = await session.run({
      i: new ort.Tensor('int32', Int32Array.of(0, 2, 1), [3]),
      x: new ort.Tensor('float32', Float32Array.of(-2, 0.5, 2), [3]),
    })
    const found = Object.entries(result).map(([name, tensor]) => [name, numbers(tensor)])
    expect(Object.fromEntries(found)).toEqual({
      hot: [1, 0, 0, 0, 0, 1, 0, 1, 0],
      picked: [10, 30, 20],
      rest: [3, 0.5, -1],
      limited: [-1, 0.5, 1],
      next: [1, 3, 2],
      last: [2, 1],
      equal: [0, 0, 1],
      atMost: [1, 1, 0],
      atLeast: [0, 1, 1],
    })
  })
})
