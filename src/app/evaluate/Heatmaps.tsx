import { useComputedColorScheme } from '@mantine/core'
import { useMemo } from 'react'
import {
  commonLogScale,
  type LogScale,
  logPart,
  type Occupancy,
  occupancy,
  perThousand,
} from '../../evaluation/heatmap.ts'
import { CHART_LOOKS } from '../map/looks.ts'
import { MapCanvas } from '../map/MapCanvas.tsx'
import { MapFrame } from '../map/MapFrame.tsx'
import { countOf, whole } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { ColourBar } from './ColourBar.tsx'
import { cellsPainter } from './cells-painter.ts'
import { amountColour, gradientOf } from './colours.ts'
import { type Compared, type Scheme, useEvaluatedWorld } from './compared.ts'
import { Figure } from './Figure.tsx'
import classes from './Figures.module.css'
import { MapTitle } from './MapTitle.tsx'

interface HeatmapsProps {
  readonly compared: readonly Compared[]
}

interface Counted {
  readonly compared: Compared
  readonly grid: Occupancy
  readonly values: Float64Array
}

/** Renders each policy's occupancy of the island, all on one scale. */
export function Heatmaps({ compared }: HeatmapsProps) {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const world = useEvaluatedWorld()
  const { counted, scale } = useMemo(() => {
    const counted = compared.map((each): Counted => {
      const grid = occupancy(each.run.episodes, undefined, world)
      return { compared: each, grid, values: perThousand(grid) }
    })
    return { counted, scale: commonLogScale(counted.map(({ values }) => values)) }
  }, [compared, world])
  if (!scale) return null
  return (
    <Figure
      title="Occupancy"
      note="Each decision counts towards the cell in which it was taken. All policies share one logarithmic scale."
    >
      <div className={classes.maps} data-count={compared.length}>
        {counted.map((each) => (
          <Heatmap key={each.compared.index} counted={each} scale={scale} scheme={scheme} />
        ))}
      </div>
      <ColourBar
        title="Decisions per 1,000 episodes in a cell of 0.5 × 0.5 m"
        gradient={gradientOf((part) => amountColour(part, scheme))}
        ticks={decades(scale)}
        apart={{ colour: CHART_LOOKS[scheme].land, text: '0' }}
      />
    </Figure>
  )
}

interface HeatmapProps {
  readonly counted: Counted
  readonly scale: LogScale
  readonly scheme: Scheme
}

function Heatmap({ counted, scale, scheme }: HeatmapProps) {
  const world = useEvaluatedWorld()
  const { compared, grid, values } = counted
  const { run, index, colour } = compared
  const painter = useMemo(
    () =>
      cellsPainter(grid, values, (value) => {
        const part = logPart(value, scale)
        return part === undefined ? undefined : amountColour(part, scheme)
      }),
    [grid, values, scale, scheme],
  )
  const visited = grid.counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0)
  const metres = Math.round(visited * grid.cell * grid.cell)
  const most = values.reduce((peak, value) => Math.max(peak, value), 0)
  const label =
    `Heatmap of where ${run.title} takes its ${countOf(grid.decisions, 'decision')}: ` +
    `${metres} square metres were visited, the busiest cell has ${Math.round(most)} decisions per 1,000 episodes.`
  return (
    <div className={kit.stack} data-tight>
      <MapTitle index={index} colour={colour} title={run.title} />
      <MapFrame>
        <MapCanvas painter={painter} world={world} label={label} />
      </MapFrame>
    </div>
  )
}

/** Returns ticks at the powers of ten on the scale, and at its ends where no power of ten is near. */
function decades(scale: LogScale): { part: number; text: string }[] {
  const first = Math.ceil(Math.log10(scale.low))
  const last = Math.floor(Math.log10(scale.high))
  const powers = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => 10 ** (first + i))
  const near = (value: number) =>
    powers.some(
      (power) => Math.abs((logPart(power, scale) ?? 0) - (logPart(value, scale) ?? 0)) < 0.12,
    )
  const ends = [scale.low, scale.high].filter((value) => !near(value))
  return [...powers, ...new Set(ends)]
    .sort((a, b) => a - b)
    .map((value) => ({ part: logPart(value, scale) ?? 0, text: short(value) }))
}

function short(value: number): string {
  return value >= 10 ? whole(value) : String(Number(value.toPrecision(2)))
}
