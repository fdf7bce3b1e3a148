import { Button, Group, Slider } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { useEffect, useMemo, useState } from 'react'
import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { Ending, Outcome } from '../../island/index.ts'
import { HOME_ENDINGS } from '../../island/index.ts'
import type { TooFewRun } from '../../procedure/too-few-labels.ts'
import { FrameClock } from '../replay/clock.ts'
import { endingColour, endingName } from '../sentences.ts'
import { AXIS, AXIS_WIDTH, GRID, TOOLTIP } from '../ui/chart-style.ts'
import { EndingLegend } from '../ui/EndingLegend.tsx'
import { PauseIcon, PlayIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { type CurveRow, curveRows, curvesSummary } from './curves.ts'
import classes from './FewLabels.module.css'

/** Seconds in which the whole training is shown. */
const SECONDS = 8

interface TrainingCurvesProps {
  readonly run: TooFewRun
  readonly prefer: Outcome
}

/** Renders the learned reward and the share of each ending side by side, drawn update by update. */
export default function TrainingCurves({ run, prefer }: TrainingCurvesProps) {
  const rows = useMemo(() => curveRows(run), [run])
  const last = rows.at(-1)?.update ?? 0
  const { at, playing, toggle, seek } = usePlayhead(last)
  const shown = rows.filter(({ update }) => update <= at)
  const rewards = rows.map(({ reward }) => reward)
  return (
    <figure className={kit.stack} aria-label={curvesSummary(rows)}>
      <div className={classes.charts}>
        <div className={kit.stack} data-tight>
          <h3 className={kit.label}>Learned reward</h3>
          <Curves
            rows={shown}
            last={last}
            domain={[Math.floor(Math.min(...rewards)), Math.ceil(Math.max(...rewards))]}
            unit=""
            digits={2}
            lines={[{ name: 'Learned reward', colour: 'var(--accent)', value: rewardIn }]}
          />
        </div>
        <div className={kit.stack} data-tight>
          <h3 className={kit.label}>Where its episodes end, %</h3>
          <Curves
            rows={shown}
            last={last}
            domain={[0, 100]}
            unit=" %"
            digits={0}
            lines={HOME_ENDINGS.map((ending) => ({
              name: endingName(ending),
              colour: endingColour(ending),
              bold: ending === prefer,
              value: shareIn(ending),
            }))}
          />
          <EndingLegend />
        </div>
      </div>
      <Group wrap="nowrap">
        <Button
          size="sm"
          variant="default"
          leftSection={playing ? <PauseIcon /> : <PlayIcon />}
          onClick={toggle}
        >
          {playing ? 'Pause' : 'Play'}
        </Button>
        <Slider
          flex={1}
          min={0}
          max={last}
          value={Math.floor(at)}
          onChange={seek}
          label={(update) => `Update ${update}`}
          thumbLabel="Update"
        />
      </Group>
    </figure>
  )
}

interface CurveLine {
  readonly name: string
  readonly colour: string
  readonly bold?: boolean
  value(row: CurveRow): number | undefined
}

const rewardIn = ({ reward }: CurveRow) => reward
const shareIn =
  (ending: Ending) =>
  ({ shares }: CurveRow) =>
    shares?.[ending]

interface CurvesProps {
  readonly rows: readonly CurveRow[]
  readonly last: number
  readonly domain: readonly [number, number]
  readonly unit: string
  readonly digits: number
  readonly lines: readonly CurveLine[]
}

/** Chart with axes that stay the same while its lines grow. */
function Curves({ rows, last, domain, unit, digits, lines }: CurvesProps) {
  return (
    <ResponsiveContainer width="100%" height={210}>
      <LineChart
        data={[...rows]}
        margin={{ top: 8, right: 12, bottom: 4, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid {...GRID} vertical={false} />
        <XAxis {...AXIS} type="number" dataKey="update" domain={[0, last]} tickCount={6} />
        <YAxis
          {...AXIS}
          width={AXIS_WIDTH}
          type="number"
          unit={unit}
          domain={[...domain]}
          tickCount={domain[1] - domain[0] < 7 ? domain[1] - domain[0] + 1 : 5}
        />
        <Tooltip
          {...TOOLTIP}
          isAnimationActive={false}
          labelFormatter={(update) => `Update ${update}`}
          formatter={(value) =>
            typeof value === 'number' ? `${value.toFixed(digits)}${unit}` : value
          }
        />
        {lines.map(({ name, colour, bold, value }) => (
          <Line
            key={name}
            name={name}
            dataKey={value}
            stroke={colour}
            strokeWidth={bold ? 3 : 1.8}
            dot={false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  )
}

/** Plays from update 0 to the last one. With reduced motion it starts paused, with all of them shown. */
function usePlayhead(last: number) {
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false })
  const [at, setAt] = useState(still ? last : 0)
  const [playing, setPlaying] = useState(!still)
  useEffect(() => {
    if (!playing) return
    const clock = new FrameClock((seconds) => {
      setAt((before) => Math.min(last, before + (seconds * last) / SECONDS))
    })
    return () => clock.stop()
  }, [playing, last])
  useEffect(() => {
    if (at >= last) setPlaying(false)
  }, [at, last])
  const toggle = () => {
    if (!playing && at >= last) setAt(0)
    setPlaying(!playing)
  }
  return { at, playing, toggle, seek: setAt }
}
