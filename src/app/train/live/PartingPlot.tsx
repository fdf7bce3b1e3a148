import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { type PolicyMeasurement, smoothed } from '../../../evaluation/parting.ts'
import { AXIS, GRID, TOOLTIP } from '../../ui/chart-style.ts'
import kit from '../../ui/kit.module.css'
import { numberWords } from '../words.ts'
import classes from './Parting.module.css'
import { type CourseAxis, courseRows, type LearningCourse, partingPoint } from './parting-data.ts'

interface PartingPlotProps {
  readonly course: LearningCourse
  readonly axis: CourseAxis
}

/** Charts of learned reward, aims and KL one beside another, on the same horizontal axis. */
export default function PartingPlot({ course, axis }: PartingPlotProps) {
  const mark = partingPoint(course)?.[axis]
  return (
    <div className={classes.plots}>
      {courseRows(course, axis).map((row) => (
        <Row key={row.title} row={row} axis={axis} mark={mark} />
      ))}
    </div>
  )
}

interface RowProps {
  readonly row: ReturnType<typeof courseRows>[number]
  readonly axis: CourseAxis
  /** Place of the parting point on the axis; undefined without one. */
  readonly mark: number | undefined
}

function Row({ row, axis, mark }: RowProps) {
  const { title, unit, digits, domain, colour, points, value } = row
  const means = smoothed(points)
  const last = means.at(-1) ?? points.at(-1)
  const summary = last ? `${value(last).toFixed(digits)}${unit} at the end` : 'no values yet'
  const placed = (list: readonly PolicyMeasurement[]) =>
    list.map((point) => ({ at: point[axis], value: value(point) }))
  return (
    <figure className={kit.stack} data-tight aria-label={`${title}: ${summary}`}>
      <figcaption className={kit.label}>
        {title} <span className={kit.faint}>{unit.trim()}</span>
      </figcaption>
      <div className={classes.plot} aria-hidden="true">
        <ResponsiveContainer width="100%" height="100%" debounce={100}>
          <LineChart margin={{ top: 6, right: 10, bottom: 0, left: 0 }} accessibilityLayer={false}>
            <CartesianGrid {...GRID} vertical={false} />
            <XAxis
              {...AXIS}
              type="number"
              dataKey="at"
              domain={[0, 'dataMax']}
              tickCount={5}
              tickFormatter={numberWords}
              allowDuplicatedCategory={false}
            />
            <YAxis
              {...AXIS}
              width={46}
              type="number"
              domain={[...domain]}
              {...(domain[1] === 100 ? { ticks: [0, 25, 50, 75, 100] } : { tickCount: 4 })}
              tickFormatter={numberWords}
            />
            <Tooltip
              {...TOOLTIP}
              isAnimationActive={false}
              labelFormatter={(at) =>
                axis === 'kl' ? `KL ${Number(at).toFixed(1)}` : `Update ${at}`
              }
              formatter={(shown) =>
                typeof shown === 'number' ? `${shown.toFixed(digits)}${unit}` : shown
              }
            />
            {mark === undefined ? null : (
              <ReferenceLine
                x={mark}
                stroke="var(--mantine-color-text)"
                strokeDasharray="4 3"
                label={{
                  value: 'they part',
                  position: 'insideTopLeft',
                  fill: 'var(--mantine-color-text)',
                  fontSize: 11,
                }}
              />
            )}
            <Line
              name="single update"
              data={placed(points)}
              dataKey="value"
              stroke={colour}
              strokeOpacity={0.35}
              strokeWidth={1}
              dot={false}
              isAnimationActive={false}
            />
            <Line
              name="mean"
              data={placed(means)}
              dataKey="value"
              stroke={colour}
              strokeWidth={2.2}
              dot={false}
              isAnimationActive={false}
            />
          </LineChart>
        </ResponsiveContainer>
      </div>
    </figure>
  )
}
