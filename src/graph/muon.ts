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
export const MUON_MOMENTUM = 0.95

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
 * Number of times that the polynomial is applied. Three take singular values above 3 % of the matrix's norm to
 * more than two thirds, and smaller ones to no more than 41 times what they were; five, as is usual, were no better for
 * policies (docs/methods/in-the-tab.md) and cost twice as much.
 */
const ITERATIONS = 3

/** Keeps a gradient of zero from being divided by zero. */
const EPSILON = 1e-12

/**
 * Adds one Muon step for a matrix to a graph: Nesterov momentum M, then the orthogonal factor U Vᵀ of
 * its singular value decomposition U S Vᵀ, approximated by a Newton–Schulz iteration (Jordan et al.
 * 2024). All vectors are flat, float32 `[rows × columns]`; `step` is to be multiplied by the learning
 * rate and subtracted.
 */
export function muonStep(
  builder: GraphBuilder,
  { rows, columns }: MatrixRange,
  momentum: Value,
  gradient: Value,
): { readonly step: Value; readonly momentum: Value } {
  const mixed = (old: Value): Value =>
    builder.add(builder.mul(old, MUON_MOMENTUM), builder.mul(gradient, 1 - MUON_MOMENTUM))
  const next = mixed(momentum)
  const ahead = builder.reshape(mixed(next), [rows, columns])
  // An orthogonal m × n matrix has a root mean square of 1 / √max(m, n).
  const scale = STEP_RMS * Math.sqrt(Math.max(rows, columns))
  const step = builder.mul(orthogonalised(builder, ahead, Math.min(rows, columns)), scale)
  return { step: builder.reshape(step, [rows * columns]), momentum: next }
}

/**
 * Approximates U Vᵀ of a matrix X = U S Vᵀ. The iteration runs on the smaller Gram matrix G = X Xᵀ,
 * whose eigenvalues are the squared singular values: with P = a I + b G + c G², X becomes P X and G
 * becomes P G P. All these matrices commute, so the product of all P is applied to X once.
 */
function orthogonalised(builder: GraphBuilder, matrix: Value, size: number): Value {
  const tall = matrix.shape[0] !== size
  const norm = builder.sqrt(builder.reduceSum(builder.square(matrix), [0, 1], true))
  const unit = builder.div(matrix, builder.add(norm, EPSILON))
  const turned = builder.transpose(unit, [1, 0])
  const [a, b, c] = POLYNOMIAL
  const identity = builder.constant('float32', [size, size], identityOf(size))
  let gram = tall ? builder.matmul(turned, unit) : builder.matmul(unit, turned)
  let product: Value | undefined
  for (let iteration = 1; iteration <= ITERATIONS; iteration++) {
    const square = builder.mul(builder.matmul(gram, gram), c)
    const factor = builder.add(builder.add(builder.mul(identity, a), builder.mul(gram, b)), square)
    product = product === undefined ? factor : builder.matmul(factor, product)
    if (iteration < ITERATIONS) gram = builder.matmul(builder.matmul(factor, gram), factor)
  }
  if (product === undefined) return unit
  return tall ? builder.matmul(unit, product) : builder.matmul(product, unit)
}

function identityOf(size: number): Float32Array {
  return Float32Array.from({ length: size ** 2 }, (_, index) => (index % (size + 1) === 0 ? 1 : 0))
}
