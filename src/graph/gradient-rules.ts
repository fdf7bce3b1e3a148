/** The gradient rules of all operators, with those of the element-wise ones defined here. */
import type { GraphBuilder } from './builder.ts'
import { matmulRule } from './matmul-gradient.ts'
import {
  layerNormalizationRule,
  logSoftmaxRule,
  rmsNormRule,
  softmaxRule,
} from './norm-gradients.ts'
import { reduceMaxRule, reduceMeanRule, reduceSumRule } from './reduction-gradients.ts'
import { operand, type Rule } from './rule.ts'
import {
  concatRule,
  expandRule,
  gatherRule,
  padRule,
  reshapeRule,
  sliceRule,
  transposeRule,
} from './structural-gradients.ts'
import type { Value } from './types.ts'

/** Operators that no gradient flows through, by design or because they are step functions. */
export const NO_GRADIENT: ReadonlySet<string> = new Set([
  'Cast',
  'Identity',
  'Equal',
  'Less',
  'LessOrEqual',
  'Greater',
  'GreaterOrEqual',
  'Shape',
])

/** Creates the rule of a unary operator y = f(x) from a function of dy, y and x. */
function unary(rule: (builder: GraphBuilder, gradient: Value, y: Value, x: Value) => Value): Rule {
  return ({ builder, inputs, output, gradient }) => [
    () => rule(builder, gradient, output, operand(inputs, 0)),
  ]
}

/** Creates the rule of a broadcasting binary operator; gradients are reduced to each operand's shape. */
function binary(
  left: (builder: GraphBuilder, gradient: Value, a: Value, b: Value, y: Value) => Value,
  right: typeof left,
): Rule {
  return ({ builder, inputs, output, gradient }) => {
    const a = operand(inputs, 0)
    const b = operand(inputs, 1)
    return [
      () => builder.reduceTo(left(builder, gradient, a, b, output), a.shape),
      () => builder.reduceTo(right(builder, gradient, a, b, output), b.shape),
    ]
  }
}

const whereRule: Rule = ({ builder, inputs, gradient }) => {
  const condition = operand(inputs, 0)
  const [a, b] = [operand(inputs, 1), operand(inputs, 2)]
  return [
    undefined,
    () => builder.reduceTo(builder.where(condition, gradient, 0), a.shape),
    () => builder.reduceTo(builder.where(condition, 0, gradient), b.shape),
  ]
}

/** Rule of (relu x)²: the derivative 2 relu x is already zero wherever relu's is. */
const squaredReluRule: Rule = ({ builder, inputs, gradient }) => [
  () => builder.mul(gradient, builder.mul(builder.relu(operand(inputs, 0)), 2)),
]

/** Gradient rules by operator or composite name. */
export const GRADIENT_RULES: Readonly<Partial<Record<string, Rule>>> = {
  Add: binary(
    (_, g) => g,
    (_, g) => g,
  ),
  Sub: binary(
    (_, g) => g,
    (b, g) => b.neg(g),
  ),
  Mul: binary(
    (b, g, _, right) => b.mul(g, right),
    (b, g, left) => b.mul(g, left),
  ),
  Div: binary(
    (b, g, _, right) => b.div(g, right),
    (b, g, _, right, y) => b.neg(b.mul(g, b.div(y, right))),
  ),
  Neg: unary((b, g) => b.neg(g)),
  Exp: unary((b, g, y) => b.mul(g, y)),
  Log: unary((b, g, _, x) => b.div(g, x)),
  Sqrt: unary((b, g, y) => b.div(b.mul(g, 0.5), y)),
  Reciprocal: unary((b, g, y) => b.neg(b.mul(g, b.square(y)))),
  Sigmoid: unary((b, g, y) => b.mul(g, b.mul(y, b.sub(1, y)))),
  Tanh: unary((b, g, y) => b.mul(g, b.sub(1, b.square(y)))),
  Relu: unary((b, g, y) => b.where(b.greater(y, 0), g, 0)),
  SquaredRelu: squaredReluRule,
  Where: whereRule,
  MatMul: matmulRule,
  ReduceSum: reduceSumRule,
  ReduceMean: reduceMeanRule,
  ReduceMax: reduceMaxRule,
  Softmax: softmaxRule,
  LogSoftmax: logSoftmaxRule,
  RMSNorm: rmsNormRule,
  LayerNormalization: layerNormalizationRule,
  Reshape: reshapeRule,
  Transpose: transposeRule,
  Expand: expandRule,
  Slice: sliceRule,
  Pad: padRule,
  Concat: concatRule,
  Gather: gatherRule,
}
