/** Exports of runs as CSV: their curves in long format, and the table. */
import { METHODS, PARTS, partsOf, type TrainingPart } from '../../../procedure/training/index.ts'
import { csvOf } from '../../../storage/csv.ts'
import type { Run } from '../../../storage/run-record.ts'
import { dataWords } from '../words.ts'
import { type GroupNames, nameOfGroup, uniqueNames } from './groups.ts'
import { numbersOf } from './summary.ts'

const CURVE_COLUMNS = [
  ...['run', 'group', 'method', 'seed', 'tags'],
  ...['part', 'curve', 'step', 'metric', 'value'],
]

/** Returns the curves of runs as CSV, a row for each value, as recorded and not as charts scale it; oldest runs first. */
export function curvesCsv(runs: readonly Run[], groups: GroupNames): string {
  const rows = described(runs, groups).flatMap(({ run, cells }) =>
    Object.entries(run.curves).flatMap(([curve, points]) => {
      const part = partOfCurve(run, curve) ?? ''
      return points.flatMap(({ step, ...metrics }) =>
        Object.entries(metrics).map(([metric, value]) => [
          ...cells,
          ...[part, curve, step, metric, value],
        ]),
      )
    }),
  )
  return csvOf([CURVE_COLUMNS, ...rows])
}

const RUN_COLUMNS = [
  ...['run', 'group', 'method', 'seed', 'tags', 'note', 'state', 'created', 'ended', 'seconds'],
  ...['start', 'start_sha256', 'learned_from', 'data_sha256', 'devices'],
]

/** Returns a table of runs as CSV, a row for each run and a column for each of their summary numbers. */
export function runsCsv(runs: readonly Run[], groups: GroupNames): string {
  const measured = described(runs, groups).map(({ run, cells }) => {
    const numbers = numbersOf(run).map(
      ({ name, unit, value }) => [`${name}${unit}`.trim(), value] as const,
    )
    return { run, cells, numbers: new Map(numbers) }
  })
  const names = [...new Set(measured.flatMap(({ numbers }) => [...numbers.keys()]))]
  const rows = measured.map(({ run, cells, numbers }) => {
    const { createdAt, devices, endedAt, note, plan, seconds, state } = run
    const data = dataWords(plan)
    return [
      ...cells,
      ...[note, state, createdAt, endedAt ?? '', seconds],
      ...[plan.start.name, plan.start.sha256, data?.words ?? '', data?.sha256 ?? ''],
      devices.map(({ name }) => name).join('; '),
      ...names.map((name) => numbers.get(name) ?? ''),
    ]
  })
  return csvOf([[...RUN_COLUMNS, ...names], ...rows])
}

/** Returns runs, oldest first, with the first five cells of their rows. */
function described(runs: readonly Run[], groups: GroupNames) {
  const sorted = runs.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
  const names = uniqueNames(sorted.map(({ name }) => name))
  return sorted.map((run, index) => ({
    run,
    cells: [
      names[index] ?? run.name,
      nameOfGroup(run, groups),
      METHODS[run.plan.kind].title,
      run.plan.seed,
      run.tags.join(';'),
    ],
  }))
}

/** Returns the part that a curve belongs to, by the definitions of the run's parts. */
function partOfCurve({ plan }: Run, curve: string): TrainingPart | undefined {
  return partsOf(plan).find((part) => {
    const { charts, counter, summary } = PARTS[part]
    const lines = [...charts.flatMap((chart) => chart.lines), ...summary]
    return counter?.curve === curve || lines.some((line) => line.curve === curve)
  })
}
