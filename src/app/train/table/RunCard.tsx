import { Group } from '@mantine/core'
import { memo, useState } from 'react'
import { tookWords } from '../../training/words.ts'
import kit from '../../ui/kit.module.css'
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
  TagsAndNote,
} from './cells.tsx'
import { RunDetails } from './RunDetails.tsx'
import classes from './Runs.module.css'

/** Card of a run, for windows that are too narrow for a table. */
export const RunCard = memo(function RunCard(props: RunProps) {
  const { run, isMember } = props
  const [open, setOpen] = useState(false)
  return (
    <li className={`${kit.card} ${classes.card}`} data-member={isMember || undefined}>
      <Group wrap="nowrap" align="start" justify="space-between">
        <div>
          <NameCell run={run} />
          <KindWords run={run} />
          <TagsAndNote run={run} />
        </div>
        <CompareBox {...props} />
      </Group>
      <dl className={kit.facts}>
        <dt>State</dt>
        <dd>
          <StateCell run={run} />
          {run.seconds > 0 ? `, ${tookWords(run.seconds)}` : ''}
        </dd>
        <dt>From</dt>
        <dd>
          <StartCell run={run} />
        </dd>
        <dt>Learned from</dt>
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
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary aria-label={`More about ${run.name}`}>More</summary>
        {open ? <RunDetails run={run} /> : null}
      </details>
    </li>
  )
})
