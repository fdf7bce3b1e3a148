/** Callbacks that control a training run; polled between updates. */
export interface LoopControl {
  /** Returns whether training should stop now and return its current result. */
  stop?(): boolean
  /** Returns whether to emit a checkpoint after update `step`, besides those of the recipe. */
  checkpoint?(step: number): boolean
}

/**
 * Reason why a training loop ended. `converged`: the learned reward no longer rises. `diverged`: a number
 * was not finite, or the policy left its KL limit. `by hand`: stopped on request.
 */
export type TrainingEnd = 'last update' | 'converged' | 'diverged' | 'by hand'

/** How a training loop ended; after a divergence its parameters are the last good ones. */
export interface Ended {
  readonly stopped: TrainingEnd
  /** Cause of a divergence, as a sentence. */
  readonly problem?: string | undefined
}

/** Returns why an update diverged, as a sentence; undefined where loss and gradient norm are finite. */
export function divergenceAt(step: number, loss: number, gradientNorm: number): string | undefined {
  if (Number.isFinite(loss) && Number.isFinite(gradientNorm)) return undefined
  return `At update ${step} the loss was ${loss} and the gradient norm ${gradientNorm}, but both must be finite: lower the learning rate and train again`
}

/** Throws the cause of a divergence, for callers that have no use for the last good parameters. */
export function expectConverged({ stopped, problem }: Ended): void {
  if (stopped === 'diverged') throw new Error(problem ?? 'Training diverged')
}
