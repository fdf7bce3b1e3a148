/** Learning rate over the course of a training: a linear rise, then half a cosine down. */
export interface Schedule {
  readonly peak: number
  /** Steps of linear rise from 0. */
  readonly warmup: number
  /** Steps in all; at the last one the rate is `peak × floor`. */
  readonly steps: number
  /** Share of the peak that is left at the end. */
  readonly floor: number
}

/** The rate for step `step`, counted from 0 (Loshchilov & Hutter 2017, equation 5, one cycle). */
export function learningRate(schedule: Schedule, step: number): number {
  const { peak, warmup, steps, floor } = schedule
  if (step < warmup) return (peak * (step + 1)) / warmup
  const progress = Math.min(1, (step - warmup) / Math.max(1, steps - 1 - warmup))
  return peak * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * progress)))
}
