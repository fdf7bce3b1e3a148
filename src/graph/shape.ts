/**
 * Shape inference for the operators, done when a graph is built rather than when it runs.
 *
 * Symbolic extents are products: `batch`, `100*batch`, `batch*time`. That is enough to track a batch
 * through the reshapes of a transformer, and to reject a reshape that cannot be valid.
 */
import type { Dim, Shape } from './types.ts'

/** An extent as the product of a number and sorted symbol names. */
interface Product {
  readonly factor: number
  readonly symbols: readonly string[]
}

function parseDim(dim: Dim): Product {
  if (typeof dim === 'number') return { factor: dim, symbols: [] }
  let factor = 1
  const symbols: string[] = []
  for (const part of dim.split('*')) {
    if (/^\d+$/.test(part)) factor *= Number(part)
    else symbols.push(part)
  }
  return { factor, symbols: symbols.sort() }
}

function formatDim({ factor, symbols }: Product): Dim {
  if (symbols.length === 0 || factor === 0) return factor
  return [...(factor === 1 ? [] : [String(factor)]), ...symbols].join('*')
}

/** Returns the canonical form of an extent: `batch*100` becomes `100*batch`. */
function canonicalDim(dim: Dim): Dim {
  return formatDim(parseDim(dim))
}

export function canonicalShape(shape: Shape): Shape {
  return shape.map(canonicalDim)
}

/** Returns the number of elements, symbolic if an extent is. */
export function sizeOf(shape: Shape): Dim {
  const parts = shape.map(parseDim)
  return formatDim({
    factor: parts.reduce((product, part) => product * part.factor, 1),
    symbols: parts.flatMap((part) => part.symbols).sort(),
  })
}

/** Returns `whole / part`, or undefined if that is not a product of an integer and symbols. */
function divideDim(whole: Dim, part: Dim): Dim | undefined {
  const numerator = parseDim(whole)
  const denominator = parseDim(part)
  if (denominator.factor === 0 || numerator.factor % denominator.factor !== 0) return undefined
  const symbols = [...numerator.symbols]
  for (const symbol of denominator.symbols) {
    const at = symbols.indexOf(symbol)
    if (at < 0) return undefined
    symbols.splice(at, 1)
  }
  return formatDim({ factor: numerator.factor / denominator.factor, symbols })
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis])
}

export function isStatic(shape: Shape): shape is readonly number[] {
  return shape.every((dim) => typeof dim === 'number')
}

/** Formats a shape for error messages, such as `[batch, 3]`. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`
}

/** Converts an axis, negative if counted from the end, to 0 … rank − 1; undefined if out of range. */
export function normaliseAxis(axis: number, rank: number): number | undefined {
  const positive = axis < 0 ? axis + rank : axis
  return Number.isInteger(axis) && positive >= 0 && positive < rank ? positive : undefined
}

/** Broadcasts two shapes as NumPy does; undefined if they are incompatible. */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length)
  const result: Dim[] = []
  for (let axis = 0; axis < rank; axis++) {
    const left = a[axis - rank + a.length] ?? 1
    const right = b[axis - rank + b.length] ?? 1
    if (left !== right && left !== 1 && right !== 1) return undefined
    result.push(left === 1 ? right : left)
  }
  return result
}

/**
 * Returns the shape of a matrix product of operands of rank two or more, with broadcast batch extents;
 * undefined if they are incompatible.
 */
export function matmulShape(a: Shape, b: Shape): Shape | undefined {
  if (a.length < 2 || b.length < 2 || a.at(-1) !== b.at(-2)) return undefined
  const batch = broadcastShapes(a.slice(0, -2), b.slice(0, -2))
  return batch && [...batch, ...a.slice(-2, -1), ...b.slice(-1)]
}

/** Returns the shape after a reduction over `axes`, which must be non-negative. */
export function reducedShape(shape: Shape, axes: readonly number[], keepDims: boolean): Shape {
  if (keepDims) return shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim))
  return shape.filter((_, axis) => !axes.includes(axis))
}

/**
 * Resolves a reshape; `target` may hold one −1, which is inferred. The number of elements must stay the
 * same, except that a symbol new to a symbolic operand (`rows` for `100*batch`) is accepted unchecked.
 * Returns undefined if the reshape is invalid.
 */
export function resolveReshape(source: Shape, target: Shape): Shape | undefined {
  const whole = sizeOf(source)
  const known = target.filter((dim) => dim !== -1)
  if (known.some((dim) => typeof dim === 'number' && (dim < 1 || !Number.isInteger(dim)))) {
    return undefined
  }
  if (known.length < target.length) {
    const rest = known.length === target.length - 1 ? divideDim(whole, sizeOf(known)) : undefined
    return rest === undefined ? undefined : canonicalShape(target.map((d) => (d === -1 ? rest : d)))
  }
  const wanted = sizeOf(target)
  const names = parseDim(whole).symbols
  const renamed = parseDim(wanted).symbols.some((symbol) => !names.includes(symbol))
  return wanted === whole || (renamed && names.length > 0) ? canonicalShape(target) : undefined
}

/**
 * Returns the shape operand of ONNX's Reshape. Numbers stay as they are; a lone symbolic extent is −1;
 * of several, those that stay on their axis are 0 and the one that does not is −1. Undefined if more
 * than one would be −1.
 */
export function reshapeArgument(source: Shape, target: Shape): number[] | undefined {
  const symbolic = target.filter((dim) => typeof dim === 'string').length
  let inferred = 0
  const argument = target.map((dim, axis) => {
    if (typeof dim === 'number') return dim
    if (symbolic > 1 && source[axis] === dim) return 0
    inferred++
    return -1
  })
  return inferred > 1 ? undefined : argument
}
