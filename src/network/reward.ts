import type { GraphBuilder, Value } from '../graph/index.ts'
import { type ClipShape, sequenceFeatures } from './policy.ts'
import type { NetworkSize } from './sizes.ts'
import type { Weights } from './weights.ts'

/**
 * One reward per clip, float32 `[clips]`: the trunk over the whole clip, a scalar read-out on its
 * last frame. `lastFrame` float32 `[clips, length]` is 1 there and 0 elsewhere.
 */
export function clipRewards(
  builder: GraphBuilder,
  weights: Weights,
  size: NetworkSize,
  frames: Value,
  lastFrame: Value,
  shape: ClipShape,
): Value {
  const features = sequenceFeatures(builder, weights, size, frames, shape)
  const perDecision = builder.reshape(builder.matmul(features, weights.get('head/reward')), [
    shape.clips,
    shape.length,
  ])
  return builder.reduceSum(builder.mul(perDecision, lastFrame), [1], false)
}
