import { memo, useState } from 'react'
import { tookWords } from '../../training/words.ts'
import {
  ChangesCell,
  CompareBox,
  DataCell,
  KindWords,
  NameCell,
  ResultCell,
  type RunProps,
  StartCell,
  StateCell,
} from './cells.tsx'
import { RunDetails } from './RunDetails.tsx'
import classes from './Runs.module.css'

/** A run where there is no room for a table. */
export const RunCard = memo(function RunCard(props: RunProps) {
  const { run } = props
  const [open, setOpen] = useState(false)
  return (
    <li className={classes.card}>
      <div className={classes.cardHead}>
        <div>
          <NameCell run={run} />
          <KindWords run={run} />
        </div>
        <CompareBox {...props} />
      </div>
      <dl className={classes.facts}>
        <dt>State</dt>
        <dd>
          <StateCell run={run} />
          {run.seconds > 0 ? `, ${tookWords(run.seconds)}` : ''}
        </dd>
        <dt>From</dt>
        <dd>
          <StartCell run={run} />
        </dd>
        <dt>Learnt from</dt>
        <dd>
          <DataCell run={run} />
        </dd>
        <dt>Settings</dt>
        <dd>
          <ChangesCell run={run} />
        </dd>
        <dt>Result</dt>
        <dd>
          <ResultCell run={run} />
        </dd>
      </dl>
      <details
        className={classes.fold}
        onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      >
        <summary aria-label={`More about ${run.name}`}>More</summary>
        {open ? <RunDetails run={run} /> : null}
      </details>
    </li>
  )
})
