import { useReducedMotion } from '@mantine/hooks'
import { Fragment, useMemo } from 'react'
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { StyleMeasure } from '../../evaluation/style.ts'
import { AXIS, AXIS_WIDTH, GRID, TOOLTIP } from '../ui/chart-style.ts'
import { percent, whole } from '../ui/format.ts'
import type { Compared } from './compared.ts'
import classes from './Figures.module.css'
import { type Counted, type StyleRow, styleRows } from './style-data.ts'

interface StyleChartProps {
  readonly compared: readonly Compared[]
  readonly measure: StyleMeasure
  /** Place of the measure among `STYLE_MEASURES`. */
  readonly place: number
  readonly counted: Counted
}

/** Chart of the cumulative distributions of one measure, with their bands. */
export default function StyleChart({ compared, measure, place, counted }: StyleChartProps) {
  const rows = useMemo(() => styleRows(compared, place, counted), [compared, place, counted])
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false })
  return (
    <div aria-hidden="true">
      <ResponsiveContainer width="100%" height={280}>
        <ComposedChart
          data={rows}
          margin={{ top: 8, right: 16, bottom: 18, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid {...GRID} vertical={false} />
          <XAxis
            {...AXIS}
            type="number"
            dataKey="value"
            domain={['dataMin', 'dataMax']}
            tickFormatter={short}
            label={{
              value: `${measure.title}, ${measure.unit}`,
              position: 'insideBottom',
              offset: -12,
              ...AXIS.tick,
            }}
          />
          <YAxis
            {...AXIS}
            width={AXIS_WIDTH}
            domain={[0, 1]}
            ticks={[0, 0.25, 0.5, 0.75, 1]}
            tickFormatter={(share: number) => `${whole(100 * share)} %`}
          />
          <Tooltip {...TOOLTIP} content={<StyleTooltip compared={compared} measure={measure} />} />
          {compared.map(({ letter, colour, dashes }) => (
            <Fragment key={letter}>
              <Area
                type="stepAfter"
                dataKey={({ points }: StyleRow) => {
                  const point = points[letter]
                  return point && [point.low, point.high]
                }}
                stroke="none"
                fill={colour}
                fillOpacity={0.14}
                isAnimationActive={false}
                activeDot={false}
              />
              <Line
                type="stepAfter"
                dataKey={({ points }: StyleRow) => points[letter]?.share}
                stroke={colour}
                strokeWidth={2.2}
                dot={false}
                isAnimationActive={!still}
                animationDuration={500}
                {...(dashes ? { strokeDasharray: dashes } : {})}
              />
            </Fragment>
          ))}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  )
}

interface StyleTooltipProps extends Pick<StyleChartProps, 'compared' | 'measure'> {
  readonly active?: boolean
  readonly payload?: readonly { readonly payload?: StyleRow }[]
}

function StyleTooltip({ compared, measure, active, payload }: StyleTooltipProps) {
  const row = payload?.[0]?.payload
  if (!active || !row) return null
  return (
    <div className={classes.tooltip}>
      <strong>
        At most {short(row.value)} {measure.unit}
      </strong>
      {compared.map(({ letter, run }) => {
        const point = row.points[letter]
        return point === undefined ? null : (
          <span key={letter}>
            {letter} {run.title}: {percent(point.share)} % of episodes ({percent(point.low)} to{' '}
            {percent(point.high)})
          </span>
        )
      })}
    </div>
  )
}

function short(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 })
}
