import { useReducedMotion } from '@mantine/hooks'
import {
  CartesianGrid,
  ErrorBar,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { Results } from '../../../lab/models/results.ts'
import { useLabelSeconds } from '../../data/use-label-seconds.ts'
import { AXIS, AXIS_WIDTH, GRID, TOOLTIP } from '../../ui/chart-style.ts'
import kit from '../../ui/kit.module.css'
import { type AccuracyPanel, accuracyPanels, type Dot, ENCODERS } from './accuracy.ts'
import classes from './Charts.module.css'

interface RewardPlotProps {
  readonly results: Results | undefined
}

/** Renders the paper's reward-model plot: accuracy of two encoders by number of comparisons, a dot per run. */
export default function RewardPlot({ results }: RewardPlotProps) {
  const panels = accuracyPanels(results)
  const labelSeconds = useLabelSeconds()
  return (
    <div className={kit.stack}>
      <div className={classes.panels}>
        {panels.map((panel) => (
          <Panel key={panel.title} panel={panel} labelSeconds={labelSeconds} />
        ))}
      </div>
      <p className={`${kit.legend} ${kit.faint}`} data-small>
        {ENCODERS.map(({ encoder, name, colour }) => (
          <span key={encoder} className={kit.item}>
            <span className={kit.swatch} style={{ background: colour }} />
            {name}
          </span>
        ))}
        <span className={kit.item}>Lines connect the means.</span>
        {labelSeconds === undefined ? null : (
          <span>
            Below the comparisons: the time that it would take you to label them, at{' '}
            {labelSeconds.toFixed(1)} s each (the median of the labels in this browser).
          </span>
        )}
        <span>
          The paper must use a different metric, as its random encoder is below chance: compare how
          the encoders differ, not the numbers.
        </span>
      </p>
    </div>
  )
}

interface PanelProps {
  readonly panel: AccuracyPanel
  /** Seconds that a label took; undefined where that was not measured. */
  readonly labelSeconds: number | undefined
}

function Panel({ panel, labelSeconds }: PanelProps) {
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false })
  const { title, note, sizes, dots, means, summary } = panel
  return (
    <figure className={kit.stack} data-tight aria-label={`${title}. ${summary}`}>
      <figcaption className={kit.label}>
        {title} <span className={kit.faint}>{note}</span>
      </figcaption>
      {sizes.length === 0 ? (
        <p className={`${kit.pending} ${classes.pending}`}>Not measured yet.</p>
      ) : (
        <ResponsiveContainer width="100%" height={250}>
          <ScatterChart
            margin={{ top: 8, right: 12, bottom: 4, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid {...GRID} vertical={false} />
            <XAxis
              {...AXIS}
              type="number"
              dataKey="comparisons"
              name="Comparisons"
              scale="log"
              domain={[(sizes[0] ?? 1) * 0.75, (sizes.at(-1) ?? 1) * 1.35]}
              ticks={[...sizes]}
              interval="preserveStartEnd"
              tickFormatter={short}
              {...(labelSeconds === undefined ? {} : minutesAxis(labelSeconds))}
            />
            <YAxis
              {...AXIS}
              width={AXIS_WIDTH}
              type="number"
              dataKey="accuracy"
              name="Accuracy"
              unit=" %"
              domain={[0, 100]}
              ticks={[0, 25, 50, 75, 100]}
            />
            <Tooltip
              {...TOOLTIP}
              formatter={(value) => (typeof value === 'number' ? Number(value.toFixed(1)) : value)}
            />
            <ReferenceLine y={50} stroke="var(--mantine-color-dimmed)" strokeDasharray="4 4" />
            {ENCODERS.map(({ encoder, name, colour }) => (
              <Scatter
                key={`${encoder} dots`}
                name={name}
                data={of(dots, encoder)}
                fill={colour}
                fillOpacity={0.55}
                isAnimationActive={!still}
              />
            ))}
            {ENCODERS.map(({ encoder, name, colour }) => (
              <Scatter
                key={`${encoder} means`}
                name={`${name}, mean`}
                data={of(means, encoder)}
                fill={colour}
                line={{ stroke: colour, strokeWidth: 2 }}
                shape="diamond"
                isAnimationActive={!still}
              >
                <ErrorBar
                  dataKey="spread"
                  direction="y"
                  stroke={colour}
                  width={4}
                  strokeWidth={1.2}
                />
              </Scatter>
            ))}
          </ScatterChart>
        </ResponsiveContainer>
      )}
    </figure>
  )
}

/** Returns axis props with a second scale under the first: the time that the labelling takes. */
function minutesAxis(labelSeconds: number) {
  return {
    height: 46,
    tick: ({ x, y, payload }: TickProps) => (
      <text x={x} y={y} textAnchor="middle" {...AXIS.tick}>
        <tspan x={x} dy="1em">
          {short(payload.value)}
        </tspan>
        <tspan x={x} dy="1.3em">
          {minutesOf((payload.value * labelSeconds) / 60)}
        </tspan>
      </text>
    ),
  }
}

interface TickProps {
  readonly x: number | string
  readonly y: number | string
  readonly payload: { readonly value: number }
}

/** Formats a duration, as in `4 min` or `2.5 h`. */
function minutesOf(minutes: number): string {
  return minutes < 90 ? `${Math.max(1, Math.round(minutes))} min` : `${(minutes / 60).toFixed(1)} h`
}

function of(dots: readonly Dot[], encoder: string): Dot[] {
  return dots.filter((dot) => dot.encoder === encoder)
}

/** Formats a count, as in `500` or `10k`. */
function short(count: number): string {
  return count >= 1000 ? `${count / 1000}k` : String(count)
}
