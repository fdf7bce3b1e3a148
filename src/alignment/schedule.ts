/** Learning-rate schedule: linear warm-up, then half-cosine decay. */
export interface Schedule {
  readonly peak: number
  /** Number of warm-up steps, over which the rate rises linearly from `peak / warmup` to `peak`. */
  readonly warmup: number
  /** Total number of steps; the last one has rate `peak × floor` if at least two follow the warm-up. */
  readonly steps: number
  /** Share of the peak rate left at the end. */
  readonly floor: number
}

/** Returns the rate at step `step`, counted from 0 (Loshchilov & Hutter 2017, equation 5, one cycle). */
export function learningRate(schedule: Schedule, step: number): number {
  const { peak, warmup, steps, floor } = schedule
  if (step < warmup) return (peak * (step + 1)) / warmup
  const progress = Math.min(1, (step - warmup) / Math.max(1, steps - 1 - warmup))
  return peak * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * progress)))
}
