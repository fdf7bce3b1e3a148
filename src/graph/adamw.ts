/** The AdamW optimiser as a standalone graph. */
import { GraphBuilder } from './builder.ts'
import { sumVector } from './flat.ts'
import type { Value } from './types.ts'

export interface AdamWOptions {
  /** Number of parameters in the flat vector. */
  readonly count: number
  /** End of the range `[0, decayed)` that weight decay applies to. */
  readonly decayed: number
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  /** Coefficient λ of decoupled weight decay; a step subtracts learning rate · λ · θ. */
  readonly weightDecay: number
  /** Global gradient norm above which the gradient is scaled down to this norm. */
  readonly maximumNorm: number
}

/** Keeps the clip factor finite for a gradient of zero. */
const NORM_EPSILON = 1e-6

/**
 * Builds one AdamW step (Loshchilov & Hutter 2019, algorithm 2) with the gradient clipped by its
 * global norm (Pascanu, Mikolov & Bengio 2013, algorithm 1). Throws if an option is out of range.
 *
 * Inputs, float32: `theta`, `firstMoment`, `secondMoment`, `gradient` `[count]`; scalars
 * `learningRate`, `gradientScale` (applied to the gradient before clipping: 1 / total weight of the
 * accumulated gradients), `firstCorrection` = 1 − β₁ᵗ and `secondCorrection` = 1 − β₂ᵗ, which the host
 * computes in double precision. Outputs: `nextTheta`, `nextFirstMoment`, `nextSecondMoment`
 * `[count]`, and the scalar `gradientNorm`, the norm of the scaled gradient before clipping.
 */
export function adamWGraph(options: AdamWOptions): GraphBuilder {
  checkOptions(options)
  const { count, beta1, beta2, epsilon } = options
  const builder = new GraphBuilder('adamw')
  const vector = (name: string) => builder.input(name, 'float32', [count])
  const scalar = (name: string) => builder.input(name, 'float32', [])
  const theta = vector('theta')
  const firstMoment = vector('firstMoment')
  const secondMoment = vector('secondMoment')
  const accumulated = vector('gradient')
  const learningRate = scalar('learningRate')
  const scaled = builder.mul(accumulated, scalar('gradientScale'))

  const norm = builder.sqrt(sumVector(builder, builder.square(scaled)))
  const shrink = builder.div(options.maximumNorm, builder.add(norm, NORM_EPSILON))
  const gradient = builder.mul(scaled, builder.minimum(shrink, 1))

  // mₜ = β₁ mₜ₋₁ + (1 − β₁) g,  vₜ = β₂ vₜ₋₁ + (1 − β₂) g²
  const first = mix(builder, beta1, firstMoment, gradient)
  const second = mix(builder, beta2, secondMoment, builder.square(gradient))
  // θₜ = θₜ₋₁ − η λ θₜ₋₁ − η m̂ / (√v̂ + ε)
  const rate = builder.div(learningRate, scalar('firstCorrection'))
  const root = builder.sqrt(builder.div(second, scalar('secondCorrection')))
  const step = builder.mul(builder.div(first, builder.add(root, epsilon)), rate)

  builder.output('nextTheta', builder.sub(decay(builder, options, theta, learningRate), step))
  builder.output('nextFirstMoment', first)
  builder.output('nextSecondMoment', second)
  builder.output('gradientNorm', norm)
  return builder
}

/** Computes the moving average β old + (1 − β) fresh. */
function mix(builder: GraphBuilder, beta: number, old: Value, fresh: Value): Value {
  return builder.add(builder.mul(old, beta), builder.mul(fresh, 1 - beta))
}

/** Computes θ (1 − η λ) in the decayed range and leaves θ unchanged after it. */
function decay(
  builder: GraphBuilder,
  { count, decayed, weightDecay }: AdamWOptions,
  theta: Value,
  learningRate: Value,
): Value {
  if (decayed === 0 || weightDecay === 0) return theta
  const keep = builder.sub(1, builder.mul(learningRate, weightDecay))
  const shrunk = builder.mul(builder.slice(theta, 0, 0, decayed), keep)
  if (decayed === count) return shrunk
  return builder.concat([shrunk, builder.slice(theta, 0, decayed, count)], 0)
}

function checkOptions(options: AdamWOptions): void {
  const { count, decayed } = options
  const problems: [boolean, string][] = [
    [Number.isInteger(count) && count > 0, `count ${count}, expected a positive whole number`],
    [
      Number.isInteger(decayed) && decayed >= 0 && decayed <= count,
      `decayed ${decayed}, expected a whole number from 0 to count (${count})`,
    ],
    [inUnit(options.beta1), `beta1 ${options.beta1}, expected 0 ≤ beta1 < 1`],
    [inUnit(options.beta2), `beta2 ${options.beta2}, expected 0 ≤ beta2 < 1`],
    [options.epsilon > 0, `epsilon ${options.epsilon}, expected more than 0`],
    [options.weightDecay >= 0, `weightDecay ${options.weightDecay}, expected 0 or more`],
    [options.maximumNorm > 0, `maximumNorm ${options.maximumNorm}, expected more than 0`],
  ]
  const problem = problems.find(([holds]) => !holds)
  if (problem) throw new Error(`AdamW: found ${problem[1]}.`)
}

function inUnit(beta: number): boolean {
  return beta >= 0 && beta < 1
}
