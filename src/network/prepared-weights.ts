import type { GraphBuilder, Value } from '../graph/index.ts'
import { patchProjection } from './embedding.ts'
import { headwise } from './kept-attention.ts'
import type { NetworkSize } from './sizes.ts'
import type { NamedWeights } from './weights.ts'

/**
 * Place of the key–value cache: in `host` memory, from where it is fed to each decision (the cheapest on a
 * CPU, whose graphs read host memory), or `kept` on the device from decision to decision.
 */
export type CachePlace = 'host' | 'kept'

/**
 * Returns weights in the form that decisions use: what follows from the parameters alone is computed
 * here. Names and meanings are those of `weights`, but for the projection of patches, which is that of
 * `patchProjection`, and, for a kept cache, the attention matrices of `headwise`.
 */
export function preparedWeights(
  builder: GraphBuilder,
  size: NetworkSize,
  weights: NamedWeights,
  cache: CachePlace,
): NamedWeights {
  const matrices = headwise(builder, size)
  return {
    get: (name): Value => {
      if (name === 'frame/patch/weight') return patchProjection(builder, weights).weight
      if (name === 'frame/patch/bias') return patchProjection(builder, weights).bias
      const value = weights.get(name)
      if (cache === 'host') return value
      if (name.endsWith('/attention/queryKeyValue')) return matrices.queryKeyValue(value)
      return name.endsWith('/attention/output') ? matrices.output(value) : value
    },
  }
}
