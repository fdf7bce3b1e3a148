/** Lines of a comparison: runs, or groups of them with a band. */
import type { TrainingPlan } from '../../../procedure/training/index.ts'
import type { Run } from '../../../storage/run-record.ts'
import type { CurvePanel, PlotPoint } from '../live/panels.ts'
import { type GroupNames, groupsOf, nameOfGroup, uniqueNames } from './groups.ts'
import { bandOf } from './spread.ts'

/** Line of a comparison. */
export interface ComparedLine {
  readonly id: string
  readonly name: string
  /** Plan of its runs, which are equal but for their seeds. */
  readonly plan: TrainingPlan
  /** Finished runs under a band, or the only run. */
  readonly runs: readonly Run[]
}

export interface LinesOfRuns {
  readonly lines: readonly ComparedLine[]
  /** Selected runs that are in no line, as they did not finish. */
  readonly leftOut: readonly Run[]
}

/**
 * Returns the lines for the selected runs. With `together`, those of a group with at least two finished seeds are one
 * line; the others have a line each.
 */
export function comparisonOf(
  runs: readonly Run[],
  names: GroupNames,
  together: boolean,
): LinesOfRuns {
  if (!together) return { lines: named(runs.map(alone)), leftOut: [] }
  const groups = groupsOf(runs)
  const lines = groups.flatMap(({ counted, key, runs: members }) => {
    const [first] = counted
    if (first === undefined || counted.length < 2) return members.map(alone)
    const name = `${nameOfGroup(first, names)}, ${counted.length} seeds`
    return [{ id: key, name, plan: first.plan, runs: counted }]
  })
  const leftOut = groups.flatMap(({ counted, unfinished }) =>
    counted.length < 2 ? [] : unfinished,
  )
  return { lines: named(lines), leftOut }
}

function alone(run: Run): ComparedLine {
  return { id: run.id, name: run.name, plan: run.plan, runs: [run] }
}

function named(lines: readonly ComparedLine[]): ComparedLine[] {
  const names = uniqueNames(lines.map(({ name }) => name))
  return lines.map((line, index) => ({ ...line, name: names[index] ?? line.name }))
}

/** Returns the points of a line, with the band if it stands for several runs. */
export function pointsOf({ runs }: ComparedLine, panel: CurvePanel): readonly PlotPoint[] {
  // The held-out metric where there is one, otherwise the training metric: the same for all runs of a band.
  const all = panel.lines.map(({ points }) => runs.map(({ curves }) => points(curves)))
  const curves = all.findLast((each) => each.every((points) => points.length > 0)) ?? []
  const [only = []] = curves
  return curves.length < 2 ? only : bandOf(curves)
}
