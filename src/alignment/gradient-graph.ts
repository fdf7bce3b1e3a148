import { concatFlat, GraphBuilder, gradients, type Value } from '../graph/index.ts'
import { type ParameterLayout, type Weights, weightsFromVector } from '../network/index.ts'

/** Loss of a batch, and what a training wants to know of it. */
export interface BatchLoss {
  /** Scalar: sum over the batch, not a mean, so that accumulating batches equals one larger batch. */
  readonly loss: Value
  /** float32 vector. */
  readonly metrics: Value
}

/**
 * Returns the graph that adds the gradient of a loss over one batch to an accumulator, as `Learner`
 * expects it. `build` adds the inputs of the batch.
 *
 * Inputs besides the batch's: `theta` and `accumulator` float32 `[count]`. Outputs: `accumulated`
 * `[count]` and `metrics`.
 */
export function gradientGraph(
  name: string,
  layout: ParameterLayout,
  build: (builder: GraphBuilder, weights: Weights) => BatchLoss,
): GraphBuilder {
  const builder = new GraphBuilder(name)
  const theta = builder.input('theta', 'float32', [layout.count])
  const accumulator = builder.input('accumulator', 'float32', [layout.count])
  const weights = weightsFromVector(builder, layout, theta)
  const { loss, metrics } = build(builder, weights)
  const gradient = flatGradient(builder, weights, layout, loss)
  builder.output('accumulated', builder.add(accumulator, gradient))
  builder.output('metrics', metrics)
  return builder
}

/**
 * Returns the gradient of `loss` with respect to every parameter, in the layout's order: float32
 * `[count]`. Throws unless the graph uses every parameter.
 */
function flatGradient(
  builder: GraphBuilder,
  weights: Weights,
  layout: ParameterLayout,
  loss: Value,
): Value {
  const used = weights.used()
  if (used.length !== layout.slots.length) {
    throw new Error(
      `The graph uses ${used.length} parameters of ${layout.slots.length}: every one must take part in the loss`,
    )
  }
  return concatFlat(
    builder,
    gradients(
      builder,
      loss,
      used.map(({ value }) => value),
    ),
  )
}
