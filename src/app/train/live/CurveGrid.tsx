import { Box } from '@mantine/core'
import { lazy, memo, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { PARTS } from '../../../procedure/training/index.ts'
import type { TrainingPlan } from '../../../procedure/training/plan.ts'
import type { Curves } from '../../../storage/run-record.ts'
import kit from '../../ui/kit.module.css'
import classes from './Curves.module.css'
import { type CurvePanel, panelsOf, thinned } from './panels.ts'

/** The charts' library is a good part of all the code, and comes after the page. */
const Plot = memo(lazy(() => import('./Plot.tsx')))

/** Milliseconds between two drawings of a chart while it grows. */
const STEADY_MS = 1_500
/** Later by these for each chart before it, from the first drawing on. */
const APART_MS = 100

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
        <Panel key={panel.id} panel={panel} curves={curves} delay={APART_MS * index} />
      ))}
    </div>
  )
}

interface PanelProps {
  readonly panel: CurvePanel
  readonly curves: Curves
  /**
   * Milliseconds that its drawings are later than those of the first. That one is drawn before there is
   * anything to show: a first chart takes long, and nothing is trained yet.
   */
  readonly delay: number
}

/** Lists only grow: while none of its own is longer, a chart has nothing new to show. */
const Panel = memo(PanelFigure, (before, after) => pointsIn(before) === pointsIn(after))

function pointsIn({ panel, curves }: PanelProps): number {
  return panel.lines.reduce((sum, { points }) => sum + points(curves).length, 0)
}

function PanelFigure({ panel, curves, delay }: PanelProps) {
  const lines = panel.lines.map(({ points }) => points(curves))
  const length = lines.reduce((sum, points) => sum + points.length, 0)
  const drawn = useSteady(length, delay)
  // biome-ignore lint/correctness/useExhaustiveDependencies: lists only grow, so their length says all
  const rows = useMemo(() => thinned(lines), [drawn, panel])
  const latest = panel.lines.flatMap(({ name }, index) => {
    const last = lines[index]?.at(-1)
    return last ? [{ name, step: last.step, words: last.value.toFixed(panel.digits) }] : []
  })
  const summary = latest
    .map(({ name, step, words }) => `${name} ${words}${panel.unit} at update ${step}`)
    .join(', ')
  return (
    <Box
      component="figure"
      className={kit.stack ?? ''}
      data-tight
      // On a telephone what is still to come would be a long way to scroll past.
      {...(length === 0 ? { visibleFrom: 'sm' } : {})}
      aria-label={`${panel.title}: ${summary || 'no values yet'}`}
    >
      <figcaption className={classes.caption}>
        <span className={`${kit.label} ${classes.title}`}>{panel.title}</span>
        <span className={classes.latest}>
          {latest.map(({ name, words }) => (
            <span key={name} className={kit.item}>
              {panel.lines.length > 1 ? (
                <span
                  className={kit.swatch}
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
        {drawn > 0 || delay === 0 ? (
          <Suspense>
            <Plot panel={panel} lines={rows} />
          </Suspense>
        ) : null}
        {drawn === 0 ? (
          <p className={`${kit.pending} ${classes.coming}`}>
            Comes with: {PARTS[panel.part].title.toLowerCase()}
          </p>
        ) : null}
      </div>
    </Box>
  )
}

/**
 * Follows a number that grows, from 0 on, at a steady pace. Each chart has a delay of its own, so that no
 * two are drawn in one task.
 */
function useSteady(value: number, delay: number): number {
  const [steady, setSteady] = useState(0)
  const latest = useRef(value)
  latest.current = value
  const stale = steady !== value
  useEffect(() => {
    if (!stale) return
    const wait = steady === 0 ? 0 : STEADY_MS
    const timer = setTimeout(() => setSteady(latest.current), wait + delay)
    return () => clearTimeout(timer)
  }, [stale, steady, delay])
  return steady
}
