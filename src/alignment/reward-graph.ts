import { GraphBuilder, type Value } from '../graph/index.ts'
import {
  type ClipShape,
  clipRewards,
  framesInput,
  type ParameterLayout,
  rowsOf,
  weightsFromVector,
} from '../network/index.ts'
import { flatGradient } from './imitation-graph.ts'

/** What the reward gradient graph's `metrics` holds, summed over pairs: loss, and pairs. */
export const REWARD_METRICS = 2

/**
 * log(1 + exp x) without overflow: max(x, 0) + log(1 + exp −|x|).
 */
function softplus(builder: GraphBuilder, x: Value): Value {
  const positive = builder.relu(x)
  const magnitude = builder.add(positive, builder.relu(builder.neg(x)))
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
 * Adds the gradient of the Bradley–Terry loss over `pairs` comparisons to an accumulator. Clips come
 * as `2 × pairs`, all first ones and then all second ones.
 *
 * Inputs besides `theta` and `accumulator`: `frames`, `lastFrame` float32
 * `[2 × pairs, length]`, `verdict` and `pairWeight` float32 `[pairs]`. Outputs `accumulated` and
 * `metrics` `[2]`.
 */
export function rewardGradientGraph(
  layout: ParameterLayout,
  pairs: number,
  length: number,
): GraphBuilder {
  const shape: ClipShape = { clips: 2 * pairs, length }
  const builder = new GraphBuilder('reward-gradient')
  const theta = builder.input('theta', 'float32', [layout.count])
  const accumulator = builder.input('accumulator', 'float32', [layout.count])
  const verdict = builder.input('verdict', 'float32', [pairs])
  const pairWeight = builder.input('pairWeight', 'float32', [pairs])
  const weights = weightsFromVector(builder, layout, theta)
  const frames = framesInput(builder, rowsOf(shape))
  const lastFrame = builder.input('lastFrame', 'float32', [shape.clips, length])
  const rewards = clipRewards(builder, weights, layout.size, frames, lastFrame, shape)
  const difference = builder.sub(
    builder.slice(rewards, 0, 0, pairs),
    builder.slice(rewards, 0, pairs, 2 * pairs),
  )
  const losses = builder.mul(bradleyTerry(builder, difference, verdict), pairWeight)
  const loss = builder.reduceSum(losses, [0], false)
  const gradient = flatGradient(builder, weights, layout, loss)
  builder.output('accumulated', builder.add(accumulator, gradient))
  const sums = [loss, builder.reduceSum(pairWeight, [0], false)]
  builder.output(
    'metrics',
    builder.concat(
      sums.map((sum) => builder.reshape(sum, [1])),
      0,
    ),
  )
  return builder
}

/** Rewards `[clips]` of whole clips; inputs `theta`, `frames`, `lastFrame`. */
export function rewardScoreGraph(layout: ParameterLayout, shape: ClipShape): GraphBuilder {
  const builder = new GraphBuilder('reward-score')
  const weights = weightsFromVector(
    builder,
    layout,
    builder.input('theta', 'float32', [layout.count]),
  )
  const frames = framesInput(builder, rowsOf(shape))
  const lastFrame = builder.input('lastFrame', 'float32', [shape.clips, shape.length])
  builder.output('rewards', clipRewards(builder, weights, layout.size, frames, lastFrame, shape))
  return builder
}
