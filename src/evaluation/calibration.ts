/** A comparison whose verdict was predicted. */
export interface Prediction {
  /** Probability that was given to one side, 0…1. */
  readonly probability: number
  /** Whether that side was preferred. */
  readonly agreed: 0 | 1
}

/** Predictions of about the same probability, and what came true of them. */
export interface CalibrationBin {
  /** Mean of the probabilities. */
  readonly predicted: number
  /** Share that agreed: of a calibrated model, about as much as predicted. */
  readonly observed: number
  readonly comparisons: number
}

/**
 * A reliability diagram (DeGroot & Fienberg 1983): predictions in equal bins of probability, from
 * 0 up; the last bin holds 1 as well, and empty bins are left out. Throws for what is no probability.
 */
export function calibration(predictions: readonly Prediction[], bins = 10): CalibrationBin[] {
  const sums = Array.from({ length: bins }, () => ({ probability: 0, agreed: 0, comparisons: 0 }))
  for (const { probability, agreed } of predictions) {
    const sum = sums[Math.min(bins - 1, Math.floor(probability * bins))]
    if (sum === undefined || !(probability <= 1)) {
      throw new RangeError(`Found a probability of ${probability}: expected 0 to 1`)
    }
    sum.probability += probability
    sum.agreed += agreed
    sum.comparisons++
  }
  return sums.flatMap(({ probability, agreed, comparisons }) =>
    comparisons === 0
      ? []
      : [{ predicted: probability / comparisons, observed: agreed / comparisons, comparisons }],
  )
}
