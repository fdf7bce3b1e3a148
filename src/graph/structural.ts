/** Operators that rearrange elements without arithmetic. */
import { ElementwiseBuilder } from './elementwise.ts'
import {
  broadcastShapes,
  canonicalShape,
  formatShape,
  isStatic,
  normaliseAxis,
  reshapeArgument,
  resolveReshape,
  sameShape,
} from './shape.ts'
import type { Shape, Value } from './types.ts'

/** Most operands of one Concat: with the result they stay below WebGPU's ten storage buffers. */
const WIDEST_CONCAT = 8

export class StructuralBuilder extends ElementwiseBuilder {
  /**
   * Reshapes a value. `shape` may hold one −1, which is inferred. At most one symbolic extent of the
   * result may differ from the operand's extent on the same axis.
   */
  reshape(a: Value, shape: Shape): Value {
    const target = resolveReshape(a.shape, shape)
    if (!target) {
      const expected = `a shape with as many elements as ${formatShape(a.shape)}`
      throw this.error('Reshape', `found ${formatShape(shape)}, expected ${expected}`)
    }
    if (sameShape(a.shape, target)) return a
    const argument = reshapeArgument(a.shape, target)
    if (!argument) {
      const found = `${formatShape(a.shape)} to ${formatShape(shape)}`
      throw this.error('Reshape', `found ${found}, expected at most one symbolic extent to change`)
    }
    return this.emit('Reshape', [a, this.axes(argument)], a.type, target)
  }

  /** Reshapes to another value's shape, reading symbolic extents when the graph runs if necessary. */
  reshapeLike(a: Value, like: Value): Value {
    const target = resolveReshape(a.shape, like.shape)
    if (!target || reshapeArgument(a.shape, target)) return this.reshape(a, like.shape)
    return this.emit('Reshape', [a, this.#shapeOf(like)], a.type, target)
  }

  /** Reorders axes: axis `i` of the result is axis `permutation[i]` of the operand. */
  transpose(a: Value, permutation: readonly number[]): Value {
    const rank = a.shape.length
    const found = [...permutation].sort((x, y) => x - y)
    if (found.length !== rank || found.some((axis, index) => axis !== index)) {
      const problem = `found the order [${permutation}] for ${formatShape(a.shape)}`
      throw this.error('Transpose', `${problem}, expected each axis from 0 to ${rank - 1} once`)
    }
    if (permutation.every((axis, index) => axis === index)) return a
    const shape = permutation.map((axis) => a.shape[axis] ?? 1)
    return this.emit('Transpose', [a], a.type, shape, { perm: { ints: permutation } })
  }

  /** Returns elements `start … end − 1` along an axis; negative positions count from its end. */
  slice(a: Value, axis: number, start: number, end: number): Value {
    const at = this.axis('Slice', a, axis)
    const extent = a.shape[at]
    if (typeof extent !== 'number') {
      const problem = `found a slice of axis ${axis} of ${formatShape(a.shape)}`
      throw this.error('Slice', `${problem}, expected an axis whose extent is a number`)
    }
    const from = start < 0 ? start + extent : start
    const to = end < 0 ? end + extent : end
    if (!(from >= 0 && from < to && to <= extent)) {
      const problem = `found ${start}…${end} on axis ${axis} of ${formatShape(a.shape)}`
      throw this.error('Slice', `${problem}, expected a non-empty range within 0…${extent}`)
    }
    if (from === 0 && to === extent) return a
    // The WebGPU backend slices only floats, but gathers integers too.
    if (a.type === 'int32') return this.gather(a, this.#range(from, to), at)
    const shape = a.shape.map((dim, index) => (index === at ? to - from : dim))
    const range = [this.axes([from]), this.axes([to]), this.axes([at])]
    return this.emit('Slice', [a, ...range], a.type, shape)
  }

  /** Concatenates values along an axis, in a tree of at most `WIDEST_CONCAT` operands per node. */
  concat(values: readonly Value[], axis: number): Value {
    const [first] = values
    if (!first) throw this.error('Concat', 'found no values, expected at least one')
    const at = this.axis('Concat', first, axis)
    for (const value of values) this.#checkConcat(first, value, at)
    let level = [...values]
    while (level.length > 1) {
      const next: Value[] = []
      for (let from = 0; from < level.length; from += WIDEST_CONCAT) {
        next.push(this.#concatFew(level.slice(from, from + WIDEST_CONCAT), first, at))
      }
      level = next
    }
    return level[0] ?? first
  }

  /** Broadcasts a value to the given shape. */
  expand(a: Value, shape: Shape): Value {
    const target = canonicalShape(shape)
    if (sameShape(a.shape, target)) return a
    const wider = broadcastShapes(a.shape, target)
    if (!wider || !sameShape(wider, target)) {
      const problem = `found ${formatShape(a.shape)} to be expanded to ${formatShape(shape)}`
      throw this.error('Expand', `${problem}, expected extents that are equal or 1`)
    }
    // ONNX's Expand broadcasts both ways, so a 1 in its shape keeps an extent, even a symbolic one.
    const added = target.length - a.shape.length
    const argument = target.map((dim, axis) => (dim === a.shape[axis - added] ? 1 : dim))
    if (!isStatic(argument)) {
      const problem = `found ${formatShape(a.shape)} to be expanded to ${formatShape(shape)}`
      throw this.error('Expand', `${problem}, expected a value of that shape; use expandLike`)
    }
    return this.emit('Expand', [a, this.axes(argument)], a.type, target)
  }

  /** Broadcasts to another value's shape, reading symbolic extents when the graph runs if necessary. */
  expandLike(a: Value, like: Value): Value {
    const wider = broadcastShapes(a.shape, like.shape)
    if (!wider || !sameShape(wider, like.shape)) {
      const problem = `found ${formatShape(a.shape)} to be expanded to ${formatShape(like.shape)}`
      throw this.error('Expand', `${problem}, expected extents that are equal or 1`)
    }
    const added = like.shape.length - a.shape.length
    const fresh = like.shape.filter((dim, axis) => dim !== a.shape[axis - added])
    if (isStatic(fresh)) return this.expand(a, like.shape)
    return this.emit('Expand', [a, this.#shapeOf(like)], a.type, like.shape)
  }

  /** Gathers slices of `data` along an axis by int32 or int64 positions (numpy.take). */
  gather(data: Value, indices: Value, axis: number): Value {
    const at = this.axis('Gather', data, axis)
    if (indices.type !== 'int32' && indices.type !== 'int64') {
      throw this.error('Gather', `found indices of type ${indices.type}, expected int32`)
    }
    const shape = [...data.shape.slice(0, at), ...indices.shape, ...data.shape.slice(at + 1)]
    return this.emit('Gather', [data, indices], data.type, shape, { axis: { int: at } })
  }

  /** Adds zeros before and after the elements along an axis. */
  pad(a: Value, axis: number, before: number, after: number): Value {
    const at = this.axis('Pad', a, axis)
    const extent = a.shape[at]
    if (typeof extent !== 'number' || before < 0 || after < 0) {
      const problem = `found ${before} before and ${after} after axis ${axis} of`
      throw this.error('Pad', `${problem} ${formatShape(a.shape)}, expected a numeric extent`)
    }
    if (before === 0 && after === 0) return a
    const none = a.shape.map(() => 0)
    const pads = [...none.with(at, before), ...none.with(at, after)]
    const shape = a.shape.map((dim, index) => (index === at ? extent + before + after : dim))
    const zero = this.constant(a.type, [], [0])
    return this.emit('Pad', [a, this.axes(pads), zero], a.type, shape)
  }

  /** Returns an int64 constant, as ONNX requires for shapes, axes and ranges; it never reaches a GPU. */
  protected axes(values: readonly number[]): Value {
    return this.constant('int64', [values.length], values)
  }

  /** Returns the non-negative form of an axis; throws if the operand does not have it. */
  protected axis(op: string, a: Value, axis: number): number {
    const at = normaliseAxis(axis, a.shape.length)
    if (at !== undefined) return at
    const problem = `found axis ${axis} of ${formatShape(a.shape)}`
    throw this.error(op, `${problem}, expected a whole number below ${a.shape.length}`)
  }

  #range(from: number, to: number): Value {
    const positions = Array.from({ length: to - from }, (_, index) => from + index)
    return this.constant('int32', [to - from], positions)
  }

  #shapeOf(value: Value): Value {
    return this.emit('Shape', [value], 'int64', [value.shape.length])
  }

  #checkConcat(first: Value, value: Value, at: number): void {
    const rest = first.shape.filter((_, axis) => axis !== at)
    const others = value.shape.filter((_, axis) => axis !== at)
    const fits = value.shape.length === first.shape.length && sameShape(rest, others)
    if (fits && typeof value.shape[at] === 'number' && value.type === first.type) return
    const found = `${first.type} ${formatShape(first.shape)} and ${value.type} ${formatShape(value.shape)}`
    throw this.error('Concat', `found ${found}, expected equal types and shapes but for axis ${at}`)
  }

  #concatFew(values: readonly Value[], first: Value, at: number): Value {
    const [only] = values
    if (only && values.length === 1) return only
    const extent = values.reduce((sum, value) => sum + Number(value.shape[at]), 0)
    const shape = first.shape.map((dim, axis) => (axis === at ? extent : dim))
    return this.emit('Concat', values, first.type, shape, { axis: { int: at } })
  }
}
