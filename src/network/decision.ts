/**
 * Graphs that runners play with: the step graph in the form that suits a device, with weights that were
 * prepared once per version of the parameters.
 */
import { GraphBuilder, type Value } from '../graph/index.ts'
import { embedFrames, framesInput, policyHead } from './embedding.ts'
import { keptAttention, keptCacheNames, keptCacheShape } from './kept-attention.ts'
import type { Network, ParameterLayout } from './parameters.ts'
import { type CachePlace, preparedWeights } from './prepared-weights.ts'
import { rewardReadOut } from './reward.ts'
import type { NetworkSize } from './sizes.ts'
import { stepAttention, transformer } from './transformer.ts'
import { type NamedWeights, weightsFixed, weightsFromInput } from './weights.ts'

export interface DecisionOptions {
  readonly cache: CachePlace
  /** Network whose parameters are fixed, whole or below `trained`. */
  readonly fixed?: Network
  /** Layout of the parameters whose prepared weights are inputs: the whole network or its upper part. */
  readonly trained?: ParameterLayout
}

/**
 * Builds the graph that prepares the parameters of `layout` for `decisionGraph`: from `theta` to one output
 * per parameter, named like it. It runs once per version of the parameters, not at every decision.
 */
export function preparationGraph(layout: ParameterLayout, cache: CachePlace): GraphBuilder {
  const builder = new GraphBuilder('preparation')
  const weights = weightsFromInput(builder, layout)
  const prepared = preparedWeights(builder, layout.size, weights, cache)
  for (const { name } of layout.slots) builder.output(name, prepared.get(name))
  return builder
}

/**
 * Builds the graph of one decision for each island of a batch of any size. Its `logits` are those of
 * `stepGraph`, or, for a reward model, the reward `[batch, 1]` of a clip that ends with this decision: under
 * Bradley–Terry it is a logit, so one runner serves both.
 *
 * Inputs: `frames` and `position` as in `stepGraph`, the prepared weights of `trained`, and the caches: in
 * `host` memory, those of `stepAttention` with `held`; if `kept`, those of `keptAttention`. If the upper
 * part alone is trained, `stream` `[batch, width]` is one more output: the residual stream that it reads.
 *
 * Norms are fused nodes of onnxruntime, so these graphs are not for export.
 */
export function decisionGraph(options: DecisionOptions): GraphBuilder {
  const { cache, fixed, trained } = options
  const layout = fixed?.layout ?? trained
  if (layout === undefined) throw new Error('Found no network: expected a fixed or a trained one')
  const { size } = layout
  const builder = new GraphBuilder('decision')
  const weights = decisionWeights(builder, size, options)
  const frames = framesInput(builder, 'batch')
  const position = builder.input('position', 'int32', ['batch'])
  const embedded = embedFrames(builder, weights, size, frames, 'batch', {
    weight: weights.get('frame/patch/weight'),
    bias: weights.get('frame/patch/bias'),
  })
  const attend =
    cache === 'kept'
      ? keptAttention(builder, size, 'batch', position)
      : stepAttention(builder, size, 'batch', {
          position,
          held: builder.input('held', 'int32', ['extent']),
        })
  const features = transformer(builder, weights, size, embedded, attend, {
    fused: true,
    before: (layer, stream) => {
      if (layer > 0 && layer === trained?.firstLayer) builder.output('stream', stream)
    },
  })
  const readOut = layout.head === 'policy' ? policyHead : rewardReadOut
  builder.output('logits', readOut(builder, weights, features))
  return builder
}

/** Returns the prepared weights of a decision: inputs for the trained ones, computed for the fixed. */
function decisionWeights(
  builder: GraphBuilder,
  size: NetworkSize,
  { cache, fixed, trained }: DecisionOptions,
): NamedWeights {
  const inputs = new Map<string, Value>()
  if (trained !== undefined) {
    for (const { name, value } of preparationGraph(trained, cache).outputs) {
      inputs.set(name, builder.input(preparedName(name), 'float32', value.shape))
    }
  }
  // onnxruntime computes what follows from initialisers alone once, when it loads the graph.
  const rest =
    fixed &&
    preparedWeights(builder, size, weightsFixed(builder, fixed.layout, fixed.parameters), cache)
  return {
    get: (name) => {
      const value = inputs.get(name) ?? rest?.get(name)
      if (value !== undefined) return value
      throw new Error(`The network has no parameter "${name}"`)
    },
  }
}

/** Name of the input of `decisionGraph` for a prepared weight. */
export function preparedName(name: string): string {
  return `prepared/${name}`
}

/**
 * Builds the graph that rearranges the islands of kept caches: `layerN.nextCache` holds the rows of
 * `layerN.cache` in the order of `rows`, int32 `[batch]`.
 */
export function rearrangementGraph(size: NetworkSize): GraphBuilder {
  const builder = new GraphBuilder('rearrangement')
  const rows = builder.input('rows', 'int32', ['batch'])
  for (let layer = 0; layer < size.layers; layer++) {
    const names = keptCacheNames(layer)
    const cache = builder.input(names.cache, 'float32', keptCacheShape(size, 'before'))
    builder.output(names.nextCache, builder.gather(cache, rows, 0))
  }
  return builder
}
