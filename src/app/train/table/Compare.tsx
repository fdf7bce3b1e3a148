import { SegmentedControl, Switch } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Run } from '../../../storage/run-record.ts'
import { countOf } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { LOADING_CHART, lazyPart } from '../../ui/lazy-part.tsx'
import { type CurvePanel, panelsOf, thinned } from '../live/panels.ts'
import { unfinishedWords } from './cells.tsx'
import { Differences } from './Differences.tsx'
import type { GroupNames } from './groups.ts'
import { Legend } from './Legend.tsx'
import { lookOf } from './line-looks.ts'
import { type ComparedLine, comparisonOf, pointsOf } from './lines.ts'
import classes from './Runs.module.css'
import { FEWEST_FOR_QUARTILES } from './spread.ts'

const Plot = lazyPart(() => import('../live/Plot.tsx'), LOADING_CHART)

interface CompareProps {
  readonly runs: readonly Run[]
  readonly names: GroupNames
}

/** Compares runs and groups: their curves in one chart, and a table of how their set-ups differ. */
export function Compare({ runs, names }: CompareProps) {
  const [together, setTogether] = useState(true)
  const canJoin = useMemo(
    () => comparisonOf(runs, names, true).lines.some((line) => line.runs.length > 1),
    [runs, names],
  )
  const { leftOut, lines } = useMemo(
    () => comparisonOf(runs, names, together),
    [runs, names, together],
  )
  const panels = useMemo(() => sharedPanels(lines), [lines])
  const [wanted, setWanted] = useState('')
  const panel = panels.find(({ id }) => id === wanted) ?? panels[0]
  return (
    <section className={kit.card} aria-labelledby="compare-title">
      <div className={kit.head}>
        <h3 className={kit.cardTitle} id="compare-title">
          {countOf(runs.length, 'run')} side by side
        </h3>
        {canJoin ? (
          <Switch
            label="Join the seeds of a group"
            checked={together}
            onChange={({ currentTarget }) => setTogether(currentTarget.checked)}
          />
        ) : null}
      </div>
      {panel ? (
        <>
          {panels.length > 1 ? (
            <div className={classes.scroll}>
              <SegmentedControl
                size="xs"
                aria-label="Metric of the curves"
                data={panels.map(({ id, title }) => ({ value: id, label: title }))}
                value={panel.id}
                onChange={setWanted}
              />
            </div>
          ) : null}
          <ComparedCurves key={`${together}`} panel={panel} lines={lines} />
        </>
      ) : (
        <p className={kit.sentence}>These runs have no curve in common.</p>
      )}
      {together && canJoin ? (
        <p className={kit.small}>
          A line of several seeds is their median, up to the last update that all of them made. Its
          band reaches from the lowest to the highest seed and, from {FEWEST_FOR_QUARTILES} seeds
          on, from the first to the third quartile.
          {leftOut.length > 0 ? ` Not in the bands: ${unfinishedWords(leftOut)}.` : ''}
        </p>
      ) : null}
      <Differences lines={lines} />
    </section>
  )
}

/** Returns the panels for which at least two of the runs have values. */
function sharedPanels(lines: readonly ComparedLine[]): CurvePanel[] {
  const found = new Map<string, { readonly panel: CurvePanel; count: number }>()
  for (const line of lines) {
    for (const panel of panelsOf(line.plan)) {
      if (pointsOf(line, panel).length === 0) continue
      const entry = found.get(panel.id) ?? { panel, count: 0 }
      entry.count += line.runs.length
      found.set(panel.id, entry)
    }
  }
  return [...found.values()].filter(({ count }) => count > 1).map(({ panel }) => panel)
}

interface ComparedCurvesProps {
  readonly panel: CurvePanel
  readonly lines: readonly ComparedLine[]
}

/** Chart with a line per run or group, and its legend. */
function ComparedCurves({ panel, lines }: ComparedCurvesProps) {
  const points = useMemo(() => thinned(lines.map((line) => pointsOf(line, panel))), [lines, panel])
  /** Id of the line that stays highlighted, also when lines are added or taken away. */
  const [pinnedId, setPinnedId] = useState<string>()
  const [pointed, setPointed] = useState<number>()
  const pinned = lines.findIndex(({ id }) => id === pinnedId)
  const looks = useMemo(() => lines.map((_, index) => lookOf(index)), [lines])
  // A line without values does not push the others into the background.
  const marked = [pointed, pinned].find((index = -1) => points[index]?.length)
  const drawn = lines.map(({ name }, index) => ({ name, ...lookOf(index) }))
  const entries = lines.map(({ id, name }, index) => {
    const last = points[index]?.at(-1)
    return { id, name, last: last ? `${last.value.toFixed(panel.digits)}${panel.unit}` : 'none' }
  })
  return (
    <>
      <figure
        className={classes.compared}
        aria-label={`${panel.title} by update, ${countOf(lines.length, 'line')}; the legend has their last values.`}
      >
        <Plot
          panel={{ ...panel, lines: drawn }}
          lines={points}
          highlighted={marked}
          onHighlight={setPointed}
        />
      </figure>
      <Legend
        lines={entries}
        looks={looks}
        pinned={pinned}
        onPin={(index) => setPinnedId(lines[index ?? -1]?.id)}
        onPoint={setPointed}
      />
    </>
  )
}
