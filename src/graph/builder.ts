/** The graph builder: matrix products, reductions and normalisations on top of the simpler operators. */
import { formatShape, matmulShape, reducedShape } from './shape.ts'
import { StructuralBuilder } from './structural.ts'
import type { Attributes, Shape, Value } from './types.ts'

/**
 * Builds an ONNX graph, value by value, from operators that onnxruntime supports on both CPU and
 * WebGPU. Every operator method checks types and shapes, and throws an Error that names the node.
 */
export class GraphBuilder extends StructuralBuilder {
  /**
   * Multiplies matrices over the last two axes; leading axes broadcast. [N…, K] × [K, M] is the fast
   * case: a single product, in the gradient too.
   */
  matmul(a: Value, b: Value): Value {
    const shape = matmulShape(a.shape, b.shape)
    if (!shape || a.type !== b.type) {
      const found = `${a.type} ${formatShape(a.shape)} and ${b.type} ${formatShape(b.shape)}`
      const expected = '[…, n, k] and […, k, m] of one type, with batch extents that broadcast'
      throw this.error('MatMul', `found ${found}, expected ${expected}`)
    }
    return this.emit('MatMul', [a, b], a.type, shape)
  }

  reduceSum(a: Value, axes: readonly number[], keepDims = true): Value {
    return this.#reduce('ReduceSum', a, axes, keepDims)
  }

  reduceMean(a: Value, axes: readonly number[], keepDims = true): Value {
    return this.#reduce('ReduceMean', a, axes, keepDims)
  }

  /** Returns the maximum over `axes`; its gradient is split evenly among tied elements. */
  reduceMax(a: Value, axes: readonly number[], keepDims = true): Value {
    return this.#reduce('ReduceMax', a, axes, keepDims)
  }

  /** Computes softmax over the last axis. */
  softmax(a: Value): Value {
    this.#lastAxis('Softmax', a)
    return this.emit('Softmax', [a], a.type, a.shape, { axis: { int: -1 } })
  }

  /** Computes log-softmax over the last axis: z − log Σ exp z with z = x − max x. */
  logSoftmax(a: Value): Value {
    this.#lastAxis('LogSoftmax', a)
    return this.scope('LogSoftmax', () => {
      const shifted = this.sub(a, this.reduceMax(a, [-1]))
      const total = this.log(this.reduceSum(this.exp(shifted), [-1]))
      const rule = { rule: 'LogSoftmax', inputs: [a], attributes: {} }
      return this.compose(this.sub(shifted, total), rule)
    })
  }

  /**
   * Applies root-mean-square normalisation over the last axis (Zhang & Sennrich 2019):
   * y = scale · x / √(mean x² + ε), with `scale` of shape [width].
   */
  rmsNorm(x: Value, scale: Value, epsilon = 1e-5): Value {
    this.#checkScale('RMSNorm', x, scale)
    return this.scope('RMSNorm', () => {
      const { normal } = this.rootMeanSquare(x, epsilon)
      const attributes: Attributes = { epsilon: { float: epsilon } }
      const rule = { rule: 'RMSNorm', inputs: [x, scale], attributes }
      return this.compose(this.mul(normal, scale), rule)
    })
  }

  /**
   * Computes the same as `rmsNorm` in a single node of onnxruntime's own, which other runtimes do not
   * have: for graphs that only run, as it has no gradient.
   */
  fusedRmsNorm(x: Value, scale: Value, epsilon = 1e-5): Value {
    this.#checkScale('SimplifiedLayerNormalization', x, scale)
    const attributes: Attributes = { axis: { int: -1 }, epsilon: { float: epsilon } }
    return this.emit('SimplifiedLayerNormalization', [x, scale], x.type, x.shape, attributes)
  }

  /** Computes `sum` = x + branch and `normal` = its `fusedRmsNorm`, in a single node. */
  addRmsNorm(
    x: Value,
    branch: Value,
    scale: Value,
    epsilon = 1e-5,
  ): { readonly sum: Value; readonly normal: Value } {
    const op = 'SkipSimplifiedLayerNormalization'
    this.#checkScale(op, x, scale)
    if (formatShape(x.shape) !== formatShape(branch.shape)) {
      const found = `${formatShape(x.shape)} and ${formatShape(branch.shape)}`
      throw this.error(op, `found ${found}, expected equal shapes`)
    }
    const [normal, sum] = this.emitForeign(
      { domain: 'com.microsoft', op, index: 3 },
      [x, branch, scale],
      x.type,
      x.shape,
      { epsilon: { float: epsilon } },
    )
    return { sum, normal }
  }

  /** Computes `inverse` = 1 / √(mean x² + ε), `[…, 1]`, over the last axis and `normal` = x · inverse. */
  rootMeanSquare(x: Value, epsilon: number): { normal: Value; inverse: Value } {
    const meanSquare = this.reduceMean(this.square(x), [-1])
    const inverse = this.reciprocal(this.sqrt(this.add(meanSquare, epsilon)))
    return { normal: this.mul(x, inverse), inverse }
  }

  /**
   * Applies layer normalisation over the last axis (Ba, Kiros & Hinton 2016) as one fused node:
   * y = scale · (x − mean x) / √(var x + ε) + bias, with `scale` and `bias` of shape [width].
   */
  layerNormalization(x: Value, scale: Value, bias?: Value, epsilon = 1e-5): Value {
    this.#checkScale('LayerNormalization', x, scale)
    if (bias) this.#checkScale('LayerNormalization', x, bias)
    const inputs = bias ? [x, scale, bias] : [x, scale]
    const attributes: Attributes = { axis: { int: -1 }, epsilon: { float: epsilon } }
    return this.emit('LayerNormalization', inputs, x.type, x.shape, attributes)
  }

  /**
   * One-hot encodes `indices` (int32) as float32 […, depth]; an index outside [0, depth) gives zeros.
   * Built from Equal, because onnxruntime's WebGPU backend has no OneHot.
   */
  oneHot(indices: Value, depth: number): Value {
    const positions = this.constant(
      'int32',
      [depth],
      Array.from({ length: depth }, (_, i) => i),
    )
    const column = this.reshape(this.cast(indices, 'int32'), [...indices.shape, 1])
    return this.cast(this.equal(column, positions), 'float32')
  }

  /**
   * Sums over the axes along which `shape` was broadcast: the gradient counterpart of broadcasting.
   */
  reduceTo(a: Value, shape: Shape): Value {
    const added = a.shape.length - shape.length
    const leading = a.shape.slice(0, Math.max(0, added)).map((_, axis) => axis)
    const repeated = shape.flatMap((dim, axis) =>
      dim === 1 && a.shape[axis + added] !== 1 ? [axis + added] : [],
    )
    if (leading.length === 0 && repeated.length === 0) return a
    if (repeated.length === 0) return this.reduceSum(a, leading, false)
    const summed = this.reduceSum(a, [...leading, ...repeated], true)
    return leading.length === 0 ? summed : this.reshape(summed, shape)
  }

  #reduce(op: string, a: Value, axes: readonly number[], keepDims: boolean): Value {
    const positive = [...new Set(axes.map((axis) => this.axis(op, a, axis)))].sort((x, y) => x - y)
    if (positive.length === 0) return a
    const shape = reducedShape(a.shape, positive, keepDims)
    const attributes: Attributes = { keepdims: { int: keepDims ? 1 : 0 } }
    return this.emit(op, [a, this.axes(positive)], a.type, shape, attributes)
  }

  #lastAxis(op: string, a: Value): void {
    if (a.shape.length === 0) throw this.error(op, 'found a scalar, expected a last axis')
  }

  #checkScale(op: string, x: Value, scale: Value): void {
    if (scale.shape.length === 1 && scale.shape[0] === x.shape.at(-1)) return
    const found = `${formatShape(x.shape)} and a scale or bias ${formatShape(scale.shape)}`
    throw this.error(op, `found ${found}, expected […, width] and [width]`)
  }
}
