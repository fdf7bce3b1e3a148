import { SegmentedControl, VisuallyHidden } from '@mantine/core'
import { lazy, Suspense, useMemo, useState } from 'react'
import { PARTS } from '../../../procedure/training/index.ts'
import type { Run } from '../../../storage/run-record.ts'
import kit from '../../ui/kit.module.css'
import { type CurvePanel, panelsOf, thinned } from '../live/panels.ts'
import { fieldName, numberWords } from '../words.ts'
import { differencesOf } from './differences.ts'
import classes from './Runs.module.css'

const Plot = lazy(() => import('../live/Plot.tsx'))

const COLOURS = [
  'var(--series-1)',
  'var(--series-2)',
  'var(--stage-aligned)',
  'var(--stage-scratch)',
  'var(--stage-fine-tuned)',
  'var(--mantine-color-dimmed)',
]

/** Compares runs: their curves in one chart, and a table of how their set-ups differ. */
export function Compare({ runs }: { readonly runs: readonly Run[] }) {
  const panels = useMemo(() => sharedPanels(runs), [runs])
  const [wanted, setWanted] = useState('')
  const panel = panels.find(({ id }) => id === wanted) ?? panels[0]
  return (
    <section className={kit.card} aria-labelledby="compare-title">
      <h3 className={kit.cardTitle} id="compare-title">
        {runs.length} runs side by side
      </h3>
      <ul className={kit.legend}>
        {runs.map(({ id, name }, index) => (
          <li key={id} className={kit.item}>
            <span className={kit.swatch} style={{ background: COLOURS[index] }} />
            {name}
          </li>
        ))}
      </ul>
      {panel ? (
        <>
          {panels.length > 1 ? (
            <div className={classes.scroll}>
              <SegmentedControl
                size="xs"
                aria-label="Metric of the curves"
                data={panels.map(({ id, title }) => ({ value: id, label: title }))}
                value={panel.id}
                onChange={setWanted}
              />
            </div>
          ) : null}
          <ComparedCurves panel={panel} runs={runs} />
        </>
      ) : (
        <p className={kit.sentence}>These runs have no curve in common.</p>
      )}
      <Differences runs={runs} />
    </section>
  )
}

/** Returns the panels for which at least two of the runs have values. */
function sharedPanels(runs: readonly Run[]): CurvePanel[] {
  const found = new Map<string, { readonly panel: CurvePanel; count: number }>()
  for (const { plan, curves } of runs) {
    for (const panel of panelsOf(plan)) {
      if (panel.lines.every(({ points }) => points(curves).length === 0)) continue
      const entry = found.get(panel.id) ?? { panel, count: 0 }
      entry.count++
      found.set(panel.id, entry)
    }
  }
  return [...found.values()].filter(({ count }) => count > 1).map(({ panel }) => panel)
}

interface ComparedCurvesProps {
  readonly panel: CurvePanel
  readonly runs: readonly Run[]
}

/** Chart with a line per run: the held-out metric where there is one, otherwise the training metric. */
function ComparedCurves({ panel, runs }: ComparedCurvesProps) {
  const points = useMemo(
    () => thinned(runs.map(({ curves }) => comparedLine(panel, curves))),
    [runs, panel],
  )
  const ends = runs.map(({ name }, index) => {
    const last = points[index]?.at(-1)
    return `${name}: ${last ? `${last.value.toFixed(panel.digits)}${panel.unit}` : 'none'}`
  })
  const lines = runs.map(({ id }, index) => ({
    id,
    name: runs[index]?.name ?? '',
    colour: COLOURS[index] ?? '',
  }))
  return (
    <figure style={{ height: 260 }} aria-label={`${panel.title}. ${ends.join('; ')}.`}>
      <Suspense fallback={<p className={kit.sentence}>Loading the chart…</p>}>
        <Plot panel={{ ...panel, lines }} lines={points} />
      </Suspense>
    </figure>
  )
}

function comparedLine(panel: CurvePanel, curves: Run['curves']) {
  const lines = panel.lines.map((line) => line.points(curves))
  return lines.findLast((line) => line.length > 0) ?? []
}

function Differences({ runs }: { readonly runs: readonly Run[] }) {
  const rows = differencesOf(runs)
  if (rows.length === 0) return <p className={kit.sentence}>These runs have the same set-up.</p>
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <VisuallyHidden component="caption">
          Differences between the set-ups of these runs
        </VisuallyHidden>
        <thead>
          <tr>
            <th scope="col">Difference</th>
            {runs.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ part, name, values }) => (
            <tr key={`${part} ${name}`}>
              <th scope="row">
                {part === undefined ? name : fieldName(name)}
                {part === undefined ? null : (
                  <span className={kit.faint}> {PARTS[part].title.toLowerCase()}</span>
                )}
              </th>
              {values.map((value, index) => (
                <td key={runs[index]?.id ?? index}>
                  {typeof value === 'number' ? numberWords(value) : (value ?? '–')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
