import { GraphBuilder, type Value } from '../graph/index.ts'
import { HEAD_NAMES, HEAD_SIZES } from '../island/index.ts'
import {
  actionLogProbabilities,
  type ClipShape,
  oneHotActions,
  type ParameterLayout,
  policyHead,
  rowsOf,
  sequenceFeatures,
  trunkInput,
  type Weights,
  weightsFromVector,
} from '../network/index.ts'
import { type BatchLoss, gradientGraph } from './gradient-graph.ts'

/**
 * Length of the imitation graphs' `metrics`, weighted sums over the batch's decisions: `[0]` the
 * weights themselves, `[1 … 6]` negative log-likelihood of each head in nats, `[7 … 12]` decisions
 * where the head's most likely choice is the one made.
 */
export const IMITATION_METRICS = 1 + 2 * HEAD_NAMES.length

/** Returns a constant `[48, 6]` whose product with rows of choices sums each head's columns. */
function headSums(builder: GraphBuilder): Value {
  const width = HEAD_SIZES.reduce((sum, size) => sum + size, 0)
  const data = new Float32Array(width * HEAD_SIZES.length)
  let column = 0
  for (const [head, size] of HEAD_SIZES.entries()) {
    for (let choice = 0; choice < size; choice++, column++) {
      data[column * HEAD_SIZES.length + head] = 1
    }
  }
  return builder.constant('float32', [width, HEAD_SIZES.length], data)
}

/** Returns whether each head's most likely choice is the one made: float32 `[rows, 6]` of 0 and 1. */
function hits(builder: GraphBuilder, logProbabilities: Value, chosen: Value, rows: number): Value {
  let column = 0
  const perHead = HEAD_SIZES.map((size, head) => {
    const all = builder.slice(logProbabilities, 1, column, column + size)
    column += size
    const best = builder.reduceMax(all, [1])
    const made = builder.slice(chosen, 1, head, head + 1)
    return builder.reshape(builder.cast(builder.equal(best, made), 'float32'), [rows, 1])
  })
  return builder.concat(perHead, 1)
}

/**
 * Returns the loss of a batch, Σ weight × Σ heads −log π(action | frames up to the decision) in nats, and
 * its metrics, float32 `[13]`, see `IMITATION_METRICS`.
 */
function imitationTerms(
  builder: GraphBuilder,
  weights: Weights,
  layout: ParameterLayout,
  shape: ClipShape,
): BatchLoss {
  const rows = rowsOf(shape)
  const seen = trunkInput(builder, layout, rows)
  const actions = builder.input('actions', 'int32', [rows, HEAD_SIZES.length])
  const weight = builder.reshape(builder.input('weights', 'float32', [rows]), [rows, 1])
  const features = sequenceFeatures(builder, weights, layout, seen, shape)
  const logits = policyHead(builder, weights, features)
  const logProbabilities = actionLogProbabilities(builder, logits, rows)
  const made = builder.mul(logProbabilities, oneHotActions(builder, actions))
  const chosen = builder.matmul(made, headSums(builder))
  const likelihood = builder.mul(chosen, weight)
  const correct = builder.mul(hits(builder, logProbabilities, chosen, rows), weight)
  const total = (values: Value): Value => builder.reduceSum(values, [0], false)
  return {
    loss: builder.neg(builder.reduceSum(likelihood, [0, 1], false)),
    metrics: builder.concat([total(weight), builder.neg(total(likelihood)), total(correct)], 0),
  }
}

/**
 * Returns the graph that adds the imitation loss's gradient over one batch of clips to an accumulator.
 *
 * Inputs: `theta` and `accumulator` float32 `[count]`, those of `trunkInput`, `actions` int32
 * `[rows, 6]`, `weights` float32 `[rows]`. Outputs: `accumulated` `[count]`, `metrics` `[13]`.
 * The loss is a weighted sum, so accumulating 8 batches of 1 equals 1 batch of 8.
 */
export function imitationGradientGraph(layout: ParameterLayout, shape: ClipShape): GraphBuilder {
  return gradientGraph('imitation-gradient', layout, (builder, weights) =>
    imitationTerms(builder, weights, layout, shape),
  )
}

/**
 * Returns the graph of the loss alone, for held-out clips: the inputs of `imitationGradientGraph` without
 * `accumulator`, and the output `metrics`.
 */
export function imitationLossGraph(layout: ParameterLayout, shape: ClipShape): GraphBuilder {
  const builder = new GraphBuilder('imitation-loss')
  const theta = builder.input('theta', 'float32', [layout.count])
  const weights = weightsFromVector(builder, layout, theta)
  builder.output('metrics', imitationTerms(builder, weights, layout, shape).metrics)
  return builder
}
