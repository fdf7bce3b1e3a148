import type { TooFewLabels, TooFewRun } from '../../../procedure/too-few-labels.ts'

/** Properties of every step. */
export interface StepProps {
  readonly data: TooFewLabels
  /** Run with the fewest labels that is shown. */
  readonly run: TooFewRun
}
