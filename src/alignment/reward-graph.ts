import type { GraphBuilder, Value } from '../graph/index.ts'
import { clipFeatures, type ParameterLayout, rewardHead, type Weights } from '../network/index.ts'
import { gradientGraph } from './gradient-graph.ts'

/**
 * Returns log(1 + exp x), computed without overflow as max(x, 0) + log(1 + exp −|x|). The maximum is
 * (x + |x|) / 2, so that the derivative at 0, where that of |x| is taken as 0, is correctly 1/2.
 */
export function softplus(builder: GraphBuilder, x: Value): Value {
  const magnitude = builder.add(builder.relu(x), builder.relu(builder.neg(x)))
  const positive = builder.mul(builder.add(x, magnitude), 0.5)
  const rest = builder.log(builder.add(builder.exp(builder.neg(magnitude)), 1))
  return builder.add(positive, rest)
}

/**
 * Returns the Bradley–Terry loss of reward differences d with soft verdicts y (Bradley & Terry 1952;
 * Christiano et al. 2017, equation 1): −y log σ(d) − (1 − y) log σ(−d) = softplus(d) − y d, per pair.
 */
export function bradleyTerry(builder: GraphBuilder, difference: Value, verdict: Value): Value {
  return builder.sub(softplus(builder, difference), builder.mul(verdict, difference))
}

/**
 * Returns the graph that adds the gradient of the Bradley–Terry loss over `pairs` comparisons, with
 * respect to all parameters of `layout`, to an accumulator. `features` builds the head's input,
 * `[2 × pairs, width]`: all first clips and then all second ones.
 *
 * Inputs besides `theta`, `accumulator` and those of `features`: `verdict` and `pairWeight` float32
 * `[pairs]`. Outputs: `accumulated` and `metrics` `[1]`, the loss summed over pairs by weight.
 */
function comparisonGradient(
  layout: ParameterLayout,
  pairs: number,
  features: (builder: GraphBuilder, weights: Weights) => Value,
): GraphBuilder {
  return gradientGraph('reward-gradient', layout, (builder, weights) => {
    const verdict = builder.input('verdict', 'float32', [pairs])
    const pairWeight = builder.input('pairWeight', 'float32', [pairs])
    const rewards = rewardHead(builder, weights, features(builder, weights), 2 * pairs)
    const difference = builder.sub(
      builder.slice(rewards, 0, 0, pairs),
      builder.slice(rewards, 0, pairs, 2 * pairs),
    )
    const losses = builder.mul(bradleyTerry(builder, difference, verdict), pairWeight)
    const loss = builder.reduceSum(losses, [0], false)
    return { loss, metrics: builder.reshape(loss, [1]) }
  })
}

/**
 * Returns the gradient graph for trunk and head; its clip inputs are those of `trunkInput` and `lastFrame`,
 * for `2 × pairs` clips of `length` frames, `stride` decisions apart.
 */
export function rewardGradientGraph(
  layout: ParameterLayout,
  pairs: number,
  length: number,
  stride = 1,
): GraphBuilder {
  const shape = { clips: 2 * pairs, length, stride }
  return comparisonGradient(
    layout,
    pairs,
    (builder, weights) => clipFeatures(builder, weights, layout, shape).last,
  )
}

/**
 * Returns the gradient graph for the head alone; `layout` is a `headLayout`, and the clip input is
 * `features` float32 `[2 × pairs, width]`.
 */
export function headGradientGraph(layout: ParameterLayout, pairs: number): GraphBuilder {
  return comparisonGradient(layout, pairs, (builder) =>
    builder.input('features', 'float32', [2 * pairs, layout.size.width]),
  )
}
