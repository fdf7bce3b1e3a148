import {
  labelCounts,
  runsWith,
  shownRun,
  type TooFewLabels,
} from '../../procedure/too-few-labels.ts'
import { countOf, percent, timeWords } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { ShareCells } from '../ui/ShareCells.tsx'
import shares from '../ui/ShareTable.module.css'
import classes from './FewLabels.module.css'
import { shareOf } from './words.ts'

/** Renders every run: the accuracy of its reward model, and how often its agent does what was preferred. */
export function SeedTable({ data }: { readonly data: TooFewLabels }) {
  const { prefer, agent, machine } = data
  const runs = labelCounts(data).flatMap((labels) => runsWith(data, labels))
  const seconds = runs.reduce((sum, { trainingSeconds }) => sum + trainingSeconds, 0)
  return (
    <div className={`${kit.card} ${classes.seeds}`}>
      <h3 className={kit.cardTitle}>All runs</h3>
      <table
        className={shares.table}
        aria-label={`All runs: share that reached the ${prefer} jumppad, percent`}
      >
        <thead>
          <tr>
            <th scope="col">Labels, seed</th>
            <td />
            <th scope="col">% {prefer}</th>
            <th scope="col" className={kit.spare}>
              95 % interval
            </th>
            <th scope="col">Reward model</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Before</th>
            <ShareCells
              share={shareOf(agent, prefer)}
              colour="var(--stage-fine-tuned)"
              interval={agent.table.intervals[prefer]}
              intervalClass={kit.spare}
            />
            <td>–</td>
          </tr>
          {runs.map((run) => (
            <tr key={`${run.labels} ${run.seed}`}>
              <th scope="row">
                {run.labels}, {run.seed}
                {run === shownRun(data, run.labels) ? ' (shown)' : ''}
              </th>
              <ShareCells
                share={shareOf(run, prefer)}
                colour="var(--stage-aligned)"
                interval={run.table.intervals[prefer]}
                intervalClass={kit.spare}
              />
              <td>{percent(run.reward.test.accuracy)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={kit.small}>
        Shares of {countOf(agent.table.episodes, 'fresh episode')} each, with 95 % Wilson intervals.
        “Reward model” is its agreement with the judge on fresh pairs; chance is 50 %. All trainings
        together took {timeWords(seconds)} on {machine}.
      </p>
    </div>
  )
}
