import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import kit from '../../ui/kit.module.css'
import { ChangesCell, DataCell, StartCell } from './cells.tsx'
import {
  CountedSentence,
  GroupBox,
  GroupName,
  type GroupProps,
  GroupResult,
  GroupStates,
  GroupTime,
} from './group-cells.tsx'
import { RunRow } from './RunRow.tsx'
import classes from './Runs.module.css'

/** Table row of a group, which can be opened to show the rows of its runs. */
export function GroupRow(props: GroupProps) {
  const { chosen, group, name, onChoose } = props
  const [open, setOpen] = useState(false)
  const [first] = group.runs
  if (!first) return null
  return (
    <>
      <tr data-open={open || undefined}>
        <td>
          <GroupBox {...props} />
        </td>
        <th scope="row">
          <GroupName group={group} name={name} />
        </th>
        <td>
          <StartCell run={first} />
        </td>
        <td>
          <DataCell run={first} isGroup />
        </td>
        <td>
          <ChangesCell run={first} />
        </td>
        <td>
          <GroupStates group={group} />
        </td>
        <td className={kit.nowrap}>
          <GroupTime group={group} />
        </td>
        <td>
          <GroupResult group={group} />
        </td>
        <td>
          <UnstyledButton
            className={classes.more}
            aria-expanded={open}
            aria-label={`Runs of ${name}`}
            onClick={() => setOpen(!open)}
          >
            <span className={classes.chevron} />
          </UnstyledButton>
        </td>
      </tr>
      {open ? (
        <tr className={classes.detailsRow}>
          <td />
          <td colSpan={8}>
            <CountedSentence group={group} />
          </td>
        </tr>
      ) : null}
      {open
        ? group.runs.map((run) => (
            <RunRow
              key={run.id}
              run={run}
              chosen={chosen.has(run.id)}
              isMember
              onChoose={onChoose}
            />
          ))
        : null}
    </>
  )
}
