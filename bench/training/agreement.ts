/** Whether trainers that should do the same do: timing different things would be worth nothing. */
import type { StepReport } from './workload.ts'

/** Largest relative difference of losses and gradient norms that rounding may make in a few steps. */
const TOLERANCE = 1e-3

/**
 * Throws unless all trainers made the same losses and gradient norms, step for step; gives the
 * largest relative difference of losses from the first trainer's.
 */
export function checkAgreement(runs: ReadonlyMap<string, readonly StepReport[]>): number {
  const [first] = runs
  if (first === undefined) throw new Error('Found no trainers to compare')
  const [reference, expected] = first
  let largest = 0
  for (const [name, reports] of runs) {
    for (const [step, report] of reports.entries()) {
      for (const quantity of ['loss', 'gradientNorm'] as const) {
        const wanted = expected[step]?.[quantity] ?? Number.NaN
        const difference = Math.abs(report[quantity] / wanted - 1)
        // Written so that NaN fails too.
        if (!(difference <= TOLERANCE)) {
          throw new Error(
            `Step ${step + 1}: found a ${quantity} of ${report[quantity]} by ${name}, expected ${wanted} as by ${reference}; these are not the same training`,
          )
        }
        if (quantity === 'loss') largest = Math.max(largest, difference)
      }
    }
  }
  return largest
}
