import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { AXIS, GRID, TOOLTIP } from '../../ui/chart-style.ts'
import { numberWords } from '../words.ts'
import type { CurvePanel, PlotPoint } from './panels.ts'

interface PlotLine {
  readonly name: string
  readonly colour: string
  /** Pattern of dashes; solid if left out. */
  readonly dashes?: string
}

interface PlotProps {
  readonly panel: Pick<CurvePanel, 'unit' | 'digits' | 'domain' | 'mark'> & {
    readonly lines: readonly PlotLine[]
  }
  /** Points of each line. */
  readonly lines: readonly (readonly PlotPoint[])[]
  /** Index of the line that stands out; undefined if all are alike. */
  readonly highlighted?: number | undefined
  /** Called with the index of the line under the pointer, and without one when the pointer leaves it. */
  onHighlight?(index?: number): void
}

/** Maximum number of lines whose values are listed at the pointer; of more, only the highlighted one is. */
const MOST_LISTED = 8

/** Share of their strength that lines keep while another one is highlighted. */
const FADED = 0.18

/** Chart of curves by update, with their bands. Fills its parent; not animated, as it is redrawn often. */
export default function Plot({ panel, lines, highlighted, onHighlight }: PlotProps) {
  const { unit, digits, domain, mark } = panel
  const many = lines.length > MOST_LISTED
  const looks = panel.lines.map((line, index) => ({
    ...{ line, index, points: lines[index] ?? [], highlighted, many },
  }))
  // The highlighted line is drawn last, over the others.
  const last = ({ index }: Look) => Number(index === highlighted)
  return (
    <ResponsiveContainer width="100%" height="100%" debounce={100}>
      <ComposedChart margin={{ top: 6, right: 10, bottom: 0, left: 0 }} accessibilityLayer={false}>
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
        {many && highlighted === undefined ? null : (
          <Tooltip
            {...TOOLTIP}
            isAnimationActive={false}
            labelFormatter={(step) => `Update ${step}`}
            formatter={(value) =>
              typeof value === 'number' ? `${value.toFixed(digits)}${unit}` : value
            }
          />
        )}
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
        {looks.filter(({ points }) => points.some((point) => 'low' in point)).map(bandArea)}
        {looks.toSorted((a, b) => last(a) - last(b)).map(visibleLine)}
        {onHighlight ? looks.map((look) => pointerLine(look, onHighlight)) : null}
      </ComposedChart>
    </ResponsiveContainer>
  )
}

/** Line with what decides its look. */
interface Look {
  readonly line: PlotLine
  readonly index: number
  readonly points: readonly PlotPoint[]
  readonly highlighted: number | undefined
  /** Whether there are so many lines that they are thin. */
  readonly many: boolean
}

function strengthOf({ index, highlighted }: Look): number {
  return highlighted === undefined || index === highlighted ? 1 : FADED
}

function bandArea(look: Look) {
  return (
    <Area
      key={look.line.name}
      data={[...look.points]}
      dataKey={(point: PlotPoint) => ('low' in point ? [point.low, point.high] : undefined)}
      fill={look.line.colour}
      fillOpacity={(look.many ? 0.1 : 0.18) * strengthOf(look)}
      stroke="none"
      activeDot={false}
      tooltipType="none"
      isAnimationActive={false}
    />
  )
}

function visibleLine(look: Look) {
  const { highlighted, index, line, many, points } = look
  const isHighlighted = index === highlighted
  const isListed = !many || isHighlighted
  return (
    <Line
      key={line.name}
      name={line.name}
      data={[...points]}
      dataKey="value"
      stroke={line.colour}
      strokeWidth={isHighlighted ? 2.6 : many ? 1.3 : 1.8}
      strokeOpacity={strengthOf(look)}
      {...(line.dashes ? { strokeDasharray: line.dashes } : {})}
      dot={points.length === 1}
      activeDot={isListed}
      {...(isListed ? {} : { tooltipType: 'none' as const })}
      isAnimationActive={false}
    />
  )
}

/** Returns an invisible wide line over a visible one, which is hard to point at. */
function pointerLine({ index, line, points }: Look, onHighlight: (index?: number) => void) {
  return (
    <Line
      key={`${line.name}, pointer`}
      data={[...points]}
      dataKey="value"
      stroke="transparent"
      strokeWidth={14}
      dot={false}
      activeDot={false}
      tooltipType="none"
      isAnimationActive={false}
      onMouseEnter={() => onHighlight(index)}
      onMouseLeave={() => onHighlight()}
    />
  )
}
