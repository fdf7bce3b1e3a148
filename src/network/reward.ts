import { GraphBuilder, type Value } from '../graph/index.ts'
import type { ParameterLayout } from './parameters.ts'
import { type ClipShape, rowsOf, sequenceFeatures, stepFeatures, trunkInput } from './policy.ts'
import type { NetworkSize } from './sizes.ts'
import type { Weights } from './weights.ts'

/** What the trunk makes of whole clips. */
export interface ClipFeatures {
  /** On each clip's last frame: float32 `[clips, width]`. */
  readonly last: Value
  /** At every decision, from what was seen until then: float32 `[clips × length, width]`. */
  readonly steps: Value
}

/**
 * The trunk's features of whole clips. Adds the inputs of `trunkInput` and `lastFrame`, float32
 * `[clips, length]`: 1 on a clip's last frame and 0 elsewhere.
 */
export function clipFeatures(
  builder: GraphBuilder,
  weights: Weights,
  layout: ParameterLayout,
  shape: ClipShape,
): ClipFeatures {
  const { clips, length } = shape
  const { width } = layout.size
  const seen = trunkInput(builder, layout, rowsOf(shape))
  const lastFrame = builder.input('lastFrame', 'float32', [clips, length])
  const steps = sequenceFeatures(builder, weights, layout, seen, shape)
  const chosen = builder.matmul(
    builder.reshape(lastFrame, [clips, 1, length]),
    builder.reshape(steps, [clips, length, width]),
  )
  return { last: builder.reshape(chosen, [clips, width]), steps }
}

/** One reward per clip, float32 `[clips]`, read off its features `[clips, width]`. */
export function rewardHead(
  builder: GraphBuilder,
  weights: Weights,
  features: Value,
  clips: number,
): Value {
  const rewards = builder.matmul(features, weights.get('head/reward'))
  return builder.reshape(builder.add(rewards, weights.get('head/offset')), [clips])
}

/**
 * The scoring graph: `rewards` `[clips]` of whole clips, and `steps`, the trunk's features at every
 * decision `[clips × length, width]`; inputs `frames` and `lastFrame`, and what `createWeights` adds.
 */
export function rewardScoreGraph(
  layout: ParameterLayout,
  shape: ClipShape,
  createWeights: (builder: GraphBuilder) => Weights,
): GraphBuilder {
  const builder = new GraphBuilder('reward-score')
  const weights = createWeights(builder)
  const { last, steps } = clipFeatures(builder, weights, layout, shape)
  builder.output('steps', steps)
  builder.output('rewards', rewardHead(builder, weights, last, shape.clips))
  return builder
}

/**
 * The running reward: the step graph of a policy with the reward's read-out in the place of the action
 * heads. `logits` `[batch, 1]` is the reward that a clip would have if it ended with this decision; it
 * has the policy's name, as under Bradley–Terry it is one, so that whatever runs the one runs the other.
 */
export function rewardStepGraph(
  size: NetworkSize,
  createWeights: (builder: GraphBuilder) => Weights,
): GraphBuilder {
  const builder = new GraphBuilder('reward-step')
  const weights = createWeights(builder)
  const features = stepFeatures(builder, weights, size)
  const rewards = builder.matmul(features, weights.get('head/reward'))
  builder.output('logits', builder.add(rewards, weights.get('head/offset')))
  return builder
}
