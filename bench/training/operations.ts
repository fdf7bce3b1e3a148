/** Floating-point operations of one training step, derived from the network's definition. */
import { HEAD_WIDTHS, type NetworkSize, PATCH_VALUES, PATCHES } from '../../src/network/index.ts'

/** Matrix product `[rows, inner] · [inner, columns]` of the forward pass. */
interface Product {
  readonly rows: number
  readonly inner: number
  readonly columns: number
  /** Number of operands that receive a gradient: two, or one if the left one is data. */
  readonly gradients: 1 | 2
}

/** Returns all matrix products of the forward pass over full clips. */
function products(size: NetworkSize, clips: number, length: number): Product[] {
  const { width, layers, heads, patchFeatures, frameFeatures } = size
  const rows = clips * length
  const weight = (inner: number, columns: number): Product => ({
    rows,
    inner,
    columns,
    gradients: 2,
  })
  // Pixels receive no gradient.
  const embedding: Product[] = [
    { rows: rows * PATCHES, inner: PATCH_VALUES, columns: patchFeatures, gradients: 1 },
    weight(PATCHES * patchFeatures, frameFeatures),
    weight(frameFeatures, width),
  ]
  // Per clip and head: [length, part] · [part, length] and its counterpart. All scores count,
  // including those hidden by the causal mask, because they are computed too.
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
 * Returns the operations of a step's matrix products: one multiplication and one addition for each
 * term, once for the forward pass and once for each operand's gradient. Other work (norms, softmax,
 * rotary embeddings, AdamW, concatenation of the gradient) is not counted.
 */
export function stepOperations(size: NetworkSize, clips: number, length: number): number {
  return products(size, clips, length).reduce(
    (sum, { rows, inner, columns, gradients }) =>
      sum + 2 * rows * inner * columns * (1 + gradients),
    0,
  )
}
