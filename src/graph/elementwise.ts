/** Element-wise operators, with NumPy broadcasting. */
import { GraphCore } from './core.ts'
import { broadcastShapes, formatShape } from './shape.ts'
import { DATA_TYPES } from './tensor.ts'
import type { ElementType, Operand, Shape, Value } from './types.ts'

export class ElementwiseBuilder extends GraphCore {
  add(a: Operand, b: Operand): Value {
    return this.#binary('Add', a, b)
  }

  sub(a: Operand, b: Operand): Value {
    return this.#binary('Sub', a, b)
  }

  mul(a: Operand, b: Operand): Value {
    return this.#binary('Mul', a, b)
  }

  div(a: Operand, b: Operand): Value {
    return this.#binary('Div', a, b)
  }

  /** Returns the element-wise maximum; on ties the gradient goes to `a`. */
  maximum(a: Operand, b: Operand): Value {
    const [left, right] = this.#operands('Max', a, b)
    return this.where(this.greaterOrEqual(left, right), left, right)
  }

  /** Returns the element-wise minimum; on ties the gradient goes to `a`. */
  minimum(a: Operand, b: Operand): Value {
    const [left, right] = this.#operands('Min', a, b)
    return this.where(this.lessOrEqual(left, right), left, right)
  }

  /** Returns a = b as bool. Comparisons have no gradient. */
  equal(a: Operand, b: Operand): Value {
    return this.#binary('Equal', a, b, 'bool')
  }

  less(a: Operand, b: Operand): Value {
    return this.#binary('Less', a, b, 'bool')
  }

  lessOrEqual(a: Operand, b: Operand): Value {
    return this.#binary('LessOrEqual', a, b, 'bool')
  }

  greater(a: Operand, b: Operand): Value {
    return this.#binary('Greater', a, b, 'bool')
  }

  greaterOrEqual(a: Operand, b: Operand): Value {
    return this.#binary('GreaterOrEqual', a, b, 'bool')
  }

  /** Selects `a` where the condition (bool) holds, else `b`; all three broadcast. */
  where(condition: Value, a: Operand, b: Operand): Value {
    if (condition.type !== 'bool') {
      throw this.error('Where', `found a condition of type ${condition.type}, expected bool`)
    }
    const [left, right] = this.#operands('Where', a, b)
    const shape = this.#broadcast('Where', [condition, left, right])
    return this.emit('Where', [condition, left, right], left.type, shape)
  }

  neg(a: Value): Value {
    return this.#unary('Neg', a)
  }

  exp(a: Value): Value {
    return this.#unary('Exp', a)
  }

  /** Computes the natural logarithm. */
  log(a: Value): Value {
    return this.#unary('Log', a)
  }

  sqrt(a: Value): Value {
    return this.#unary('Sqrt', a)
  }

  reciprocal(a: Value): Value {
    return this.#unary('Reciprocal', a)
  }

  /** Computes a²; if `a` is a ReLU, attaches the shorter gradient rule of the squared ReLU. */
  square(a: Value): Value {
    const squared = this.mul(a, a)
    const node = this.producer(a)
    if (node?.op !== 'Relu') return squared
    return this.compose(squared, { rule: 'SquaredRelu', inputs: node.inputs, attributes: {} })
  }

  sigmoid(a: Value): Value {
    return this.#unary('Sigmoid', a)
  }

  tanh(a: Value): Value {
    return this.#unary('Tanh', a)
  }

  relu(a: Value): Value {
    return this.#unary('Relu', a)
  }

  /** Converts to another element type. No gradient flows through. */
  cast(a: Value, type: ElementType): Value {
    if (a.type === type) return a
    return this.emit('Cast', [a], type, a.shape, { to: { int: DATA_TYPES[type] } })
  }

  /** Returns the same value, treated as a constant by differentiation. */
  stopGradient(a: Value): Value {
    return this.emit('Identity', [a], a.type, a.shape)
  }

  #unary(op: string, a: Value): Value {
    if (a.type !== 'float32' && a.type !== 'float16' && !(op === 'Neg' && a.type === 'int32')) {
      throw this.error(op, `found ${a.type}, expected float32; cast it first`)
    }
    return this.emit(op, [a], a.type, a.shape)
  }

  #binary(op: string, a: Operand, b: Operand, type?: ElementType): Value {
    const operands = this.#operands(op, a, b)
    return this.emit(op, operands, type ?? operands[0].type, this.#broadcast(op, operands))
  }

  /** Returns both operands as values of one type; a plain number takes the other's type. */
  #operands(op: string, a: Operand, b: Operand): readonly [Value, Value] {
    if (typeof a === 'number' && typeof b === 'number') return [this.scalar(a), this.scalar(b)]
    const left = typeof a === 'number' ? this.constant(typeOf(b), [], [a]) : a
    const right = typeof b === 'number' ? this.constant(typeOf(a), [], [b]) : b
    if (left.type === right.type) return [left, right]
    const found = `${left.type} ("${left.name}") and ${right.type} ("${right.name}")`
    throw this.error(op, `found ${found}, expected equal types; cast one`)
  }

  #broadcast(op: string, values: readonly Value[]): Shape {
    let shape: Shape = []
    for (const value of values) {
      const wider = broadcastShapes(shape, value.shape)
      if (!wider) {
        const found = values.map((each) => formatShape(each.shape)).join(' and ')
        throw this.error(op, `found ${found}, expected shapes that broadcast to one another`)
      }
      shape = wider
    }
    return shape
  }
}

function typeOf(operand: Operand): ElementType {
  return typeof operand === 'number' ? 'float32' : operand.type
}
