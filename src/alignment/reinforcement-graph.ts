import { GraphBuilder, type Value } from '../graph/index.ts'
import { HEAD_SIZES } from '../island/index.ts'
import {
  actionLogProbabilities,
  type ClipShape,
  framesInput,
  HEAD_WIDTHS,
  oneHotActions,
  type ParameterLayout,
  policyHead,
  rowsOf,
  sequenceFeatures,
  weightsFromVector,
} from '../network/index.ts'
import { flatGradient } from './imitation-graph.ts'

/**
 * What the reinforcement graph's `metrics` holds, sums over the batch's decisions: log-probability
 * of what was done, KL divergence to the reference, entropy; all in nats.
 */
export const REINFORCEMENT_METRICS = 3

/**
 * Adds the gradient of the policy-gradient loss over one batch of clips to an accumulator:
 *
 *   Σ decisions −A log π(a) + κ KL(π ‖ π_ref)
 *
 * with A the advantage of the whole clip (Williams 1992) and the divergence summed exactly over
 * every choice of every head, which are independent given what was seen.
 *
 * Inputs: `theta` and `accumulator` float32 `[count]`; `frames`; `actions` int32 `[rows, 6]`;
 * `weights` float32 `[rows]`, 0 for padding; `advantages` float32 `[rows]`; `referenceLogits` float32
 * `[rows, 48]`; `klWeight` float32 `[]`. Outputs: `accumulated` `[count]`, `metrics` `[3]`.
 */
export function reinforcementGradientGraph(
  layout: ParameterLayout,
  shape: ClipShape,
): GraphBuilder {
  const rows = rowsOf(shape)
  const builder = new GraphBuilder('reinforcement-gradient')
  const theta = builder.input('theta', 'float32', [layout.count])
  const accumulator = builder.input('accumulator', 'float32', [layout.count])
  const weights = weightsFromVector(builder, layout, theta)
  const frames = framesInput(builder, rows)
  const actions = builder.input('actions', 'int32', [rows, HEAD_SIZES.length])
  const perRow = (name: string): Value => builder.input(name, 'float32', [rows])
  const weight = perRow('weights')
  const advantages = perRow('advantages')
  const referenceLogits = builder.input('referenceLogits', 'float32', [rows, HEAD_WIDTHS.policy])
  const klWeight = builder.input('klWeight', 'float32', [])

  const features = sequenceFeatures(builder, weights, layout.size, frames, shape)
  const logPi = actionLogProbabilities(builder, policyHead(builder, weights, features), rows)
  const logReference = actionLogProbabilities(builder, referenceLogits, rows)
  const pi = builder.exp(logPi)
  const sumOver = (values: Value): Value => builder.reduceSum(values, [1], false)
  const total = (values: Value): Value => builder.reduceSum(builder.mul(values, weight), [0], false)

  const chosen = sumOver(builder.mul(logPi, oneHotActions(builder, actions)))
  const divergence = sumOver(builder.mul(pi, builder.sub(logPi, logReference)))
  const entropy = builder.neg(sumOver(builder.mul(pi, logPi)))
  const gain = total(builder.mul(chosen, advantages))
  const kl = total(divergence)
  const loss = builder.sub(builder.mul(klWeight, kl), gain)
  const gradient = flatGradient(builder, weights, layout, loss)
  builder.output('accumulated', builder.add(accumulator, gradient))
  const sums = [total(chosen), kl, total(entropy)].map((sum) => builder.reshape(sum, [1]))
  builder.output('metrics', builder.concat(sums, 0))
  return builder
}
