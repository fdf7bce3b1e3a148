/** Callbacks that control a training run; polled between updates. */
export interface Asked {
  /** Returns whether training should stop now and return its current result. */
  stop?(): boolean
  /** Returns whether to emit a checkpoint after update `step`, besides those of the recipe. */
  checkpoint?(step: number): boolean
}

/** Error thrown when a training run's loss or gradient norm is not finite. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError'
}

/** Throws a `DivergedError` if an update's loss or gradient norm is not finite. */
export function expectFinite(step: number, loss: number, gradientNorm: number): void {
  if (Number.isFinite(loss) && Number.isFinite(gradientNorm)) return
  throw new DivergedError(
    `At update ${step} the loss was ${loss} and the gradient’s norm ${gradientNorm}, finite numbers were expected: lower the learning rate and train again`,
  )
}
