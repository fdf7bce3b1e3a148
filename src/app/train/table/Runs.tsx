import { Group, VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useCallback, useState } from 'react'
import type { Run } from '../../../storage/run-record.ts'
import { useTraining } from '../../stores/training.ts'
import kit from '../../ui/kit.module.css'
import { Compare } from './Compare.tsx'
import { RunCard } from './RunCard.tsx'
import { RunRow } from './RunRow.tsx'
import classes from './Runs.module.css'

/** Maximum number of curves that can be told apart in one chart. */
const MOST_COMPARED = 6

/** All runs of this browser, as a table or as cards, with a comparison of the selected ones. */
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
    <section className={`${kit.stack} ${classes.runs}`} aria-labelledby="runs-title">
      <Group gap="4px 16px" align="baseline">
        <h2 className={kit.heading} id="runs-title">
          Runs
        </h2>
        <p className={kit.sentence}>
          {compared.length < 2
            ? 'Select two or more to compare them.'
            : `${compared.length} runs are compared below.`}
        </p>
      </Group>
      {roomy ? (
        <div className={`${kit.surface} ${classes.frame}`}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">
                  <VisuallyHidden>Compare</VisuallyHidden>
                </th>
                <th scope="col">Name</th>
                <th scope="col">From</th>
                <th scope="col">Learned from</th>
                <th scope="col">Settings</th>
                <th scope="col">State</th>
                <th scope="col">Time</th>
                <th scope="col">Result</th>
                <th scope="col">
                  <VisuallyHidden>More</VisuallyHidden>
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
        <ul className={kit.stack}>
          {runs.map((run) => (
            <RunCard key={run.id} {...rowOf(run)} />
          ))}
        </ul>
      )}
      {compared.length > 1 ? <Compare runs={compared} /> : null}
    </section>
  )
}
