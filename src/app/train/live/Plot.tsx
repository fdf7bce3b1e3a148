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
import { AXIS, GRID, TOOLTIP } from '../../ui/chart-style.ts'
import { numberWords } from '../words.ts'
import type { CurvePanel, LinePoint } from './panels.ts'

interface PlotProps {
  readonly panel: Pick<CurvePanel, 'unit' | 'digits' | 'domain' | 'mark'> & {
    readonly lines: readonly { readonly name: string; readonly colour: string }[]
  }
  /** Points of each line. */
  readonly lines: readonly (readonly LinePoint[])[]
}

/** Chart of one or more curves by update. Fills its parent; not animated, as it is redrawn often. */
export default function Plot({ panel, lines }: PlotProps) {
  const { unit, digits, domain, mark } = panel
  const only = lines.length === 1 && lines[0]?.length === 1
  return (
    <ResponsiveContainer width="100%" height="100%" debounce={100}>
      <LineChart margin={{ top: 6, right: 10, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid {...GRID} vertical={false} />
        <XAxis
          {...AXIS}
          type="number"
          dataKey="step"
          domain={[0, 'dataMax']}
          tickCount={5}
          allowDecimals={false}
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
          labelFormatter={(step) => `Update ${step}`}
          formatter={(value) =>
            typeof value === 'number' ? `${value.toFixed(digits)}${unit}` : value
          }
        />
        {mark ? (
          <ReferenceLine
            y={mark.value}
            stroke="var(--mantine-color-dimmed)"
            strokeDasharray="4 4"
            label={{
              value: mark.words,
              position: 'insideBottomRight',
              fill: 'var(--mantine-color-dimmed)',
              fontSize: 11,
            }}
          />
        ) : null}
        {panel.lines.map(({ name, colour }, index) => (
          <Line
            key={name}
            name={name}
            data={[...(lines[index] ?? [])]}
            dataKey="value"
            stroke={colour}
            strokeWidth={1.8}
            dot={only}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  )
}
