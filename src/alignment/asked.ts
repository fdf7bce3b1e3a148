/** What whoever runs a training may ask of it meanwhile; it is asked between updates. */
export interface Asked {
  /** Whether it is to end now, with what there is. */
  stop?(): boolean
  /** Whether the state after update `step` is wanted as a checkpoint, besides those of the recipe. */
  checkpoint?(step: number): boolean
}

/** A training that broke down: a number that should be finite is not. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError'
}

/** Throws a `DivergedError` where an update's loss or gradient is not finite. */
export function expectFinite(step: number, loss: number, gradientNorm: number): void {
  if (Number.isFinite(loss) && Number.isFinite(gradientNorm)) return
  throw new DivergedError(
    `At update ${step} the loss was ${loss} and the gradient’s norm ${gradientNorm}, finite numbers were expected: lower the learning rate and train again`,
  )
}
