import { endedShare } from '../../evaluation/outcomes.ts'
import { DECISION_SECONDS } from '../../island/index.ts'
import { endingName } from '../sentences.ts'
import type { EvaluatedReward } from '../stores/evaluate.ts'
import { percent, whole } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { type Compared, meanReward, useEvaluatedWorld } from './compared.ts'
import { Figure } from './Figure.tsx'
import { Letter } from './Letter.tsx'
import tables from './Tables.module.css'

interface SummaryTableProps {
  readonly compared: readonly Compared[]
  readonly rewards: readonly EvaluatedReward[]
}

/** Table of all numbers, one row per policy. */
export function SummaryTable({ compared, rewards }: SummaryTableProps) {
  const { endings } = useEvaluatedWorld()
  return (
    <Figure
      title="Summary"
      note="Length is the mean of all episodes, including those that reach no jumppad (100 decisions, 10 s). Rewards are for whole episodes. Decisions/s includes rendering and rewards."
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
      <section className={tables.scroller} aria-label="Summary, scrollable" tabIndex={0}>
        <table className={tables.table} aria-label="Summary">
          <thead>
            <tr>
              <th scope="col">Policy</th>
              <th scope="col">Episodes</th>
              {endings.map((ending) => (
                <th key={ending} scope="col">
                  {endingName(ending)} %
                </th>
              ))}
              <th scope="col">Any %</th>
              <th scope="col">Length (s)</th>
              {rewards.map(({ name, title }) => (
                <th key={name} scope="col">
                  {title}
                </th>
              ))}
              <th scope="col">Decisions/s</th>
            </tr>
          </thead>
          <tbody>
            {compared.map((each) => (
              <Row key={each.index} compared={each} rewards={rewards} />
            ))}
          </tbody>
        </table>
      </section>
    </Figure>
  )
}

function Row({
  compared: { run, index, colour, table },
  rewards,
}: {
  readonly compared: Compared
  readonly rewards: readonly EvaluatedReward[]
}) {
  const { endings } = useEvaluatedWorld()
  const { episodes, meanDecisions } = table
  const speed = run.seconds ? (meanDecisions * episodes) / run.seconds : undefined
  return (
    <tr>
      <th scope="row">
        <span className={kit.item}>
          <Letter index={index} colour={colour} />
          {run.title}
        </span>
      </th>
      <td>{episodes}</td>
      {endings.map((ending) => (
        <td key={ending}>{percent(endedShare(table, ending))}</td>
      ))}
      <td>{percent(1 - endedShare(table, 'none'))}</td>
      <td>{(meanDecisions * DECISION_SECONDS).toFixed(1)}</td>
      {rewards.map(({ name }, place) => (
        <td key={name}>{meanReward(run.episodes, place)?.toFixed(2) ?? '–'}</td>
      ))}
      <td>{speed === undefined ? '–' : whole(speed)}</td>
    </tr>
  )
}
