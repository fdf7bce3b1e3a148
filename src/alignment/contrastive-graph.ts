import type { GraphBuilder, Value } from '../graph/index.ts'
import { HEAD_SIZES } from '../island/index.ts'
import {
  actionLogProbabilities,
  oneHotActions,
  type ParameterLayout,
  policyHead,
  rowsOf,
  sequenceFeatures,
  trunkInput,
} from '../network/index.ts'
import { gradientGraph } from './gradient-graph.ts'
import { softplus } from './reward-graph.ts'

/**
 * Returns the contrastive loss of scores s₁ and s₂ with soft verdicts y, per pair (Hejna et al. 2023,
 * arXiv 2310.13639, equations 5 and 6): y softplus(λ s₂ − s₁) + (1 − y) softplus(λ s₁ − s₂). This is the
 * expected loss if the first clip is preferred with probability y; the less preferred clip of each case
 * is weighted by λ. With λ = 1 it is the Bradley–Terry loss, softplus(d) − y d with d = s₁ − s₂.
 */
function contrastive(
  builder: GraphBuilder,
  [first, second]: readonly [Value, Value],
  verdict: Value,
  conservative: Value,
): Value {
  const against = (better: Value, worse: Value): Value =>
    softplus(builder, builder.sub(builder.mul(worse, conservative), better))
  const other = builder.sub(against(second, first), against(first, second))
  const share = builder.add(builder.neg(verdict), 1)
  return builder.add(against(first, second), builder.mul(share, other))
}

/**
 * Returns the graph that adds the gradient of contrastive preference learning over `pairs` comparisons to
 * an accumulator. The clips are all first ones, then all second ones. The score of a clip is
 *
 *   s = Σ decisions c (log π(a) − log π_start(a))
 *
 * with the decision's credit c = α γᵗ. The loss is `contrastive` summed over the pairs, minus
 * Σ decisions w log π(a): an imitation of clips whose decisions have a weight w.
 *
 * Inputs besides `theta`, `accumulator` and those of `trunkInput`: `actions` int32 `[rows, 6]`; float32
 * `[rows]` each: `credits` and `imitation`, both 0 for padding, and `referenceLogProbabilities`;
 * `verdict` float32 `[pairs]`; `conservative` λ float32 `[]`. Outputs: `accumulated`, and `metrics`
 * `[2]`: the summed contrastive loss, and the summed imitation term, nats.
 */
export function contrastiveGradientGraph(
  layout: ParameterLayout,
  pairs: number,
  length: number,
): GraphBuilder {
  const shape = { clips: 2 * pairs, length }
  const rows = rowsOf(shape)
  return gradientGraph('contrastive-gradient', layout, (builder, weights) => {
    const seen = trunkInput(builder, layout, rows)
    const actions = builder.input('actions', 'int32', [rows, HEAD_SIZES.length])
    const perRow = (name: string): Value => builder.input(name, 'float32', [rows])
    const credits = perRow('credits')
    const imitation = perRow('imitation')
    const reference = perRow('referenceLogProbabilities')
    const verdict = builder.input('verdict', 'float32', [pairs])
    const conservative = builder.input('conservative', 'float32', [])

    const features = sequenceFeatures(builder, weights, layout, seen, shape)
    const logPi = actionLogProbabilities(builder, policyHead(builder, weights, features), rows)
    const chosen = builder.reduceSum(
      builder.mul(logPi, oneHotActions(builder, actions)),
      [1],
      false,
    )
    // Subtracted decision by decision: sums over clips are large, and float32 would lose their difference.
    const gained = builder.mul(builder.sub(chosen, reference), credits)
    const scores = builder.reduceSum(builder.reshape(gained, [2 * pairs, length]), [1], false)
    const both = [
      builder.slice(scores, 0, 0, pairs),
      builder.slice(scores, 0, pairs, 2 * pairs),
    ] as const
    const losses = contrastive(builder, both, verdict, conservative)
    const contrast = builder.reduceSum(losses, [0], false)
    const imitated = builder.neg(builder.reduceSum(builder.mul(chosen, imitation), [0], false))
    const one = (value: Value): Value => builder.reshape(value, [1])
    return {
      loss: builder.add(contrast, imitated),
      metrics: builder.concat([one(contrast), one(imitated)], 0),
    }
  })
}
