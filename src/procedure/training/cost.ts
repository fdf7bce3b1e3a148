/** Time that trainings take on a reference machine. */

/**
 * Seconds on WebAssembly with two threads, network `small` (docs/benchmarks.md): a training step of
 * ten clips of 100 decisions takes 207 ms. 64 islands made 3,239 decisions a second in one worker, and two
 * workers make 1.5 times as many.
 */
const LEARN_A_CLIP = 0.0207
const LOOK_AT_A_CLIP = LEARN_A_CLIP / 3
const DECISION = 1 / 4850
/** Seconds to render a decision's frame, whatever the network. */
const RENDER = 55e-6

/** Number of parameters of the network `small`. */
const SMALL = 1_096_064

/** Share of the work that one block of the network `small` takes: about its share of the parameters. */
const BLOCK = 0.18

/** Number of decisions of a usual episode, and the share of 100 that the longest of a batch has. */
const DECISIONS = 70
const PADDED = 0.95

/** Seconds that one clip takes on the reference machine. */
export interface ClipCost {
  /** Playing it with the policy. */
  readonly play: number
  /** Rendering its frames, again each time that it is learnt from, as none are kept. */
  readonly watch: number
  /** Running a network over its frames. */
  readonly look: number
  /** Learning from it: the gradient of all blocks. */
  readonly learn: number
}

/** Returns the cost of a clip for a network with this number of parameters, `small` by default. */
export function clipCost(parameters = SMALL): ClipCost {
  const size = parameters / SMALL
  return {
    play: DECISIONS * (RENDER + (DECISION - RENDER) * size),
    watch: DECISIONS * RENDER,
    look: LOOK_AT_A_CLIP * PADDED * size,
    learn: LEARN_A_CLIP * PADDED * size,
  }
}

/**
 * Returns the share of a full training step's work if only the upper `layers` blocks learn, on the cached
 * residual stream of the others; 1 for `layers` 0, with which all blocks learn.
 */
export function shareOfBlocks({ layers }: { readonly layers: number }): number {
  return layers === 0 ? 1 : Math.min(1, layers * BLOCK)
}
