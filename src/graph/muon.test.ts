import * as ort from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { type AdamWOptions, adamWGraph, encodeModel } from './index.ts'

const ROWS = 4
const COLUMNS = 6
const AREA = ROWS * COLUMNS
/** Parameters around the matrix: three before it and two after it. */
const BEFORE = 3
const COUNT = BEFORE + AREA + 2

const SETTINGS: AdamWOptions = {
  count: COUNT,
  decayed: BEFORE + AREA,
  beta1: 0.9,
  beta2: 0.95,
  epsilon: 1e-8,
  weightDecay: 0,
  maximumNorm: 1e6,
}

type Matrix = readonly (readonly number[])[]

interface Step {
  readonly theta: number[]
  readonly firstMoment: number[]
  readonly secondMoment: number[]
}

function tensor(values: readonly number[]): ort.Tensor {
  return new ort.Tensor('float32', Float32Array.from(values), [values.length])
}

function scalar(value: number): ort.Tensor {
  return new ort.Tensor('float32', Float32Array.of(value), [])
}

/** Takes the first step from parameters of zero at a learning rate of 1, so that `theta` is minus the step. */
async function firstStep(options: AdamWOptions, gradient: readonly number[]): Promise<Step> {
  const session = await ort.InferenceSession.create(encodeModel(adamWGraph(options)))
  const zeros = tensor(gradient.map(() => 0))
  const result = await session.run({
    theta: zeros,
    firstMoment: zeros,
    secondMoment: zeros,
    gradient: tensor(gradient),
    learningRate: scalar(1),
    gradientScale: scalar(1),
    firstCorrection: scalar(1 - options.beta1),
    secondCorrection: scalar(1 - options.beta2),
  })
  const numbers = (name: string) => Array.from(result[name]?.data ?? [], Number)
  return {
    theta: numbers('nextTheta'),
    firstMoment: numbers('nextFirstMoment'),
    secondMoment: numbers('nextSecondMoment'),
  }
}

function multiply(a: Matrix, b: Matrix): number[][] {
  return a.map((row) =>
    (b[0] ?? []).map((_, column) =>
      row.reduce((sum, value, index) => sum + value * (b[index]?.[column] ?? 0), 0),
    ),
  )
}

function transpose(a: Matrix): number[][] {
  return (a[0] ?? []).map((_, column) => a.map((row) => row[column] ?? 0))
}

/** Returns an orthogonal matrix: a product of rotations, each of two neighbouring axes. */
function rotation(size: number, angle: number): Matrix {
  const identity = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (__, column) => Number(row === column)),
  )
  return Array.from({ length: size - 1 }, (_, axis) => axis).reduce<Matrix>((product, axis) => {
    const turn = identity.map((row) => [...row])
    const [cos, sin] = [Math.cos(angle + axis), Math.sin(angle + axis)]
    const [first = [], second = []] = [turn[axis], turn[axis + 1]]
    first[axis] = cos
    first[axis + 1] = -sin
    second[axis] = sin
    second[axis + 1] = cos
    return multiply(product, turn)
  }, identity)
}

const LEFT = rotation(ROWS, 0.7)
const RIGHT = rotation(COLUMNS, 1.9)
const SINGULAR = [5, 2, 0.6, 0.2]

/** The gradient's matrix, U S Vᵀ. */
const MATRIX = multiply(
  multiply(
    LEFT,
    SINGULAR.map((value, row) => Array.from(RIGHT, (_, column) => (row === column ? value : 0))),
  ),
  transpose(RIGHT),
)

/** Returns a gradient whose middle part is a matrix, row by row. */
function gradientOf(matrix: Matrix): number[] {
  return [0.5, -2, 0.1, ...matrix.flat(), 3, -0.25]
}

function withMatrix(rows: number, columns: number): AdamWOptions {
  return { ...SETTINGS, orthogonalised: [{ offset: BEFORE, rows, columns }] }
}

function matrixOf({ theta }: Step, columns: number): number[][] {
  const flat = theta.slice(BEFORE, BEFORE + AREA).map((value) => -value)
  return Array.from({ length: AREA / columns }, (_, row) =>
    flat.slice(row * columns, (row + 1) * columns),
  )
}

function farthest(a: Matrix, b: Matrix): number {
  return Math.max(...a.flatMap((row, i) => row.map((x, j) => Math.abs(x - (b[i]?.[j] ?? NaN)))))
}

describe('a Muon step', () => {
  test('keeps the singular vectors of the gradient and makes its singular values about equal', async () => {
    const step = matrixOf(await firstStep(withMatrix(ROWS, COLUMNS), gradientOf(MATRIX)), COLUMNS)
    const inside = multiply(multiply(transpose(LEFT), step), RIGHT)
    const values = SINGULAR.map((_, index) => inside[index]?.[index] ?? 0)
    const others = inside.flatMap((row, i) => row.filter((_, j) => i !== j))
    expect(Math.max(...others.map(Math.abs))).toBeLessThan(1e-3)
    // Twenty-five times apart in the gradient, within a factor of two and a half in the step.
    expect(Math.max(...values) / Math.min(...values)).toBeLessThan(2.5)
    // With singular values of 1 the root mean square would be 0.4.
    const square = step.flat().reduce((sum, value) => sum + value ** 2, 0)
    expect(Math.sqrt(square / (ROWS * ROWS)) / 0.4).toBeGreaterThan(0.6)
    expect(Math.sqrt(square / (ROWS * ROWS)) / 0.4).toBeLessThan(1.3)
  })

  test('is the same for a gradient of another scale, and transposed for a transposed gradient', async () => {
    const wide = matrixOf(await firstStep(withMatrix(ROWS, COLUMNS), gradientOf(MATRIX)), COLUMNS)
    const scaled = MATRIX.map((row) => row.map((value) => 1000 * value))
    const larger = await firstStep(withMatrix(ROWS, COLUMNS), gradientOf(scaled))
    expect(farthest(matrixOf(larger, COLUMNS), wide)).toBeLessThan(1e-3)
    const tall = await firstStep(withMatrix(COLUMNS, ROWS), gradientOf(transpose(MATRIX)))
    expect(farthest(transpose(matrixOf(tall, ROWS)), wide)).toBeLessThan(1e-3)
  })

  test('of several matrices is the step of each alone', async () => {
    const two = { ...SETTINGS, count: 2 * AREA, decayed: 2 * AREA }
    const wide = { offset: 0, rows: ROWS, columns: COLUMNS }
    const tall = { offset: AREA, rows: COLUMNS, columns: ROWS }
    const other = transpose(MATRIX).map((row, index) => row.map((value) => value + index))
    const gradient = [...MATRIX.flat(), ...other.flat()]
    const { theta } = await firstStep({ ...two, orthogonalised: [wide, tall] }, gradient)
    const first = await firstStep({ ...two, orthogonalised: [wide] }, gradient)
    const second = await firstStep({ ...two, orthogonalised: [tall] }, gradient)
    const expected = [...first.theta.slice(0, AREA), ...second.theta.slice(AREA)]
    expect(farthest([theta], [expected])).toBeLessThan(1e-5)
  })

  test('leaves all other parameters to AdamW', async () => {
    const gradient = gradientOf(MATRIX)
    const muon = await firstStep(withMatrix(ROWS, COLUMNS), gradient)
    const adam = await firstStep(SETTINGS, gradient)
    for (const name of ['theta', 'firstMoment', 'secondMoment'] as const) {
      const others = ({ [name]: values }: Step) =>
        values.filter((_, index) => index < BEFORE || index >= BEFORE + AREA)
      expect(others(muon)).toEqual(others(adam))
      expect(muon[name]).toHaveLength(COUNT)
    }
    expect(muon.theta).not.toEqual(adam.theta)
  })

  test('of a gradient of zero changes nothing', async () => {
    const { theta } = await firstStep(
      withMatrix(ROWS, COLUMNS),
      gradientOf(MATRIX).map(() => 0),
    )
    expect(theta.every((value) => value === 0)).toBe(true)
  })

  test('refuses matrices with a gap between them', () => {
    const matrices = [
      { offset: 0, rows: 2, columns: 2 },
      { offset: 5, rows: 2, columns: 2 },
    ]
    expect(() => adamWGraph({ ...SETTINGS, orthogonalised: matrices })).toThrow('with a gap')
  })

  test('refuses matrices whose smaller sides differ', () => {
    const matrices = [
      { offset: 0, rows: 2, columns: 2 },
      { offset: 4, rows: 3, columns: 4 },
    ]
    expect(() => adamWGraph({ ...SETTINGS, orthogonalised: matrices })).toThrow(
      'smaller sides of 2 and 3',
    )
  })
})
