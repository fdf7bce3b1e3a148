import { SegmentedControl } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { type ReactNode, useMemo, useState } from 'react'
import {
  Area,
  Bar,
  BarChart,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { endingColour, endingName } from '../sentences.ts'
import type { EvaluatedReward } from '../stores/evaluate.ts'
import { AXIS, AXIS_WIDTH, GRID, TOOLTIP } from '../ui/chart-style.ts'
import { EndingLegend } from '../ui/EndingLegend.tsx'
import kit from '../ui/kit.module.css'
import { type Compared, useEvaluatedWorld } from './compared.ts'
import { Figure } from './Figure.tsx'
import classes from './Figures.module.css'
import { Legend } from './Legend.tsx'
import { MapTitle } from './MapTitle.tsx'
import {
  type BinRow,
  type RewardPanel,
  rewardPanels,
  type TimeRow,
  timeRows,
} from './reward-data.ts'

interface RewardFiguresProps {
  readonly compared: readonly Compared[]
  readonly rewards: readonly EvaluatedReward[]
}

/** Renders a reward model's scores: running rewards over time, and rewards of whole episodes by outcome. */
export default function RewardFigures({ compared, rewards }: RewardFiguresProps) {
  const [chosen, setChosen] = useState(0)
  const place = Math.min(chosen, rewards.length - 1)
  const title = rewards[place]?.title ?? 'Reward'
  const controls =
    rewards.length > 1 ? (
      <SegmentedControl
        size="xs"
        aria-label="Reward model"
        data={rewards.map((reward, index) => ({ value: String(index), label: reward.title }))}
        value={String(place)}
        onChange={(value) => setChosen(Number(value))}
      />
    ) : null
  return (
    <>
      <OverTime compared={compared} reward={place} title={title} controls={controls} />
      <ByOutcome compared={compared} reward={place} title={title} controls={controls} />
    </>
  )
}

interface ChartProps {
  readonly compared: readonly Compared[]
  readonly reward: number
  readonly title: string
  readonly controls: ReactNode
}

function OverTime({ compared, reward, title, controls }: ChartProps) {
  const rows = useMemo(() => timeRows(compared, reward), [compared, reward])
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false })
  const last = rows.at(-1)
  const summary = compared
    .map(({ run, letter }) => {
      const reached = rows.filter((row) => row.mean[letter] !== undefined)
      const [first, end] = [reached[0]?.mean[letter], reached.at(-1)?.mean[letter]]
      if (first === undefined || end === undefined) return ''
      return `${run.title}: ${first.toFixed(2)} after the first decision, ${end.toFixed(2)} after ${reached.length}.`
    })
    .join(' ')
  return (
    <Figure
      title="Reward over time"
      controls={controls}
      summary={`Mean running reward. ${summary}`}
      note={`Running reward by “${title}”: the score of a clip that ends there. Lines are means and bands are one standard deviation of the episodes still running at that point (at least five), so the right end covers long episodes only.`}
    >
      <Legend compared={compared} />
      <div aria-hidden="true">
        <ResponsiveContainer width="100%" height={300}>
          <ComposedChart
            data={rows}
            margin={{ top: 8, right: 16, bottom: 18, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid {...GRID} vertical={false} />
            <XAxis
              {...AXIS}
              type="number"
              dataKey="decision"
              domain={[0, last?.decision ?? 100]}
              tickCount={6}
              label={{ value: 'decisions', position: 'insideBottom', offset: -12, ...AXIS.tick }}
            />
            <YAxis {...AXIS} width={AXIS_WIDTH} type="number" tickFormatter={fixed} />
            <Tooltip {...TOOLTIP} content={<TimeTooltip compared={compared} />} />
            {compared.map(({ letter, colour }) => (
              <Area
                key={`${letter} band`}
                dataKey={(row: TimeRow) => row.band[letter]}
                stroke="none"
                fill={colour}
                fillOpacity={0.16}
                isAnimationActive={false}
                activeDot={false}
              />
            ))}
            {compared.map(({ letter, colour, dashes }) => (
              <Line
                key={letter}
                dataKey={(row: TimeRow) => row.mean[letter]}
                stroke={colour}
                strokeWidth={2.2}
                dot={false}
                isAnimationActive={!still}
                animationDuration={500}
                {...(dashes ? { strokeDasharray: dashes } : {})}
              />
            ))}
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </Figure>
  )
}

interface TimeTooltipProps {
  readonly compared: readonly Compared[]
  readonly active?: boolean
  readonly payload?: readonly { readonly payload?: TimeRow }[]
}

function TimeTooltip({ compared, active, payload }: TimeTooltipProps) {
  const row = payload?.[0]?.payload
  if (!active || !row) return null
  return (
    <div className={classes.tooltip}>
      <strong>After {row.decision} decisions</strong>
      {compared.map(({ letter, run }) => {
        const [low, high] = row.band[letter] ?? []
        const mean = row.mean[letter]
        if (mean === undefined || low === undefined || high === undefined) return null
        return (
          <span key={letter}>
            {letter} {run.title}: {mean.toFixed(2)} ± {((high - low) / 2).toFixed(2)} (
            {row.episodes[letter]} episodes)
          </span>
        )
      })}
    </div>
  )
}

function ByOutcome({ compared, reward, title, controls }: ChartProps) {
  const { endings } = useEvaluatedWorld()
  const panels = useMemo(() => rewardPanels(compared, reward, endings), [compared, reward, endings])
  const most = Math.max(
    1,
    ...panels.flatMap(({ rows }) =>
      rows.map(({ counts }) => Object.values(counts).reduce((sum, count) => sum + count, 0)),
    ),
  )
  return (
    <Figure
      title="Reward by outcome"
      controls={controls}
      summary={`${panels.map(({ summary }) => summary).join('. ')}.`}
      note={`Number of episodes by the reward that “${title}” gives to the whole episode, stacked by ending. All policies share the same bins and vertical scale.`}
    >
      <EndingLegend endings={endings} />
      <div className={classes.panels}>
        {panels.map((panel) => (
          <Histogram key={panel.compared.index} panel={panel} most={most} />
        ))}
      </div>
    </Figure>
  )
}

function Histogram({ panel, most }: { readonly panel: RewardPanel; readonly most: number }) {
  const { run, index, colour } = panel.compared
  const { endings } = useEvaluatedWorld()
  return (
    <div className={kit.stack} data-tight>
      <MapTitle index={index} colour={colour} title={run.title} />
      <div aria-hidden="true">
        <ResponsiveContainer width="100%" height={220}>
          <BarChart
            data={[...panel.rows]}
            margin={{ top: 6, right: 8, bottom: 18, left: 0 }}
            barCategoryGap={1}
            accessibilityLayer={false}
          >
            <CartesianGrid {...GRID} vertical={false} />
            <XAxis
              {...AXIS}
              dataKey="centre"
              tickFormatter={fixed}
              interval="preserveStartEnd"
              minTickGap={28}
              label={{ value: 'reward', position: 'insideBottom', offset: -12, ...AXIS.tick }}
            />
            <YAxis {...AXIS} width={44} domain={[0, most]} allowDecimals={false} tickCount={4} />
            <Tooltip
              {...TOOLTIP}
              cursor={{ fill: 'var(--surface-sunken)' }}
              labelFormatter={(_, rows) => binLabel(rows[0]?.payload)}
            />
            {endings.map((ending) => (
              <Bar
                key={ending}
                dataKey={({ counts }: BinRow) => counts[ending] ?? 0}
                name={endingName(ending)}
                stackId="endings"
                fill={endingColour(ending, endings)}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
    </div>
  )
}

function binLabel(row: BinRow | undefined): string {
  return row ? `Reward ${row.from.toFixed(2)} to ${row.to.toFixed(2)}` : ''
}

function fixed(value: number): string {
  return value.toFixed(1)
}
