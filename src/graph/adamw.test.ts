import * as ort from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { type AdamWOptions, adamWGraph, encodeModel } from './index.ts'

interface State {
  readonly theta: number[]
  readonly first: number[]
  readonly second: number[]
}

const SETTINGS: AdamWOptions = {
  count: 7,
  decayed: 4,
  beta1: 0.9,
  beta2: 0.95,
  epsilon: 1e-8,
  weightDecay: 0.1,
  maximumNorm: 1,
}

/** Reference AdamW step, one parameter at a time in double precision. */
function reference(
  options: AdamWOptions,
  before: State,
  accumulated: readonly number[],
  step: number,
  rate: number,
  gradientScale: number,
): { after: State; norm: number } {
  const { beta1, beta2 } = options
  const after: State = { theta: [], first: [], second: [] }
  const scaled = accumulated.map((value) => value * gradientScale)
  const norm = Math.sqrt(scaled.reduce((sum, value) => sum + value * value, 0))
  const clip = Math.min(1, options.maximumNorm / (norm + 1e-6))
  for (const [index, value] of scaled.entries()) {
    const gradient = value * clip
    const first = beta1 * (before.first[index] ?? 0) + (1 - beta1) * gradient
    const second = beta2 * (before.second[index] ?? 0) + (1 - beta2) * gradient * gradient
    const theta = before.theta[index] ?? 0
    const decay = index < options.decayed ? rate * options.weightDecay * theta : 0
    const firstHat = first / (1 - beta1 ** step)
    const secondHat = second / (1 - beta2 ** step)
    after.theta.push(theta - decay - (rate * firstHat) / (Math.sqrt(secondHat) + options.epsilon))
    after.first.push(first)
    after.second.push(second)
  }
  return { after, norm }
}

function tensor(values: readonly number[]): ort.Tensor {
  return new ort.Tensor('float32', Float32Array.from(values), [values.length])
}

function scalar(value: number): ort.Tensor {
  return new ort.Tensor('float32', Float32Array.of(value), [])
}

function numbers(value: ort.Tensor | undefined): number[] {
  return Array.from(value?.data ?? [], Number)
}

/** Returns a gradient that shrinks as 1/step², so that clipping acts on the early steps only. */
function gradientAt(step: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => (8 * Math.sin(3 * step + index)) / step ** 2)
}

async function compare(options: AdamWOptions, steps: number): Promise<{ clipped: number }> {
  const session = await ort.InferenceSession.create(encodeModel(adamWGraph(options)))
  const zeros = Array.from({ length: options.count }, () => 0)
  let expected: State = { theta: zeros.map((_, i) => Math.cos(i)), first: zeros, second: zeros }
  let found = expected
  let clipped = 0
  for (let step = 1; step <= steps; step++) {
    const gradient = gradientAt(step, options.count)
    const rate = 0.1 / step
    const result = await session.run({
      theta: tensor(found.theta),
      firstMoment: tensor(found.first),
      secondMoment: tensor(found.second),
      gradient: tensor(gradient),
      learningRate: scalar(rate),
      gradientScale: scalar(0.25),
      firstCorrection: scalar(1 - options.beta1 ** step),
      secondCorrection: scalar(1 - options.beta2 ** step),
    })
    found = {
      theta: numbers(result.nextTheta),
      first: numbers(result.nextFirstMoment),
      second: numbers(result.nextSecondMoment),
    }
    const { after, norm } = reference(options, expected, gradient, step, rate, 0.25)
    expected = after
    if (norm > options.maximumNorm) clipped++
    expect(numbers(result.gradientNorm)[0]).toBeCloseTo(norm, 4)
    expect(worst(found.theta, expected.theta)).toBeLessThan(1e-5)
    expect(worst(found.first, expected.first)).toBeLessThan(1e-5)
    expect(worst(found.second, expected.second)).toBeLessThan(1e-5)
  }
  return { clipped }
}

function worst(found: readonly number[], expected: readonly number[]): number {
  return Math.max(...found.map((value, index) => Math.abs(value - (expected[index] ?? Number.NaN))))
}

describe('adamWGraph', () => {
  test.each([
    ['part of the parameters decayed', SETTINGS],
    ['none decayed', { ...SETTINGS, decayed: 0 }],
    ['all decayed', { ...SETTINGS, decayed: 7 }],
    ['long enough to sum in two stages', { ...SETTINGS, count: 3_000, decayed: 2_500 }],
  ])('follows the equations over several steps: %s', async (_, options) => {
    const steps = 8
    const { clipped } = await compare(options, steps)
    expect(clipped).toBeGreaterThan(0)
    if (options.count === 7) expect(clipped).toBeLessThan(steps)
  })

  test('leaves parameters unchanged when gradient and decay are zero', async () => {
    const options = { ...SETTINGS, decayed: 0 }
    const session = await ort.InferenceSession.create(encodeModel(adamWGraph(options)))
    const zeros = Array.from({ length: options.count }, () => 0)
    const theta = zeros.map((_, index) => index / 2)
    const result = await session.run({
      theta: tensor(theta),
      firstMoment: tensor(zeros),
      secondMoment: tensor(zeros),
      gradient: tensor(zeros),
      learningRate: scalar(0.1),
      gradientScale: scalar(1),
      firstCorrection: scalar(0.1),
      secondCorrection: scalar(0.05),
    })
    expect(numbers(result.nextTheta)).toEqual(theta)
    expect(numbers(result.gradientNorm)).toEqual([0])
  })

  test('refuses invalid settings', () => {
    expect(() => adamWGraph({ ...SETTINGS, beta2: 1 })).toThrow('beta2 1, expected 0 ≤ beta2 < 1')
    expect(() => adamWGraph({ ...SETTINGS, decayed: 8 })).toThrow('decayed 8, expected a whole')
    expect(() => adamWGraph({ ...SETTINGS, epsilon: 0 })).toThrow('epsilon 0, expected more than 0')
  })
})
