/** The slow reference for gradients: perturb each input element and measure the change in the output. */
import { GraphBuilder } from '../builder.ts'
import { encodeModel } from '../encode.ts'
import { gradients } from '../gradients.ts'
import { sizeOf } from '../shape.ts'
import type { Value } from '../types.ts'

/** A float32 input of the function under test, at the point of differentiation. */
export interface Probe {
  readonly shape: readonly number[]
  readonly data: readonly number[]
}

/** Runs an encoded model on float32 inputs by name; resolves to its float32 outputs by name. */
export type RunModel = (
  model: Uint8Array,
  feeds: Readonly<Record<string, Probe>>,
) => Promise<Readonly<Record<string, ArrayLike<number>>>>

/** Builds the function under test, from the inputs to one float32 value of any shape. */
export type BuildFunction = (builder: GraphBuilder, inputs: readonly Value[]) => Value

export interface GradientError {
  /** Index of the input. */
  readonly input: number
  /** Largest deviation over its elements, relative to its largest finite-difference gradient. */
  readonly error: number
}

/** Step size h: large against float32 rounding, small enough for smooth functions of order 1. */
const NUDGE = 1e-2

/**
 * Compares `gradients` of Σ weight · f with central differences (f(x + h) − f(x − h)) / 2h, summed in
 * double precision over f's elements. Replace `differentiate` to test the comparison itself.
 */
export async function compareGradients(
  build: BuildFunction,
  probes: readonly Probe[],
  run: RunModel,
  differentiate: typeof gradients = gradients,
): Promise<GradientError[]> {
  const { model, weights } = gradientModel(build, probes, differentiate)
  const at = (points: readonly Probe[]) => run(model, feedsOf(points))
  const analytic = await at(probes)
  const errors: GradientError[] = []
  for (const [input, probe] of probes.entries()) {
    const found = Array.from(analytic[`gradient${input}`] ?? [])
    if (found.length !== probe.data.length) {
      throw new Error(`Gradient ${input}: found ${found.length}, expected ${probe.data.length}.`)
    }
    const expected: number[] = []
    for (const [element, x] of probe.data.entries()) {
      const moved = (to: number) => {
        const nudged = { ...probe, data: probe.data.with(element, Math.fround(to)) }
        return at(probes.with(input, nudged))
      }
      const above = (await moved(x + NUDGE)).value ?? []
      const below = (await moved(x - NUDGE)).value ?? []
      const step = Math.fround(x + NUDGE) - Math.fround(x - NUDGE)
      expected.push(weightedDifference(weights, above, below) / step)
    }
    errors.push({ input, error: deviation(found, expected) })
  }
  return errors
}

/**
 * Encodes the function and the gradients of its weighted sum as one model with inputs `x0`, `x1`, …
 * and outputs `value`, `gradient0`, `gradient1`, …. The weights cycle through eleven values.
 */
function gradientModel(
  build: BuildFunction,
  probes: readonly Probe[],
  differentiate: typeof gradients = gradients,
): { model: Uint8Array; weights: readonly number[] } {
  const builder = new GraphBuilder('differences')
  const inputs = probes.map(({ shape }, index) => builder.input(`x${index}`, 'float32', shape))
  const value = build(builder, inputs)
  const count = Number(sizeOf(value.shape))
  const weights = Array.from({ length: count }, (_, index) =>
    Math.fround(0.5 + ((index * 7) % 11) / 11),
  )
  const weighting = builder.constant('float32', value.shape.map(Number), weights)
  builder.output('value', value)
  for (const [index, gradient] of differentiate(
    builder,
    builder.mul(value, weighting),
    inputs,
  ).entries()) {
    builder.output(`gradient${index}`, gradient)
  }
  return { model: encodeModel(builder), weights }
}

/** Returns the model's inputs by name. */
function feedsOf(probes: readonly Probe[]): Record<string, Probe> {
  return Object.fromEntries(probes.map((probe, index) => [`x${index}`, probe]))
}

function weightedDifference(
  weights: readonly number[],
  above: ArrayLike<number>,
  below: ArrayLike<number>,
): number {
  return weights.reduce(
    (sum, weight, index) => sum + weight * ((above[index] ?? 0) - (below[index] ?? 0)),
    0,
  )
}

function deviation(found: readonly number[], expected: readonly number[]): number {
  const scale = Math.max(1e-3, ...expected.map(Math.abs))
  const largest = Math.max(
    ...found.map((value, index) => Math.abs(value - (expected[index] ?? Number.NaN))),
  )
  return largest / scale
}
