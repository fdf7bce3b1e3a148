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
import type { Reliability, ReliabilityBin } from '../../evaluation/judged-pairs.ts'
import { AXIS, AXIS_WIDTH, GRID, TOOLTIP } from '../ui/chart-style.ts'
import { countOf } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import classes from './Look.module.css'

/** Reliability diagram: how often the model was right, by how sure it was. */
export function ReliabilityPlot({ bins }: Reliability) {
  const rows = bins.map(rowOf)
  const summary = rows
    .map(
      ({ predicted, observed, comparisons }) =>
        `${predicted.toFixed(0)} % predicted, ${observed.toFixed(0)} % observed, ${countOf(comparisons, 'label')}`,
    )
    .join('; ')
  return (
    <figure className={kit.stack} data-tight aria-label={`Calibration: ${summary}`}>
      <div className={classes.chart} aria-hidden="true">
        <ResponsiveContainer width="100%" height="100%" debounce={100}>
          <ScatterChart
            margin={{ top: 6, right: 12, bottom: 18, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid {...GRID} />
            <XAxis
              {...AXIS}
              type="number"
              dataKey="predicted"
              name="Predicted"
              unit=" %"
              domain={[50, 100]}
              ticks={[50, 60, 70, 80, 90, 100]}
              label={{
                value: 'predicted probability',
                position: 'insideBottom',
                offset: -12,
                ...AXIS.tick,
              }}
            />
            <YAxis
              {...AXIS}
              width={AXIS_WIDTH}
              type="number"
              dataKey="observed"
              name="Agreed with the label"
              unit=" %"
              domain={[0, 100]}
              ticks={[0, 25, 50, 75, 100]}
            />
            <Tooltip
              {...TOOLTIP}
              isAnimationActive={false}
              formatter={(value) => (typeof value === 'number' ? value.toFixed(1) : value)}
            />
            <ReferenceLine
              segment={[
                { x: 50, y: 50 },
                { x: 100, y: 100 },
              ]}
              stroke="var(--mantine-color-dimmed)"
              strokeDasharray="4 4"
            />
            <Scatter
              data={rows}
              fill="var(--series-1)"
              line={{ stroke: 'var(--series-1)', strokeWidth: 1.5 }}
              isAnimationActive={false}
            >
              <ErrorBar
                dataKey="reach"
                direction="y"
                stroke="var(--series-1)"
                width={5}
                strokeWidth={1.3}
              />
            </Scatter>
          </ScatterChart>
        </ResponsiveContainer>
      </div>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Predicted</th>
            <th scope="col">Agreed</th>
            <th scope="col">95 % interval</th>
            <th scope="col">Labels</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ predicted, observed, low, high, comparisons }) => (
            <tr key={predicted}>
              <td>{predicted.toFixed(0)} %</td>
              <td>{observed.toFixed(0)} %</td>
              <td>
                {low.toFixed(0)}–{high.toFixed(0)} %
              </td>
              <td>{comparisons}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

/** Converts a bin to percent, with the distances from the observed share to the ends of its interval. */
function rowOf({ predicted, observed, comparisons, interval }: ReliabilityBin) {
  const [low, high] = [100 * interval.low, 100 * interval.high]
  return {
    ...{ predicted: 100 * predicted, observed: 100 * observed, low, high, comparisons },
    reach: [100 * observed - low, high - 100 * observed],
  }
}
