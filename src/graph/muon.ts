/** Muon: momentum whose singular values are all made about equal. */
import type { GraphBuilder } from './builder.ts'
import type { Value } from './types.ts'

/** Matrix inside the flat parameter vector, row-major. */
export interface MatrixRange {
  readonly offset: number
  readonly rows: number
  readonly columns: number
}

/** Share of the momentum that a step keeps. */
const MOMENTUM = 0.95

/**
 * Root mean square of a step at a learning rate of 1. Adam's is 0.2 to 0.4 (Liu et al. 2025,
 * arXiv 2502.16982, section 2.2), so rates chosen for Adam fit.
 */
const STEP_RMS = 0.4

/**
 * Coefficients of the odd polynomial a x + b x³ + c x⁵ that, applied repeatedly, takes singular values
 * from (0, 1] to near 1 (Jordan et al. 2024, “Muon: an optimizer for hidden layers in neural networks”).
 */
const POLYNOMIAL = [3.4445, -4.775, 2.0315] as const

/**
 * Number of times that the polynomial is applied. Three take singular values above 2 % of the matrix's norm to
 * more than 0.7, and smaller ones to no more than 41 times what they were. Five, as is usual, were no better for
 * policies (docs/methods/in-the-tab-trials.md) and take twice as many matrix products.
 */
const ITERATIONS = 3

/** Keeps a gradient of zero from being divided by zero. */
const EPSILON = 1e-12

/** Momentum and gradient of one matrix, or its next momentum and step, flat: float32 `[rows × columns]`. */
interface MuonState {
  readonly momentum: Value
  readonly gradient: Value
}

interface MuonStep {
  readonly momentum: Value
  /** To be multiplied by the learning rate and subtracted from the matrix. */
  readonly step: Value
}

/**
 * Adds one Muon step for each matrix to a graph: Nesterov momentum M, then the orthogonal factor U Vᵀ of
 * its singular value decomposition U S Vᵀ, approximated by a Newton–Schulz iteration (Jordan et al.
 * 2024). Throws if the matrices' smaller sides differ, because they are iterated on together.
 */
export function muonSteps(
  builder: GraphBuilder,
  matrices: readonly MatrixRange[],
  states: readonly MuonState[],
): MuonStep[] {
  const moved = matrices.map((matrix, index) => {
    const state = states[index]
    if (state === undefined) throw new Error(`Matrix ${index} has no state`)
    const mixed = (old: Value): Value =>
      builder.add(builder.mul(old, MOMENTUM), builder.mul(state.gradient, 1 - MOMENTUM))
    const momentum = mixed(state.momentum)
    return { momentum, ahead: builder.reshape(mixed(momentum), [matrix.rows, matrix.columns]) }
  })
  const steps = orthogonalised(
    builder,
    matrices,
    moved.map(({ ahead }) => ahead),
  )
  return moved.flatMap(({ momentum }, index) => {
    const [matrix, step] = [matrices[index], steps[index]]
    if (matrix === undefined || step === undefined) return []
    const { rows, columns } = matrix
    // An orthogonal m × n matrix has a root mean square of 1 / √max(m, n).
    const scaled = builder.mul(step, STEP_RMS * Math.sqrt(Math.max(rows, columns)))
    return [{ momentum, step: builder.reshape(scaled, [rows * columns]) }]
  })
}

/**
 * Approximates U Vᵀ of each matrix X = U S Vᵀ. The iteration runs on the smaller Gram matrix G = X Xᵀ,
 * whose eigenvalues are the squared singular values: with P = a I + b G + c G², X becomes P X and G
 * becomes P G P. As these matrices commute, the product of all P is applied to X once, and as all Gram
 * matrices have one size, they are iterated on in one batch, which takes far fewer kernels.
 */
function orthogonalised(
  builder: GraphBuilder,
  matrices: readonly MatrixRange[],
  values: readonly Value[],
): Value[] {
  const sides = new Set(matrices.map(({ rows, columns }) => Math.min(rows, columns)))
  const [size] = sides
  if (size === undefined) return []
  if (sides.size > 1) {
    throw new Error(
      `Muon: found smaller sides of ${[...sides].join(' and ')}, expected the same for all matrices`,
    )
  }
  const isTall = (index: number): boolean => matrices[index]?.rows !== size
  const units = values.map((matrix) => {
    const norm = builder.sqrt(builder.reduceSum(builder.square(matrix), [0, 1], true))
    return builder.div(matrix, builder.add(norm, EPSILON))
  })
  const grams = units.map((unit, index) => {
    const turned = builder.transpose(unit, [1, 0])
    const gram = isTall(index) ? builder.matmul(turned, unit) : builder.matmul(unit, turned)
    return builder.reshape(gram, [1, size, size])
  })
  const [a, b, c] = POLYNOMIAL
  const identity = builder.constant('float32', [1, size, size], identityOf(size))
  let gram = builder.concat(grams, 0)
  let product: Value | undefined
  for (let iteration = 1; iteration <= ITERATIONS; iteration++) {
    const square = builder.mul(builder.matmul(gram, gram), c)
    const factor = builder.add(builder.add(builder.mul(identity, a), builder.mul(gram, b)), square)
    product = product === undefined ? factor : builder.matmul(factor, product)
    if (iteration < ITERATIONS) gram = builder.matmul(builder.matmul(factor, gram), factor)
  }
  const factors = product
  if (factors === undefined) return units
  return units.map((unit, index) => {
    const factor = builder.reshape(builder.slice(factors, 0, index, index + 1), [size, size])
    return isTall(index) ? builder.matmul(unit, factor) : builder.matmul(factor, unit)
  })
}

function identityOf(size: number): Float32Array {
  return Float32Array.from({ length: size ** 2 }, (_, index) => (index % (size + 1) === 0 ? 1 : 0))
}
