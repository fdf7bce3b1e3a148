import { useMediaQuery } from '@mantine/hooks'
import { useCallback, useState } from 'react'
import type { Run } from '../../../storage/run-record.ts'
import { useTraining } from '../../stores/training.ts'
import { Compare } from './Compare.tsx'
import { RunCard } from './RunCard.tsx'
import { RunRow } from './RunRow.tsx'
import classes from './Runs.module.css'

/** Curves that can be told apart in one chart. */
const MOST_COMPARED = 6

/** All trainings of this browser: what they were made from, what came out, and side by side. */
export function Runs() {
  const runs = useTraining((state) => state.runs)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const roomy = useMediaQuery('(min-width: 62em)', undefined, { getInitialValueInEffect: false })
  const choose = useCallback(
    (id: string, wanted: boolean) =>
      setChosen((before) => (wanted ? [...before, id] : before.filter((each) => each !== id))),
    [],
  )
  if (runs === undefined || runs.length === 0) return null
  const compared = runs.filter(({ id }) => chosen.includes(id))
  const rowOf = (run: Run) => ({
    run,
    chosen: chosen.includes(run.id),
    full: compared.length >= MOST_COMPARED,
    onChoose: choose,
  })
  return (
    <section className={classes.runs} aria-labelledby="runs-title">
      <header className={classes.header}>
        <h2 className={classes.heading} id="runs-title">
          Runs
        </h2>
        <p className={classes.faint}>
          {compared.length < 2
            ? 'Mark two or more to compare them.'
            : `${compared.length} are compared below.`}
        </p>
      </header>
      {roomy ? (
        <div className={classes.frame}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">
                  <span className={classes.hidden}>Compare</span>
                </th>
                <th scope="col">Name</th>
                <th scope="col">From</th>
                <th scope="col">Learnt from</th>
                <th scope="col">Settings</th>
                <th scope="col">State</th>
                <th scope="col">Time</th>
                <th scope="col">Result</th>
                <th scope="col">
                  <span className={classes.hidden}>More</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {runs.map((run) => (
                <RunRow key={run.id} {...rowOf(run)} />
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <ul className={classes.cards}>
          {runs.map((run) => (
            <RunCard key={run.id} {...rowOf(run)} />
          ))}
        </ul>
      )}
      {compared.length > 1 ? <Compare runs={compared} /> : null}
    </section>
  )
}
