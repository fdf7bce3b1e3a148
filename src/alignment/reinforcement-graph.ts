import type { GraphBuilder, Value } from '../graph/index.ts'
import { HEAD_SIZES } from '../island/index.ts'
import {
  actionLogProbabilities,
  type ClipShape,
  HEAD_WIDTHS,
  oneHotActions,
  type ParameterLayout,
  policyHead,
  rowsOf,
  sequenceFeatures,
  trunkInput,
} from '../network/index.ts'
import { gradientGraph } from './gradient-graph.ts'

/** Returns the element-wise minimum of two values. */
function smaller(builder: GraphBuilder, a: Value, b: Value): Value {
  return builder.sub(a, builder.relu(builder.sub(a, b)))
}

/** Clamps a value to [1 − width, 1 + width]. */
function clipped(builder: GraphBuilder, value: Value, width: Value): Value {
  const above = builder.relu(builder.sub(builder.sub(value, 1), width))
  const below = builder.relu(builder.sub(builder.sub(builder.neg(value), -1), width))
  return builder.add(builder.sub(value, above), below)
}

/**
 * Returns the graph that adds the gradient of the clipped policy-gradient loss over one batch of clips
 * to an accumulator:
 *
 *   Σ decisions −min(ρ A, clip(ρ, 1 − ε, 1 + ε) A) + κ KL(π ‖ π_ref),   ρ = π(a) / π_played(a)
 *
 * (Schulman et al. 2017, arXiv 1707.06347, equation 7; at the first step ρ is 1 and this is the plain
 * policy gradient). The KL divergence is summed exactly over every choice of every head, as the heads
 * are independent given the frames.
 *
 * Inputs: `theta` and `accumulator` float32 `[count]`; those of `trunkInput`; `actions` int32
 * `[rows, 6]`; float32 `[rows]` each: `weights`, 0 for padding, `advantages` A, and
 * `playedLogProbabilities` log π_played(a); `referenceLogits` float32 `[rows, 48]`; `klWeight` κ and
 * `clip` ε float32 `[]`. Outputs: `accumulated` `[count]`, and `metrics` `[1]`: Σ log π(a) over the
 * batch's decisions, nats.
 */
export function reinforcementGradientGraph(
  layout: ParameterLayout,
  shape: ClipShape,
): GraphBuilder {
  const rows = rowsOf(shape)
  return gradientGraph('reinforcement-gradient', layout, (builder, weights) => {
    const seen = trunkInput(builder, layout, rows)
    const actions = builder.input('actions', 'int32', [rows, HEAD_SIZES.length])
    const perRow = (name: string): Value => builder.input(name, 'float32', [rows])
    const weight = perRow('weights')
    const advantages = perRow('advantages')
    const played = perRow('playedLogProbabilities')
    const referenceLogits = builder.input('referenceLogits', 'float32', [rows, HEAD_WIDTHS.policy])
    const klWeight = builder.input('klWeight', 'float32', [])
    const clip = builder.input('clip', 'float32', [])

    const features = sequenceFeatures(builder, weights, layout, seen, shape)
    const logPi = actionLogProbabilities(builder, policyHead(builder, weights, features), rows)
    const logReference = actionLogProbabilities(builder, referenceLogits, rows)
    const sumOver = (values: Value): Value => builder.reduceSum(values, [1], false)
    const total = (values: Value): Value =>
      builder.reduceSum(builder.mul(values, weight), [0], false)

    const chosen = sumOver(builder.mul(logPi, oneHotActions(builder, actions)))
    const ratio = builder.exp(builder.sub(chosen, played))
    const gain = smaller(
      builder,
      builder.mul(ratio, advantages),
      builder.mul(clipped(builder, ratio, clip), advantages),
    )
    const kl = sumOver(builder.mul(builder.exp(logPi), builder.sub(logPi, logReference)))
    const loss = builder.sub(builder.mul(klWeight, total(kl)), total(gain))
    return { loss, metrics: builder.reshape(total(chosen), [1]) }
  })
}
