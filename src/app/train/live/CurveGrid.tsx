import { Box } from '@mantine/core'
import { memo, useMemo } from 'react'
import { PARTS } from '../../../procedure/training/index.ts'
import type { TrainingPlan } from '../../../procedure/training/plan.ts'
import type { Curves } from '../../../storage/run-record.ts'
import kit from '../../ui/kit.module.css'
import { lazyPart } from '../../ui/lazy-part.tsx'
import classes from './Curves.module.css'
import { type CurvePanel, panelsOf, thinned } from './panels.ts'
import { useSteady } from './use-steady.ts'

/** Chart, loaded after the page, as the chart library is a large part of the code. */
const Plot = memo(lazyPart(() => import('./Plot.tsx')))

/** Milliseconds by which the redraws of a chart are delayed after those of the chart before it. */
const APART_MS = 100

interface CurveGridProps {
  readonly plan: TrainingPlan
  readonly curves: Curves
  /** Whether the run has ended; panels without values are then left out. */
  readonly over: boolean
}

/** All curves of a training, laid out from the start so that nothing shifts when values arrive. */
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
   * Delay of its redraws after those of the first chart, in milliseconds. That one is drawn before it has values,
   * since rendering a first chart takes long and nothing is training yet.
   */
  readonly delay: number
}

/** Figure that rerenders only when its number of points changes, as lists of points only grow. */
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
      // On phones, empty panels would be a long way to scroll past.
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
        {drawn > 0 || delay === 0 ? <Plot panel={panel} lines={rows} /> : null}
        {drawn === 0 ? (
          <p className={`${kit.pending} ${classes.coming}`}>
            Starts with: {PARTS[panel.part].title.toLowerCase()}
          </p>
        ) : null}
      </div>
    </Box>
  )
}
