/** Closed-form gradients of softmax and the normalisations. */
import type { GraphBuilder } from './builder.ts'
import { operand, type Rule } from './rule.ts'
import type { Attributes, Value } from './types.ts'

/** dx = y (dy − Σ dy y). */
export const softmaxRule: Rule = ({ builder, output, gradient }) => [
  () => {
    const total = builder.reduceSum(builder.mul(gradient, output), [-1])
    return builder.mul(output, builder.sub(gradient, total))
  },
]

/** dx = dy − exp(y) Σ dy, where exp(y) is the softmax. */
export const logSoftmaxRule: Rule = ({ builder, output, gradient }) => [
  () => {
    const total = builder.reduceSum(gradient, [-1])
    return builder.sub(gradient, builder.mul(builder.exp(output), total))
  },
]

/**
 * With n = x r, r = 1/√(mean x² + ε): dscale = Σ dy n, dx = r (dy scale − n mean(dy scale n)).
 * The builder reuses the nodes for r and n of the forward pass.
 */
export const rmsNormRule: Rule = ({ builder, inputs, attributes, gradient }) => {
  const x = operand(inputs, 0)
  const scale = operand(inputs, 1)
  const { normal, inverse } = builder.rootMeanSquare(x, epsilonOf(attributes))
  const product = builder.mul(gradient, normal)
  return [
    () => {
      const along = builder.mul(normal, meanWith(builder, product, scale))
      return builder.mul(inverse, builder.sub(builder.mul(gradient, scale), along))
    },
    () => builder.reduceTo(product, scale.shape),
  ]
}

/** dx = r (s − mean s − n mean(s n)), s = dy scale, with n and r as in `rmsNormRule` of x − mean x. */
export const layerNormalizationRule: Rule = ({ builder, inputs, attributes, gradient }) => {
  const x = operand(inputs, 0)
  const scale = operand(inputs, 1)
  const centred = builder.sub(x, builder.reduceMean(x, [-1]))
  const { normal, inverse } = builder.rootMeanSquare(centred, epsilonOf(attributes))
  return [
    () => {
      const scaled = builder.mul(gradient, scale)
      const along = builder.mul(normal, builder.reduceMean(builder.mul(scaled, normal), [-1]))
      const rest = builder.sub(builder.sub(scaled, builder.reduceMean(scaled, [-1])), along)
      return builder.mul(inverse, rest)
    },
    () => builder.reduceTo(builder.mul(gradient, normal), scale.shape),
    () => builder.reduceTo(gradient, scale.shape),
  ]
}

function epsilonOf(attributes: Attributes): number {
  const { epsilon } = attributes
  return epsilon && 'float' in epsilon ? epsilon.float : 0
}

/** Computes mean(product · scale), `[…, 1]`, over the last axis, by a matrix–vector product if it can. */
function meanWith(builder: GraphBuilder, product: Value, scale: Value): Value {
  const width = Number(scale.shape[0])
  if (product.shape.length < 2) return builder.reduceMean(builder.mul(product, scale), [-1])
  return builder.mul(builder.matmul(product, builder.reshape(scale, [width, 1])), 1 / width)
}
