import type { CurvePoint, TrainingPart } from '../../procedure/training/index.ts'
import { PARTS } from '../../procedure/training/index.ts'
import type { Curves } from '../../storage/index.ts'

/** New point of a curve. */
export interface NewPoint {
  readonly curve: string
  readonly point: CurvePoint
}

/**
 * Returns the curves with new points appended. A training that resumes at a checkpoint repeats some
 * points: a point replaces all those from its step on.
 */
export function withPoints(curves: Curves, points: readonly NewPoint[]): Curves {
  return points.reduce(withPoint, curves)
}

/** Returns the number of updates of a part that its curves show; 0 without any. */
export function updatesIn(curves: Curves, part: TrainingPart): number {
  const { counter } = PARTS[part]
  const last = counter && curves[counter.curve]?.at(-1)
  return counter && last ? last.step + counter.plus : 0
}

function withPoint(curves: Curves, { curve, point }: NewPoint): Curves {
  const points = curves[curve] ?? []
  const last = points.at(-1)
  const before =
    last === undefined || last.step < point.step
      ? points
      : points.filter(({ step }) => step < point.step)
  return { ...curves, [curve]: [...before, point] }
}
