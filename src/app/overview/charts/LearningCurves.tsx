import { SegmentedControl } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { useState } from 'react'
import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { capitalised } from '../../sentences.ts'
import { AXIS, AXIS_WIDTH, GRID, TOOLTIP } from '../../ui/chart-style.ts'
import kit from '../../ui/kit.module.css'
import classes from './Charts.module.css'
import {
  curvePanels,
  METRICS,
  type MetricName,
  type OutcomePanel,
  type ReinforcementRun,
  variantsOf,
} from './curves.ts'

interface LearningCurvesProps {
  readonly runs: readonly ReinforcementRun[]
  /** Accessible name of the chart's segmented control, which has to be unique on the page. */
  readonly label?: string
}

/** Renders reinforcement-learning curves by update, one line per run. */
export default function LearningCurves({
  runs,
  label = 'Metric of the curves',
}: LearningCurvesProps) {
  const [metric, setMetric] = useState<MetricName>('preference')
  const variants = variantsOf(runs)
  return (
    <div className={kit.stack}>
      <div className={kit.head}>
        <p className={`${kit.legend} ${kit.faint}`} data-small>
          {variants.map(({ variant, colour }) => (
            <span key={variant} className={kit.item}>
              <span className={kit.swatch} style={{ background: colour }} />
              {capitalised(variant)}
            </span>
          ))}
        </p>
        <SegmentedControl
          size="xs"
          aria-label={label}
          data={METRICS.map(({ name, title }) => ({ value: name, label: title }))}
          value={metric}
          onChange={setMetric}
        />
      </div>
      <div className={classes.panels}>
        {curvePanels(runs, metric).map((panel) => (
          <Panel key={panel.wanted} panel={panel} metric={metric} />
        ))}
      </div>
    </div>
  )
}

interface PanelProps {
  readonly panel: OutcomePanel
  readonly metric: MetricName
}

function Panel({ panel, metric }: PanelProps) {
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false })
  const { unit, domain } = METRICS.find(({ name }) => name === metric) ?? METRICS[0]
  return (
    <figure className={kit.stack} data-tight aria-label={panel.summary}>
      <figcaption className={kit.label}>Preferred: {panel.wanted}</figcaption>
      <ResponsiveContainer width="100%" height={230}>
        <LineChart
          data={[...panel.rows]}
          margin={{ top: 8, right: 12, bottom: 4, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid {...GRID} vertical={false} />
          <XAxis {...AXIS} type="number" dataKey="update" domain={[0, 'dataMax']} tickCount={6} />
          <YAxis
            {...AXIS}
            width={AXIS_WIDTH}
            type="number"
            unit={unit}
            domain={[...domain]}
            tickCount={5}
          />
          <Tooltip
            {...TOOLTIP}
            labelFormatter={(update) => `Update ${update}`}
            formatter={(value) =>
              typeof value === 'number' ? `${value.toFixed(1)}${unit}` : value
            }
          />
          {panel.lines.map(({ name, colour }) => (
            <Line
              key={name}
              name={name}
              dataKey={(row: OutcomePanel['rows'][number]) => row.values[name]}
              stroke={colour}
              strokeWidth={1.8}
              dot={false}
              isAnimationActive={!still}
              animationDuration={600}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </figure>
  )
}
