/**
 * The shape rules of the operators, checked when a graph is built rather than when it runs.
 *
 * Symbolic extents are products: `batch`, `100*batch`, `batch*time`. That is enough to follow a
 * batch through the reshapes of a transformer, and to find out when a reshape cannot be right.
 */
import type { Dim, Shape } from './types.ts'

/** An extent as a product of a number and of names, the names sorted. */
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

/** The one way of writing an extent: `batch*100` becomes `100*batch`. */
export function canonicalDim(dim: Dim): Dim {
  return formatDim(parseDim(dim))
}

export function canonicalShape(shape: Shape): Shape {
  return shape.map(canonicalDim)
}

/** The number of elements, symbolic where an extent is. */
export function sizeOf(shape: Shape): Dim {
  const parts = shape.map(parseDim)
  return formatDim({
    factor: parts.reduce((product, part) => product * part.factor, 1),
    symbols: parts.flatMap((part) => part.symbols).sort(),
  })
}

/** `whole / part`, or undefined where that is not a product of whole numbers and names. */
export function divideDim(whole: Dim, part: Dim): Dim | undefined {
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

/** `[batch, 3]`, as it stands in error messages. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`
}

/** An axis counted from the front; negative ones count from the back. Undefined if out of range. */
export function normaliseAxis(axis: number, rank: number): number | undefined {
  const positive = axis < 0 ? axis + rank : axis
  return Number.isInteger(axis) && positive >= 0 && positive < rank ? positive : undefined
}

/** NumPy's broadcasting; undefined where two shapes do not go together. */
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

/** The shape of a matrix product of operands of rank two or more, batch extents broadcast. */
export function matmulShape(a: Shape, b: Shape): Shape | undefined {
  if (a.length < 2 || b.length < 2 || a.at(-1) !== b.at(-2)) return undefined
  const batch = broadcastShapes(a.slice(0, -2), b.slice(0, -2))
  return batch && [...batch, ...a.slice(-2, -1), ...b.slice(-1)]
}

/** The shape left by a reduction over `axes` (already counted from the front). */
export function reducedShape(shape: Shape, axes: readonly number[], keepDims: boolean): Shape {
  if (keepDims) return shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim))
  return shape.filter((_, axis) => !axes.includes(axis))
}

/**
 * Resolves a reshape: `target` may hold one −1, to be inferred. A name that the operand does not
 * have (`rows` for `100*batch`) is taken on trust, anything else must keep the number of elements.
 * Undefined where that cannot be.
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
 * What ONNX's Reshape is given: numbers as they are, 0 for a symbolic extent that stays on its axis,
 * −1 for the one other symbolic extent. Undefined if there are several of those.
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
