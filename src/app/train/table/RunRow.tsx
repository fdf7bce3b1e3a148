import { UnstyledButton } from '@mantine/core'
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

/** Table row of a run, with a row below for its details. */
export const RunRow = memo(function RunRow(props: RunProps) {
  const { run, isMember } = props
  const [open, setOpen] = useState(false)
  return (
    <>
      <tr data-open={open || undefined} data-member={isMember || undefined}>
        <td>
          <CompareBox {...props} />
        </td>
        <th scope="row">
          <NameCell run={run} />
          <KindWords run={run} />
          <TagsAndNote run={run} />
        </th>
        <td>
          <StartCell run={run} />
        </td>
        <td>
          <DataCell run={run} />
        </td>
        <td>
          <ChangesCell run={run} />
        </td>
        <td>
          <StateCell run={run} />
        </td>
        <td className={kit.nowrap}>{run.seconds > 0 ? tookWords(run.seconds) : '–'}</td>
        <td>
          <ResultCell run={run} />
        </td>
        <td>
          <UnstyledButton
            className={classes.more}
            aria-expanded={open}
            aria-label={`More about ${run.name}`}
            onClick={() => setOpen(!open)}
          >
            <span className={classes.chevron} />
          </UnstyledButton>
        </td>
      </tr>
      {open ? (
        <tr className={classes.detailsRow}>
          <td colSpan={9}>
            <RunDetails run={run} />
          </td>
        </tr>
      ) : null}
    </>
  )
})
