import { lazy, memo, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { TrainingPlan } from '../../../procedure/training/plan.ts'
import type { Curves } from '../../../storage/run-record.ts'
import { PART_WORDS } from '../words.ts'
import classes from './Curves.module.css'
import { type CurvePanel, panelsOf, thinned } from './panels.ts'

/** The charts' library is a good part of all the code, and comes after the page. */
const Plot = memo(lazy(() => import('./Plot.tsx')))

/** Milliseconds between two drawings of a chart while it grows; more by these for each one before it. */
const STEADY_MS = 1_500
const APART_MS = 150

interface CurveGridProps {
  readonly plan: TrainingPlan
  readonly curves: Curves
  /** Whether nothing more comes: what has no values then is left out. */
  readonly over: boolean
}

/** Every curve of a training at its place from the beginning, so that nothing moves when it comes. */
export function CurveGrid({ plan, curves, over }: CurveGridProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run's plan never changes
  const panels = useMemo(() => panelsOf(plan), [JSON.stringify(plan)])
  const shown = panels.filter(
    ({ lines }) => !over || lines.some(({ points }) => points(curves).length > 0),
  )
  if (shown.length === 0) return null
  return (
    <div className={classes.grid}>
      {shown.map((panel, index) => (
        <Panel key={panel.id} panel={panel} curves={curves} wait={STEADY_MS + APART_MS * index} />
      ))}
    </div>
  )
}

interface PanelProps {
  readonly panel: CurvePanel
  readonly curves: Curves
  /** Milliseconds between two drawings. */
  readonly wait: number
}

/** Lists only grow: while none of its own is longer, a chart has nothing new to show. */
const Panel = memo(PanelFigure, (before, after) => pointsIn(before) === pointsIn(after))

function pointsIn({ panel, curves }: PanelProps): number {
  return panel.lines.reduce((sum, { points }) => sum + points(curves).length, 0)
}

function PanelFigure({ panel, curves, wait }: PanelProps) {
  const lines = panel.lines.map(({ points }) => points(curves))
  const length = lines.reduce((sum, points) => sum + points.length, 0)
  const drawn = useSteady(length, wait)
  // biome-ignore lint/correctness/useExhaustiveDependencies: lists only grow, so their length says all
  const rows = useMemo(() => lines.map((points) => thinned(points)), [drawn, panel])
  const latest = panel.lines.flatMap(({ name }, index) => {
    const last = lines[index]?.at(-1)
    return last ? [{ name, step: last.step, words: last.value.toFixed(panel.digits) }] : []
  })
  const summary = latest
    .map(({ name, step, words }) => `${name} ${words}${panel.unit} at update ${step}`)
    .join(', ')
  return (
    <figure
      className={classes.panel}
      data-empty={length === 0 || undefined}
      aria-label={`${panel.title}: ${summary || 'no values yet'}`}
    >
      <figcaption className={classes.caption}>
        <span className={classes.title}>{panel.title}</span>
        <span className={classes.latest}>
          {latest.map(({ name, words }) => (
            <span key={name} className={classes.value}>
              {panel.lines.length > 1 ? (
                <span
                  className={classes.swatch}
                  style={{ background: panel.lines.find((line) => line.name === name)?.colour }}
                />
              ) : null}
              {words}
            </span>
          ))}
          <small>{latest.length === 1 ? panel.unit : ''}</small>
        </span>
      </figcaption>
      <div className={classes.plot}>
        {length === 0 ? (
          <p className={classes.coming}>Comes with: {PART_WORDS[panel.part].title.toLowerCase()}</p>
        ) : (
          <Suspense fallback={<p className={classes.coming}>Loading the chart…</p>}>
            <Plot panel={panel} lines={rows} />
          </Suspense>
        )}
      </div>
    </figure>
  )
}

/**
 * Follows a value at most every so many milliseconds. Each chart has a time of its own, so that no
 * two are drawn in one task.
 */
function useSteady(value: number, wait: number): number {
  const [steady, setSteady] = useState(value)
  const latest = useRef(value)
  latest.current = value
  const stale = steady !== value
  useEffect(() => {
    if (!stale) return
    const timer = setTimeout(() => setSteady(latest.current), wait)
    return () => clearTimeout(timer)
  }, [stale, wait])
  return steady
}
