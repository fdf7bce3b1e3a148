/** Agreement check between trainers: timings are only comparable if all perform the same computation. */
import type { StepReport } from './workload.ts'

/** Maximum relative difference of losses and gradient norms that rounding can cause in a few steps. */
const TOLERANCE = 1e-3

/**
 * Throws unless all trainers report the same losses and gradient norms at each step; returns the
 * largest relative difference of a loss from the first trainer's.
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
        // The condition is negated so that NaN fails too.
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
