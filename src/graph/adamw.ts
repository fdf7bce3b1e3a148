/** The AdamW optimiser as a standalone graph. */
import { GraphBuilder } from './builder.ts'
import { sumVector } from './flat.ts'
import { type MatrixRange, muonSteps } from './muon.ts'
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
  /** Matrices that take Muon steps instead (see `muonSteps`), one right after the other; none if omitted. */
  readonly orthogonalised?: readonly MatrixRange[] | undefined
}

/** Parameters of one range of the flat vector, with their moments and gradient. */
interface Segment {
  readonly theta: Value
  readonly firstMoment: Value
  readonly secondMoment: Value
  readonly gradient: Value
}

type Next = Omit<Segment, 'gradient'>

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
  const { count, orthogonalised = [] } = options
  const builder = new GraphBuilder('adamw')
  const vector = (name: string) => builder.input(name, 'float32', [count])
  const scalar = (name: string) => builder.input(name, 'float32', [])
  const moving = {
    theta: vector('theta'),
    firstMoment: vector('firstMoment'),
    secondMoment: vector('secondMoment'),
  }
  const accumulated = vector('gradient')
  const learningRate = scalar('learningRate')
  const scaled = builder.mul(accumulated, scalar('gradientScale'))
  const rates = {
    learningRate,
    firstCorrection: scalar('firstCorrection'),
    secondCorrection: scalar('secondCorrection'),
  }

  const norm = builder.sqrt(sumVector(builder, builder.square(scaled)))
  const shrink = builder.div(options.maximumNorm, builder.add(norm, NORM_EPSILON))
  const gradient = builder.mul(scaled, builder.minimum(shrink, 1))

  const whole = { ...moving, gradient }
  const adam = (start: number, end: number): Next[] =>
    start === end
      ? []
      : [adamStep(builder, options, cut(builder, whole, start, end), rates, [start, end])]
  const start = orthogonalised[0]?.offset ?? count
  const own = orthogonalised.map((matrix) => cut(builder, whole, matrix.offset, endOf(matrix)))
  const states = own.map(({ firstMoment: momentum, gradient }) => ({ momentum, gradient }))
  const muon = muonSteps(builder, orthogonalised, states).flatMap(({ momentum, step }, index) => {
    const [matrix, before] = [orthogonalised[index], own[index]]
    if (matrix === undefined || before === undefined) return []
    const range = [matrix.offset, endOf(matrix)] as const
    const decayed = decay(builder, options, before.theta, learningRate, range)
    const theta = builder.sub(decayed, builder.mul(step, learningRate))
    return [{ theta, firstMoment: momentum, secondMoment: before.secondMoment }]
  })
  const last = orthogonalised.at(-1)
  const next = [...adam(0, start), ...muon, ...(last ? adam(endOf(last), count) : [])]
  const joined = (of: (part: Next) => Value): Value => {
    const parts = next.map(of)
    const [only] = parts
    return only !== undefined && parts.length === 1 ? only : builder.concat(parts, 0)
  }
  builder.output(
    'nextTheta',
    joined(({ theta }) => theta),
  )
  builder.output(
    'nextFirstMoment',
    joined(({ firstMoment }) => firstMoment),
  )
  builder.output(
    'nextSecondMoment',
    joined(({ secondMoment }) => secondMoment),
  )
  builder.output('gradientNorm', norm)
  return builder
}

/** Range `[start, end)` of the flat vector. */
type Range = readonly [start: number, end: number]

function endOf({ offset, rows, columns }: MatrixRange): number {
  return offset + rows * columns
}

/** Cuts the range `[start, end)` out of every vector; returns the whole where that is the range. */
function cut(builder: GraphBuilder, whole: Segment, start: number, end: number): Segment {
  const part = (value: Value): Value =>
    start === 0 && end === value.shape[0] ? value : builder.slice(value, 0, start, end)
  return {
    theta: part(whole.theta),
    firstMoment: part(whole.firstMoment),
    secondMoment: part(whole.secondMoment),
    gradient: part(whole.gradient),
  }
}

function adamStep(
  builder: GraphBuilder,
  options: AdamWOptions,
  { theta, firstMoment, secondMoment, gradient }: Segment,
  rates: Readonly<Record<'learningRate' | 'firstCorrection' | 'secondCorrection', Value>>,
  range: Range,
): Next {
  const { beta1, beta2, epsilon } = options
  const { learningRate, firstCorrection, secondCorrection } = rates
  // mₜ = β₁ mₜ₋₁ + (1 − β₁) g,  vₜ = β₂ vₜ₋₁ + (1 − β₂) g²
  const first = mix(builder, beta1, firstMoment, gradient)
  const second = mix(builder, beta2, secondMoment, builder.square(gradient))
  // θₜ = θₜ₋₁ − η λ θₜ₋₁ − η m̂ / (√v̂ + ε)
  const rate = builder.div(learningRate, firstCorrection)
  const root = builder.sqrt(builder.div(second, secondCorrection))
  const step = builder.mul(builder.div(first, builder.add(root, epsilon)), rate)
  const decayed = decay(builder, options, theta, learningRate, range)
  return { theta: builder.sub(decayed, step), firstMoment: first, secondMoment: second }
}

/** Computes the moving average β old + (1 − β) fresh. */
function mix(builder: GraphBuilder, beta: number, old: Value, fresh: Value): Value {
  return builder.add(builder.mul(old, beta), builder.mul(fresh, 1 - beta))
}

/** Computes θ (1 − η λ) in the decayed part of a range and leaves θ unchanged after it. */
function decay(
  builder: GraphBuilder,
  { decayed, weightDecay }: AdamWOptions,
  theta: Value,
  learningRate: Value,
  [start, end]: Range,
): Value {
  const until = Math.min(decayed, end) - start
  if (until <= 0 || weightDecay === 0) return theta
  const keep = builder.sub(1, builder.mul(learningRate, weightDecay))
  if (until === end - start) return builder.mul(theta, keep)
  const shrunk = builder.mul(builder.slice(theta, 0, 0, until), keep)
  return builder.concat([shrunk, builder.slice(theta, 0, until, end - start)], 0)
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
    [
      !options.orthogonalised?.some((each, index, all) => !follows(each, all[index - 1], count)),
      `matrices to orthogonalise with a gap between them, expected each right after the one before, inside the ${count} parameters`,
    ],
    [options.maximumNorm > 0, `maximumNorm ${options.maximumNorm}, expected more than 0`],
  ]
  const problem = problems.find(([holds]) => !holds)
  if (problem) throw new Error(`AdamW: found ${problem[1]}.`)
}

function follows(matrix: MatrixRange, before: MatrixRange | undefined, count: number): boolean {
  const expected = before === undefined ? matrix.offset : endOf(before)
  return matrix.offset === expected && matrix.offset >= 0 && endOf(matrix) <= count
}

function inUnit(beta: number): boolean {
  return beta >= 0 && beta < 1
}
