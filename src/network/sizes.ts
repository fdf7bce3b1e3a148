import { z } from 'zod'

/**
 * Hyperparameters that determine a network's architecture. Everything else (parameter layout, graphs,
 * files) follows from them and the kind of head.
 */
export interface NetworkSize {
  /** Features per decision in the residual stream. */
  readonly width: number
  /** Number of transformer blocks. */
  readonly layers: number
  /** Attention heads per block. `width / heads` is a whole, even number, for rotary pairs. */
  readonly heads: number
  /** Features per 8×8 patch of a frame before the patches are joined. */
  readonly patchFeatures: number
  /** Hidden features of a whole frame, between its patches and the residual stream. */
  readonly frameFeatures: number
}

/** Sizes by name, smallest first. `paper` has the 103 M parameters of arXiv 2406.04208. */
export const NETWORK_SIZES = {
  nano: { width: 32, layers: 2, heads: 2, patchFeatures: 8, frameFeatures: 64 },
  small: { width: 128, layers: 4, heads: 4, patchFeatures: 32, frameFeatures: 256 },
  medium: { width: 256, layers: 6, heads: 8, patchFeatures: 32, frameFeatures: 512 },
  paper: { width: 1024, layers: 8, heads: 16, patchFeatures: 32, frameFeatures: 1024 },
} as const satisfies Record<string, NetworkSize>

export type SizeName = keyof typeof NETWORK_SIZES

export const SIZE_NAMES: readonly SizeName[] = ['nano', 'small', 'medium', 'paper']

/** Schema of a size read from a file. */
export const networkSizeSchema = z
  .object({
    width: z.int().min(4).max(8192),
    layers: z.int().min(1).max(128),
    heads: z.int().min(1).max(128),
    patchFeatures: z.int().min(1).max(1024),
    frameFeatures: z.int().min(1).max(8192),
  })
  .refine((size) => size.width % (2 * size.heads) === 0, {
    error: 'width must be a multiple of twice the number of heads',
  })

/** Features of one attention head. */
export function headWidth(size: NetworkSize): number {
  return size.width / size.heads
}
