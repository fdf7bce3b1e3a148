import { GraphBuilder, type Value } from '../graph/index.ts'
import type { ParameterLayout } from './parameters.ts'
import { rowsOf, sequenceFeatures, trunkInput } from './policy.ts'
import type { ClipShape } from './transformer.ts'
import type { NamedWeights, Weights } from './weights.ts'

/** Trunk features of whole clips. */
export interface ClipFeatures {
  /** Features at each clip's last frame, float32 `[clips, width]`. */
  readonly last: Value
  /** Features at every decision, from the frames up to it: float32 `[clips × length, width]`. */
  readonly steps: Value
}

/**
 * Computes trunk features of whole clips. Declares the input of `trunkInput` and `lastFrame`, float32
 * `[clips, length]`: 1 at a clip's last frame and 0 elsewhere.
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

/** Computes rewards `[rows, 1]` from features `[rows, width]`. */
export function rewardReadOut(
  builder: GraphBuilder,
  weights: NamedWeights,
  features: Value,
): Value {
  const rewards = builder.matmul(features, weights.get('head/reward'))
  return builder.add(rewards, weights.get('head/offset'))
}

/** Computes one reward per clip, float32 `[clips]`, from clip features `[clips, width]`. */
export function rewardHead(
  builder: GraphBuilder,
  weights: Weights,
  features: Value,
  clips: number,
): Value {
  return builder.reshape(rewardReadOut(builder, weights, features), [clips])
}

/**
 * Builds the scoring graph. Outputs: `rewards` `[clips]` of whole clips, and `steps`, the trunk features
 * at every decision, `[clips × length, width]`. Inputs: those of `clipFeatures` and of `createWeights`.
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
