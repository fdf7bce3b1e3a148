/** Test cases of operators and gradients: small functions at points away from kinks. */
import type { GraphBuilder } from '../builder.ts'
import type { Value } from '../types.ts'
import type { BuildFunction, Probe } from './finite-differences.ts'

/**
 * Returns a point whose elements are spread evenly over [from, to] in scrambled order: no two are equal
 * and none is close to 0 if `from` = −`to`, so that maxima and ReLUs are away from their kinks.
 */
function probe(shape: readonly number[], from = -1.2, to = 1.2, salt = 1): Probe {
  const count = shape.reduce((product, extent) => product * extent, 1)
  const even = count + (count % 2)
  const stride = [7, 11, 13, 17].find((prime) => even % prime !== 0) ?? 19
  const data = Array.from({ length: count }, (_, index) => {
    const place = ((index + salt) * stride) % even
    return Math.fround(from + ((place + 0.5) / even) * (to - from))
  })
  return { shape, data }
}

/** A function of the operators under test and the point of differentiation. */
export type OperatorCase = readonly [name: string, build: BuildFunction, probes: readonly Probe[]]

/** Creates a case with one input. */
function one(
  name: string,
  f: (b: GraphBuilder, x: Value) => Value,
  ...point: Probe[]
): OperatorCase {
  return [name, (b, [x]) => f(b, x as Value), point.length > 0 ? point : [probe([3, 4])]]
}

/** Creates a case with two inputs. */
function two(
  name: string,
  f: (b: GraphBuilder, x: Value, y: Value) => Value,
  x: readonly number[],
  y: readonly number[],
  range: readonly [number, number] = [-1.2, 1.2],
): OperatorCase {
  return [
    name,
    (b, v) => f(b, v[0] as Value, v[1] as Value),
    [probe(x, ...range), probe(y, ...range, 3)],
  ]
}

const positive = (...shape: number[]) => probe(shape, 0.6, 2)

/** Returns a constant condition in a value's shape, which no perturbation of the inputs can flip. */
function alternating(b: GraphBuilder, like: Value): Value {
  const shape = like.shape.map(Number)
  const count = shape.reduce((product, extent) => product * extent, 1)
  return b.constant(
    'bool',
    shape,
    Array.from({ length: count }, (_, index) => index % 2),
  )
}

const broadcasts: [string, number[], number[]][] = [
  ['equal', [2, 3], [2, 3]],
  ['row', [4, 3], [3]],
  ['column', [4, 1], [4, 3]],
  ['outer', [4, 1], [1, 3]],
  ['scalar', [2, 3], []],
  ['inner 1 of a wider one', [3, 1], [2, 3, 4]],
]

const binaries: OperatorCase[] = broadcasts.flatMap(([how, x, y]) => [
  two(`add, ${how}`, (b, p, q) => b.square(b.add(p, q)), x, y),
  two(`sub, ${how}`, (b, p, q) => b.square(b.sub(p, q)), x, y),
  two(`mul, ${how}`, (b, p, q) => b.mul(p, q), x, y),
  two(`div, ${how}`, (b, p, q) => b.div(p, q), x, y, [0.7, 2]),
  two(
    `where, ${how}`,
    (b, p, q) => b.where(alternating(b, b.add(p, q)), b.square(p), b.exp(q)),
    x,
    y,
  ),
])

const units: OperatorCase[] = [
  one('neg', (b, x) => b.neg(b.square(x))),
  one('exp', (b, x) => b.exp(x)),
  one('log', (b, x) => b.log(x), positive(3, 4)),
  one('sqrt', (b, x) => b.sqrt(x), positive(3, 4)),
  one('reciprocal', (b, x) => b.reciprocal(x), positive(3, 4)),
  one('square', (b, x) => b.square(x)),
  one('sigmoid', (b, x) => b.sigmoid(x)),
  one('tanh', (b, x) => b.tanh(x)),
  one('relu', (b, x) => b.relu(x)),
  one('squared relu', (b, x) => b.square(b.relu(x))),
  two('maximum', (b, x, y) => b.maximum(x, b.add(b.mul(y, 1.16), 0.1)), [3, 4], [4]),
  two('minimum', (b, x, y) => b.minimum(x, b.add(b.mul(y, 1.16), 0.1)), [3, 1], [4]),
]

const products: OperatorCase[] = [
  two('matmul', (b, x, y) => b.matmul(x, y), [3, 4], [4, 2]),
  two('matmul by a weight', (b, x, y) => b.matmul(x, y), [2, 3, 4], [4, 2]),
  two('matmul by a weight, rank 4', (b, x, y) => b.matmul(x, y), [2, 2, 3, 4], [4, 2]),
  two('matmul of batches', (b, x, y) => b.matmul(x, y), [2, 3, 4], [2, 4, 2]),
  two('matmul, left batch repeated', (b, x, y) => b.matmul(x, y), [1, 3, 4], [2, 4, 2]),
  two('matmul, right batch repeated', (b, x, y) => b.matmul(x, y), [2, 3, 2, 4], [3, 4, 2]),
  two('matmul, left of rank 2', (b, x, y) => b.matmul(x, y), [3, 4], [2, 4, 2]),
]

const reductions: OperatorCase[] = [
  one('reduceSum', (b, x) => b.square(b.reduceSum(x, [1]))),
  one('reduceSum, dropped', (b, x) => b.square(b.reduceSum(x, [0, -1], false)), probe([2, 3, 4])),
  one('reduceMean', (b, x) => b.square(b.reduceMean(x, [0]))),
  one('reduceMean, dropped', (b, x) => b.square(b.reduceMean(x, [1], false)), probe([2, 3, 4])),
  one('reduceMax', (b, x) => b.square(b.reduceMax(x, [1]))),
  one('reduceMax, dropped', (b, x) => b.reduceMax(x, [0, 2], false), probe([2, 3, 4])),
  one('softmax', (b, x) => b.softmax(x)),
  one('logSoftmax', (b, x) => b.logSoftmax(x), probe([2, 2, 4])),
  two('rmsNorm', (b, x, s) => b.rmsNorm(x, s, 1e-3), [3, 4], [4]),
  two('rmsNorm, rank 3', (b, x, s) => b.rmsNorm(x, s, 1e-3), [2, 2, 4], [4]),
  two('rmsNorm, rank 1', (b, x, s) => b.rmsNorm(x, s, 1e-3), [6], [6]),
  two('layerNormalization', (b, x, s) => b.layerNormalization(x, s), [3, 4], [4]),
  [
    'layerNormalization with bias',
    (b, v) => b.layerNormalization(v[0] as Value, v[1] as Value, v[2] as Value),
    [probe([2, 2, 4]), probe([4]), probe([4])],
  ],
]

const moves: OperatorCase[] = [
  one('reshape', (b, x) => b.square(b.reshape(x, [2, -1]))),
  one('transpose', (b, x) => b.square(b.transpose(x, [2, 0, 1])), probe([2, 3, 4])),
  one('expand', (b, x) => b.square(b.expand(x, [2, 3, 4])), probe([3, 1])),
  one('slice', (b, x) => b.square(b.slice(x, 1, 1, 3))),
  one('slices side by side', (b, x) => b.mul(b.slice(x, 1, 0, 2), b.slice(x, 1, 2, 4))),
  one('slices with gaps', (b, x) => b.mul(b.slice(x, 0, 1, 2), b.slice(x, 0, 4, 6)), probe([7, 2])),
  one('slices that overlap', (b, x) => b.mul(b.slice(x, 1, 0, 3), b.slice(x, 1, 1, 4))),
  one('slices of two axes and the whole', (b, x) =>
    b.add(b.mul(b.slice(x, 1, 0, 1), b.slice(x, 0, 2, 3)), b.square(x)),
  ),
  two('concat', (b, x, y) => b.square(b.concat([x, y, x], 1)), [3, 2], [3, 1]),
  one('concat of many', (b, x) =>
    b.square(
      b.concat(
        Array.from({ length: 20 }, (_, i) => b.mul(x, i / 10)),
        0,
      ),
    ),
  ),
  one('pad', (b, x) => b.exp(b.pad(x, 1, 1, 2))),
  one('gather', (b, x) => b.square(b.gather(x, b.constant('int32', [2, 2], [2, 0, 2, 1]), 0))),
]

/** Cases for every operator that has a gradient, in shapes that broadcast, repeat and collapse. */
export const OPERATOR_CASES: readonly OperatorCase[] = [
  ...binaries,
  ...units,
  ...products,
  ...reductions,
  ...moves,
]
