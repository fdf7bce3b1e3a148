import { Group } from '@mantine/core'
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
import { RunCard } from './RunCard.tsx'
import classes from './Runs.module.css'

/** Card of a group with the cards of its runs, for windows that are too narrow for a table. */
export function GroupCard(props: GroupProps) {
  const { chosen, group, name, onChoose } = props
  const [open, setOpen] = useState(false)
  const [first] = group.runs
  if (!first) return null
  return (
    <li className={`${kit.card} ${classes.card}`}>
      <Group wrap="nowrap" align="start" justify="space-between">
        <div>
          <GroupName group={group} name={name} />
        </div>
        <GroupBox {...props} />
      </Group>
      <dl className={kit.facts}>
        <dt>State</dt>
        <dd>
          <GroupStates group={group} />
        </dd>
        <dt>Time</dt>
        <dd>
          <GroupTime group={group} />
        </dd>
        <dt>From</dt>
        <dd>
          <StartCell run={first} />
        </dd>
        <dt>Learned from</dt>
        <dd>
          <DataCell run={first} isGroup />
        </dd>
        <dt>Settings</dt>
        <dd>
          <ChangesCell run={first} />
        </dd>
        <dt>Result</dt>
        <dd>
          <GroupResult group={group} />
        </dd>
      </dl>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary aria-label={`Runs of ${name}`}>{group.runs.length} runs</summary>
        {open ? (
          <div className={kit.stack}>
            <CountedSentence group={group} />
            <ul className={kit.stack}>
              {group.runs.map((run) => (
                <RunCard
                  key={run.id}
                  run={run}
                  chosen={chosen.has(run.id)}
                  isMember
                  onChoose={onChoose}
                />
              ))}
            </ul>
          </div>
        ) : null}
      </details>
    </li>
  )
}
