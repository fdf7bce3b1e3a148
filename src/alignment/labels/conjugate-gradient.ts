/** Conjugate-gradient solver for A x = b, using only products with A (Hestenes & Stiefel 1952). */

/** Norm of the residual, relative to that of b, at which the solver stops. */
const TOLERANCE = 1e-10

/** Returns x with A x = b, where A is symmetric positive definite and `product` returns A v. */
export function conjugateGradient(
  product: (vector: Float64Array) => Float64Array,
  b: Float64Array,
): Float64Array {
  const x = new Float64Array(b.length)
  const residual = b.slice()
  const direction = b.slice()
  let size = dot(residual, residual)
  const enough = size * TOLERANCE * TOLERANCE
  // In exact arithmetic as many steps as there are unknowns would suffice.
  for (let step = 0; step < 2 * b.length && size > enough; step++) {
    const image = product(direction)
    const length = size / dot(direction, image)
    for (let i = 0; i < b.length; i++) {
      x[i] = (x[i] ?? 0) + length * (direction[i] ?? 0)
      residual[i] = (residual[i] ?? 0) - length * (image[i] ?? 0)
    }
    const next = dot(residual, residual)
    const turn = next / size
    for (let i = 0; i < b.length; i++) {
      direction[i] = (residual[i] ?? 0) + turn * (direction[i] ?? 0)
    }
    size = next
  }
  return x
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}
