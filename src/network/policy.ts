import { type Dim, GraphBuilder, type Value } from '../graph/index.ts'
import { embedFrames, framesInput, policyHead } from './embedding.ts'
import type { ParameterLayout } from './parameters.ts'
import type { NetworkSize } from './sizes.ts'
import {
  type ClipShape,
  CONTEXT,
  sequenceAttention,
  stepAttention,
  transformer,
} from './transformer.ts'
import type { Weights } from './weights.ts'

export function rowsOf(shape: ClipShape): number {
  if (shape.length > CONTEXT) {
    throw new Error(
      `A clip of ${shape.length} decisions was requested, but the context is ${CONTEXT}: use at most that`,
    )
  }
  return shape.clips * shape.length
}

/**
 * Declares the input of a network of `layout`: `frames` of `framesInput`, or, if it begins at a later
 * block, `stream`, float32 `[rows, width]`, the residual stream computed by the blocks below.
 */
export function trunkInput(builder: GraphBuilder, layout: ParameterLayout, rows: Dim): Value {
  return layout.firstLayer === 0
    ? framesInput(builder, rows)
    : builder.input('stream', 'float32', [rows, layout.size.width])
}

/**
 * Computes trunk features `[clips × length, width]` of whole clips; each decision attends to itself and
 * those before it. `seen` is a `trunkInput`.
 */
export function sequenceFeatures(
  builder: GraphBuilder,
  weights: Weights,
  { size, firstLayer }: ParameterLayout,
  seen: Value,
  shape: ClipShape,
): Value {
  const stream = firstLayer === 0 ? embedFrames(builder, weights, size, seen, rowsOf(shape)) : seen
  const attend = sequenceAttention(builder, size, shape)
  return transformer(builder, weights, size, stream, attend, { from: firstLayer })
}

/**
 * Builds the graph of the embedding and the blocks below `layer`, from `frames` of whole clips to the
 * residual stream `stream`, float32 `[clips × length, width]`.
 */
export function streamGraph(
  size: NetworkSize,
  layer: number,
  shape: ClipShape,
  createWeights: (builder: GraphBuilder) => Weights,
): GraphBuilder {
  const builder = new GraphBuilder('stream')
  const weights = createWeights(builder)
  const rows = rowsOf(shape)
  const embedded = embedFrames(builder, weights, size, framesInput(builder, rows), rows)
  const attend = sequenceAttention(builder, size, shape)
  builder.output('stream', transformer(builder, weights, size, embedded, attend, { to: layer }))
  return builder
}

/**
 * Builds the step graph of model files: one decision for each island of a batch of any size.
 *
 * Inputs: `frames` uint8 `[batch, 32, 64, 3]`, `position` int32 `[batch]` (number of decisions already
 * made), and per layer the caches `layerN.keys` and `layerN.values`. Outputs: `logits` `[batch, 48]`,
 * and per layer the new cache rows `layerN.newKeys` and `layerN.newValues`. `stepAttention` gives the
 * shapes of the caches, which hold 100 positions.
 *
 * `createWeights` determines the source of the parameters.
 */
export function stepGraph(
  size: NetworkSize,
  createWeights: (builder: GraphBuilder) => Weights,
): GraphBuilder {
  const builder = new GraphBuilder('policy-step')
  const weights = createWeights(builder)
  const rows: Dim = 'batch'
  const frames = framesInput(builder, rows)
  const position = builder.input('position', 'int32', [rows])
  const held = builder.constant(
    'int32',
    [CONTEXT],
    Int32Array.from({ length: CONTEXT }, (_, i) => i),
  )
  const embedded = embedFrames(builder, weights, size, frames, rows)
  const attend = stepAttention(builder, size, rows, { position, held })
  const features = transformer(builder, weights, size, embedded, attend)
  builder.output('logits', policyHead(builder, weights, features))
  return builder
}

/** Builds the sequence graph: `logits` `[clips × length, 48]` of all decisions of whole clips at once. */
export function sequenceGraph(
  layout: ParameterLayout,
  shape: ClipShape,
  createWeights: (builder: GraphBuilder) => Weights,
): GraphBuilder {
  const builder = new GraphBuilder('policy-sequence')
  const weights = createWeights(builder)
  const seen = trunkInput(builder, layout, rowsOf(shape))
  const features = sequenceFeatures(builder, weights, layout, seen, shape)
  builder.output('logits', policyHead(builder, weights, features))
  return builder
}
