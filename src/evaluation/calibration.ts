import { type Interval, wilsonInterval } from './wilson.ts'

/** Predicted preference in a comparison whose verdict is known. */
export interface Prediction {
  /** Predicted probability that one given side is preferred, 0…1. */
  readonly probability: number
  /** 1 if that side was preferred, otherwise 0; between for a soft label. */
  readonly agreed: number
}

/** Predictions of similar probability, with their observed outcomes. */
export interface CalibrationBin {
  /** Mean predicted probability. */
  readonly predicted: number
  /** Share of comparisons that agreed; close to `predicted` for a calibrated model. */
  readonly observed: number
  readonly comparisons: number
}

/**
 * Returns a reliability diagram (DeGroot & Fienberg 1983): predictions in `bins` equally wide bins
 * of probability, ascending. The last bin includes 1, and empty bins are left out. Throws a
 * RangeError for a probability outside 0…1.
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

/**
 * Returns Wilson's 95 % interval of a bin's observed share. Soft labels count by their probability, for
 * which it is slightly too wide.
 */
export function calibrationInterval({ observed, comparisons }: CalibrationBin): Interval {
  return wilsonInterval(Math.min(comparisons, observed * comparisons), comparisons)
}

/**
 * Returns the expected calibration error (Naeini, Cooper & Hauskrecht 2015): the distance between
 * predicted and observed share of a bin, averaged over all comparisons; NaN without any. With few
 * comparisons it is above 0 even for a calibrated model.
 */
export function calibrationError(bins: readonly CalibrationBin[]): number {
  const all = bins.reduce((sum, { comparisons }) => sum + comparisons, 0)
  return (
    bins.reduce(
      (sum, { predicted, observed, comparisons }) =>
        sum + comparisons * Math.abs(predicted - observed),
      0,
    ) / all
  )
}
