/** Floating-point operations of one training step, counted from the network's definition. */
import { HEAD_WIDTHS, type NetworkSize, PATCH_VALUES, PATCHES } from '../../src/network/index.ts'

/** A matrix product `[rows, inner] · [inner, columns]` of the forward pass. */
interface Product {
  readonly rows: number
  readonly inner: number
  readonly columns: number
  /** Operands that a gradient flows to: two, or one where the left one is data. */
  readonly gradients: 1 | 2
}

/** All matrix products of the forward pass over whole clips. */
function products(size: NetworkSize, clips: number, length: number): Product[] {
  const { width, layers, heads, patchFeatures, frameFeatures } = size
  const rows = clips * length
  const weight = (inner: number, columns: number): Product => ({
    rows,
    inner,
    columns,
    gradients: 2,
  })
  // Pixels get no gradient.
  const embedding: Product[] = [
    { rows: rows * PATCHES, inner: PATCH_VALUES, columns: patchFeatures, gradients: 1 },
    weight(PATCHES * patchFeatures, frameFeatures),
    weight(frameFeatures, width),
  ]
  // Per clip and head, [length, part] · [part, length] and back. All scores count, those that the
  // causal mask hides included: they are computed like the others.
  const attention: Product[] = [
    { rows: rows * heads, inner: width / heads, columns: length, gradients: 2 },
    { rows: rows * heads, inner: length, columns: width / heads, gradients: 2 },
  ]
  const block: Product[] = [
    weight(width, 3 * width),
    ...attention,
    weight(width, width),
    weight(width, 4 * width),
    weight(4 * width, width),
  ]
  const blocks = Array.from({ length: layers }, () => block).flat()
  return [...embedding, ...blocks, weight(width, HEAD_WIDTHS.policy)]
}

/**
 * Operations of a step's matrix products: a multiplication and an addition for each element of the
 * sum, once forward and once more for each operand's gradient. What else a step does (norms, softmax,
 * rotations, AdamW, the joining of the gradient) is work that counts for nothing here.
 */
export function stepOperations(size: NetworkSize, clips: number, length: number): number {
  return products(size, clips, length).reduce(
    (sum, { rows, inner, columns, gradients }) =>
      sum + 2 * rows * inner * columns * (1 + gradients),
    0,
  )
}
