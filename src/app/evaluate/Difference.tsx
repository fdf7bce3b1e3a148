import { NativeSelect, useComputedColorScheme } from '@mantine/core'
import { useMemo, useState } from 'react'
import { occupancy, shareDifference, signedPart } from '../../evaluation/heatmap.ts'
import { MapCanvas } from '../map/MapCanvas.tsx'
import { MapFrame } from '../map/MapFrame.tsx'
import kit from '../ui/kit.module.css'
import { ColourBar } from './ColourBar.tsx'
import { cellsPainter } from './cells-painter.ts'
import { differenceColour, gradientOf } from './colours.ts'
import { type Compared, useEvaluatedWorld } from './compared.ts'
import { Figure } from './Figure.tsx'
import classes from './Figures.module.css'
import { McNemar } from './McNemar.tsx'

/** Cell size in metres: coarser than for a single policy, as a difference of two is noisier. */
const CELL = 1

interface DifferenceProps {
  readonly compared: readonly Compared[]
}

/** Compares two policies in the same episodes. */
export function Difference({ compared }: DifferenceProps) {
  const [chosen, setChosen] = useState<readonly [number, number]>([0, 1])
  const first = compared.find(({ index }) => index === chosen[0]) ?? compared[0]
  const second =
    compared.find(({ index }) => index === chosen[1] && index !== first?.index) ??
    compared.find(({ index }) => index !== first?.index)
  if (!first || !second) return null
  const options = compared.map(({ index, letter, run }) => ({
    value: String(index),
    label: `${letter} ${run.title}`,
  }))
  const controls =
    compared.length > 2 ? (
      <>
        <NativeSelect
          size="xs"
          aria-label="First policy"
          data={options}
          value={String(first.index)}
          onChange={({ currentTarget }) => setChosen([Number(currentTarget.value), second.index])}
        />
        <NativeSelect
          size="xs"
          aria-label="Second policy"
          data={options.filter(({ value }) => value !== String(first.index))}
          value={String(second.index)}
          onChange={({ currentTarget }) => setChosen([first.index, Number(currentTarget.value)])}
        />
      </>
    ) : null
  return (
    <Figure
      title={`${first.letter} vs. ${second.letter}`}
      controls={controls}
      note="Shares are relative to all decisions of a policy, so that longer episodes do not count more. The scale is linear near 0 and logarithmic beyond."
    >
      <div className={classes.duo}>
        <DifferenceMap first={first} second={second} />
        <McNemar first={first} second={second} />
      </div>
    </Figure>
  )
}

interface PairProps {
  readonly first: Compared
  readonly second: Compared
}

function DifferenceMap({ first, second }: PairProps) {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const world = useEvaluatedWorld()
  const { grid, values, most } = useMemo(() => {
    const grid = occupancy(first.run.episodes, CELL, world)
    const values = shareDifference(grid, occupancy(second.run.episodes, CELL, world))
    const most = values.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0)
    return { grid, values, most }
  }, [first.run.episodes, second.run.episodes, world])
  const painter = useMemo(
    () =>
      cellsPainter(grid, values, (value) =>
        value === 0 ? undefined : differenceColour(signedPart(value, most), scheme),
      ),
    [grid, values, most, scheme],
  )
  // Total variation distance: the share of decisions that one policy would have to take elsewhere.
  const apart = values.reduce((sum, value) => sum + Math.abs(value), 0) / 2
  const label =
    `Map of where ${first.run.title} spends a larger or smaller share of its decisions than ` +
    `${second.run.title}: ${(100 * apart).toFixed(0)} % of the decisions would have to move to make the two alike.`
  return (
    <div className={kit.stack} data-tight>
      <h3 className={kit.label}>
        Difference in occupancy, {first.letter} − {second.letter}
      </h3>
      <MapFrame>
        <MapCanvas painter={painter} world={world} label={label} />
      </MapFrame>
      <ColourBar
        title={`${first.letter} − ${second.letter}: share of decisions in a cell of 1 × 1 m, percentage points`}
        gradient={gradientOf((part) => differenceColour(1 - 2 * part, scheme)).replace(
          '90deg',
          '270deg',
        )}
        ticks={ticksOf(most)}
      />
    </div>
  )
}

/** Returns ticks at the ends, at a tenth of them, and at 0. */
function ticksOf(most: number): { part: number; text: string }[] {
  return [-most, -most / 10, 0, most / 10, most].map((value) => ({
    part: (1 + signedPart(value, most)) / 2,
    text: value === 0 ? '0' : `${value > 0 ? '+' : '−'}${shown(100 * Math.abs(value))}`,
  }))
}

function shown(points: number): string {
  return String(Number(points.toPrecision(2)))
}
