/** Curves of a run: what a training reports, point by point, as the record keeps it. */
import type { TrainingPart, TrainingReport } from '../../procedure/training/index.ts'
import type { Curves } from '../../storage/index.ts'

type Report<Kind extends TrainingReport['kind']> = Extract<TrainingReport, { kind: Kind }>

/** The part of a report that makes a point of a curve. */
export type CurvePoint =
  | Report<'loss'>
  | Report<'held out'>
  | Pick<Report<'update'>, 'kind' | 'point'>

export const NO_CURVES: Curves = {
  imitation: [],
  imitationHeldOut: [],
  reward: [],
  rewardHeldOut: [],
  preference: [],
  reinforcement: [],
}

/** The point of a report; undefined where it makes none. */
export function pointOf(report: TrainingReport): CurvePoint | undefined {
  if (report.kind === 'update') return { kind: 'update', point: report.point }
  return report.kind === 'loss' || report.kind === 'held out' ? report : undefined
}

/**
 * The curves with further points, each in its list. A training that goes on at a checkpoint makes
 * some points a second time: a point takes the place of all from its step on.
 */
export function withPoints(curves: Curves, points: readonly CurvePoint[]): Curves {
  return points.reduce(withPoint, curves)
}

/** Updates of a part that the curves show. */
export function updatesIn(curves: Curves, part: TrainingPart): number {
  if (part === 'clips') return 0
  if (part !== 'reinforcement') return curves[part].at(-1)?.step ?? 0
  const last = curves.reinforcement.at(-1)
  return last === undefined ? 0 : last.update + 1
}

function withPoint(curves: Curves, point: CurvePoint): Curves {
  switch (point.kind) {
    case 'update': {
      const { reinforcement } = curves
      const before = reinforcement.filter(({ update }) => update < point.point.update)
      return { ...curves, reinforcement: [...before, point.point] }
    }
    case 'loss': {
      const { part, step, loss } = point
      return { ...curves, [part]: [...beforeStep(curves[part], step), { step, loss }] }
    }
    case 'held out': {
      const { kind: _kind, part, ...values } = point
      const list = part === 'imitation' ? 'imitationHeldOut' : 'rewardHeldOut'
      return { ...curves, [list]: [...beforeStep(curves[list], values.step), values] }
    }
  }
}

function beforeStep<T extends { readonly step: number }>(list: readonly T[], step: number): T[] {
  const last = list.at(-1)
  return last === undefined || last.step < step
    ? [...list]
    : list.filter((point) => point.step < step)
}
