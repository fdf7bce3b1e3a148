import { GraphBuilder, type Value } from '../graph/index.ts'
import {
  clipFeatures,
  type ParameterLayout,
  rewardHead,
  type Weights,
  weightsFromVector,
} from '../network/index.ts'
import { flatGradient } from './imitation-graph.ts'

/**
 * log(1 + exp x) without overflow: max(x, 0) + log(1 + exp −|x|). The maximum is taken as
 * (x + |x|) / 2, so that the derivative at 0, where |x| counts as level, is the right one: 1/2.
 */
function softplus(builder: GraphBuilder, x: Value): Value {
  const magnitude = builder.add(builder.relu(x), builder.relu(builder.neg(x)))
  const positive = builder.mul(builder.add(x, magnitude), 0.5)
  const rest = builder.log(builder.add(builder.exp(builder.neg(magnitude)), 1))
  return builder.add(positive, rest)
}

/**
 * Bradley–Terry loss of reward differences d with soft verdicts y (Bradley & Terry 1952; Christiano
 * et al. 2017, equation 1): −y log σ(d) − (1 − y) log σ(−d) = softplus(d) − y d, per pair.
 */
export function bradleyTerry(builder: GraphBuilder, difference: Value, verdict: Value): Value {
  return builder.sub(softplus(builder, difference), builder.mul(verdict, difference))
}

/**
 * Adds the gradient of the Bradley–Terry loss over `pairs` comparisons to an accumulator, by all
 * that `layout` holds. `features` says what the clips look like to the head: `[2 × pairs, width]`,
 * all first clips and then all second ones.
 *
 * Inputs besides `theta`, `accumulator` and those of `features`: `verdict` and `pairWeight` float32
 * `[pairs]`. Outputs `accumulated` and `metrics` `[1]`, the loss summed over pairs.
 */
function comparisonGradient(
  layout: ParameterLayout,
  pairs: number,
  features: (builder: GraphBuilder, weights: Weights) => Value,
): GraphBuilder {
  const builder = new GraphBuilder('reward-gradient')
  const theta = builder.input('theta', 'float32', [layout.count])
  const accumulator = builder.input('accumulator', 'float32', [layout.count])
  const verdict = builder.input('verdict', 'float32', [pairs])
  const pairWeight = builder.input('pairWeight', 'float32', [pairs])
  const weights = weightsFromVector(builder, layout, theta)
  const rewards = rewardHead(builder, weights, features(builder, weights), 2 * pairs)
  const difference = builder.sub(
    builder.slice(rewards, 0, 0, pairs),
    builder.slice(rewards, 0, pairs, 2 * pairs),
  )
  const losses = builder.mul(bradleyTerry(builder, difference, verdict), pairWeight)
  const loss = builder.reduceSum(losses, [0], false)
  const gradient = flatGradient(builder, weights, layout, loss)
  builder.output('accumulated', builder.add(accumulator, gradient))
  builder.output('metrics', builder.reshape(loss, [1]))
  return builder
}

/** The gradient by trunk and head; inputs `frames` and `lastFrame` of `2 × pairs` clips. */
export function rewardGradientGraph(
  layout: ParameterLayout,
  pairs: number,
  length: number,
): GraphBuilder {
  return comparisonGradient(
    layout,
    pairs,
    (builder, weights) => clipFeatures(builder, weights, layout, { clips: 2 * pairs, length }).last,
  )
}

/** The gradient by the head alone; `layout` is a `headLayout`, input `features` `[2 × pairs, width]`. */
export function headGradientGraph(layout: ParameterLayout, pairs: number): GraphBuilder {
  return comparisonGradient(layout, pairs, (builder) =>
    builder.input('features', 'float32', [2 * pairs, layout.size.width]),
  )
}
