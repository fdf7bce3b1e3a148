import { SegmentedControl } from '@mantine/core'
import { HOME_ENDINGS } from '../../../island/index.ts'
import {
  labelCounts,
  runsWith,
  shownRun,
  type TooFewLabels,
  type TooFewRun,
} from '../../../procedure/too-few-labels.ts'
import { TrajectoryMap } from '../../replay/TrajectoryMap.tsx'
import { endingColour, endingName } from '../../sentences.ts'
import { EndingIcon } from '../../shell/EndingIcon.tsx'
import { percent } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { ShareCells } from '../../ui/ShareCells.tsx'
import shares from '../../ui/ShareTable.module.css'
import classes from '../FewLabels.module.css'
import { showLabels, useShownLabels } from '../place.ts'
import { SeedTable } from '../SeedTable.tsx'
import { rangeWords, runsWords, shareOf } from '../words.ts'
import type { StepProps } from './step-props.ts'

/** Shows the agents of every number of labels, all seeds of each. */
export function MoreStep({ data }: StepProps) {
  const counts = labelCounts(data)
  const labels = useShownLabels(counts)
  const runs = runsWith(data, labels)
  const shown = shownRun(data, labels)
  const { prefer, worldVersion } = data
  return (
    <>
      <p className={classes.words}>
        The same judge went on answering, and everything was trained again in the same way, with{' '}
        {runsWords(runs.length)} for each number of labels. Each run has clips, pairs and random
        numbers of its own; more labels of a seed include its fewer ones.
      </p>
      <SegmentedControl
        aria-label="Number of labels"
        className={classes.choice ?? ''}
        data={counts.map((count) => ({ value: String(count), label: `${count} labels` }))}
        value={String(labels)}
        onChange={(count) => showLabels(Number(count))}
      />
      <div className={classes.sideBySide}>
        <div className={classes.maps} data-count={runs.length}>
          {runs.map((run) => (
            <figure key={run.seed} className={kit.stack} data-tight>
              <TrajectoryMap
                stage={`aligned-${prefer}`}
                name={`the agent trained on ${labels} labels, seed ${run.seed}`}
                episodes={run.episodes}
                worldVersion={worldVersion}
              />
              <figcaption className={kit.small}>
                Seed {run.seed}: {percent(shareOf(run, prefer))} % {prefer}
                {run === shown && runs.length > 1 ? shownWords(labels === counts[0]) : ''}
              </figcaption>
            </figure>
          ))}
        </div>
        {shown ? <Outcomes data={data} run={shown} /> : null}
      </div>
      <p className={classes.words} aria-live="polite">
        With {labels} labels, the share of {prefer} is {rangeWords(data, labels)}; before training
        it was {percent(shareOf(data.agent, prefer))} %.
      </p>
      <SeedTable data={data} />
    </>
  )
}

/** Returns how a run relates to the one that the steps before show, in parentheses. */
function shownWords(same: boolean): string {
  return same ? ' (shown in steps 1 to 3)' : ' (the same seed as in steps 1 to 3)'
}

interface OutcomesProps {
  readonly data: TooFewLabels
  readonly run: TooFewRun
}

/** Renders where the episodes of one agent end; marks show where they ended before training. */
function Outcomes({ data: { agent }, run: { table, labels, seed } }: OutcomesProps) {
  return (
    <div className={kit.stack} data-tight>
      <table
        className={shares.table}
        aria-label={`Outcomes with ${labels} labels, seed ${seed}, percent`}
      >
        <thead>
          <tr>
            <th scope="col">Seed {seed}</th>
            <td />
            <th scope="col">%</th>
            <th scope="col">95 % interval</th>
          </tr>
        </thead>
        <tbody>
          {HOME_ENDINGS.map((ending) => (
            <tr key={ending}>
              <th scope="row">
                <span className={kit.item}>
                  <EndingIcon ending={ending} colour={endingColour(ending)} />
                  {endingName(ending)}
                </span>
              </th>
              <ShareCells
                share={shareOf({ table }, ending)}
                colour={endingColour(ending)}
                interval={table.intervals[ending]}
                mark={shareOf(agent, ending)}
              />
            </tr>
          ))}
        </tbody>
      </table>
      <p className={kit.small}>Triangles mark the agent before training.</p>
    </div>
  )
}
