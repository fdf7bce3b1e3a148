import { Button, Group, VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useCallback, useMemo, useState } from 'react'
import type { Run } from '../../../storage/run-record.ts'
import { useTraining } from '../../stores/training.ts'
import { countOf } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { saveCurves, saveRunTable } from '../actions.ts'
import { Compare } from './Compare.tsx'
import { FilterBar } from './FilterBar.tsx'
import { passes, useRunFilter } from './filter.ts'
import { GroupCard } from './GroupCard.tsx'
import { GroupRow } from './GroupRow.tsx'
import { type GroupNames, groupNames, groupsOf, hasSeeds, type RunGroup } from './groups.ts'
import { RunCard } from './RunCard.tsx'
import { RunRow } from './RunRow.tsx'
import classes from './Runs.module.css'
import { Waiting } from './Waiting.tsx'

/** All runs of this browser, as a table or as cards, with a comparison of the selected ones. */
export function Runs() {
  const runs = useTraining((state) => state.runs)
  if (runs === undefined || runs.length === 0) return null
  return <RunList runs={runs} />
}

function RunList({ runs }: { readonly runs: readonly Run[] }) {
  const filter = useRunFilter()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const roomy = useMediaQuery('(min-width: 62em)', undefined, { getInitialValueInEffect: false })
  const shown = useMemo(() => runs.filter((run) => passes(run, filter)), [runs, filter])
  const groups = useMemo(() => groupsOf(shown), [shown])
  const names = useMemo(() => groupNames(runs), [runs])
  const onChoose = useCallback((ids: readonly string[], wanted: boolean) => {
    setChosen((before) => {
      const others = [...before].filter((id) => !ids.includes(id))
      return new Set(wanted ? [...others, ...ids] : others)
    })
  }, [])
  const compared = runs.filter(({ id }) => chosen.has(id))
  const List = roomy ? RunTable : RunCards
  return (
    <section className={`${kit.stack} ${classes.runs}`} aria-labelledby="runs-title">
      <Group gap="4px 16px" align="baseline">
        <h2 className={kit.heading} id="runs-title">
          Runs
        </h2>
        {runs.length > 1 ? (
          <p className={kit.sentence}>
            Runs that differ in their seeds alone are one group. Select two runs or more to compare
            them.
          </p>
        ) : null}
      </Group>
      <Waiting runs={runs} />
      {runs.length > 1 ? (
        <>
          <FilterBar runs={runs} shown={shown.length} />
          <Selection shown={shown} compared={compared} onChoose={onChoose} />
        </>
      ) : null}
      <List {...{ groups, names, chosen, onChoose }} />
      {compared.length > 1 ? <Compare runs={compared} names={names} /> : null}
    </section>
  )
}

interface SelectionProps {
  readonly shown: readonly Run[]
  readonly compared: readonly Run[]
  onChoose(ids: readonly string[], wanted: boolean): void
}

/** Buttons that select all runs or none, and export the selected ones. */
function Selection({ shown, compared, onChoose }: SelectionProps) {
  const idsOf = (runs: readonly Run[]) => runs.map(({ id }) => id)
  const exported = compared.length > 0 ? compared : shown
  const words = compared.length > 0 ? 'selected' : 'shown'
  return (
    <Group gap="xs" role="group" aria-label="Selection">
      <span className={kit.small} role="status">
        {compared.length === 0 ? 'None selected' : `${compared.length} selected`}
      </span>
      <Button
        size="compact-sm"
        variant="default"
        disabled={shown.length === 0}
        onClick={() => onChoose(idsOf(shown), true)}
      >
        Select all shown
      </Button>
      {compared.length > 0 ? (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onChoose(idsOf(compared), false)}
        >
          Clear selection
        </Button>
      ) : null}
      <Button
        size="compact-sm"
        variant="default"
        disabled={exported.length === 0}
        onClick={() => saveCurves(exported)}
      >
        Curves of {countOf(exported.length, 'run')} {words} (CSV)
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        disabled={exported.length === 0}
        onClick={() => saveRunTable(exported)}
      >
        Table of {countOf(exported.length, 'run')} {words} (CSV)
      </Button>
    </Group>
  )
}

interface ListProps {
  readonly groups: readonly RunGroup[]
  readonly names: GroupNames
  readonly chosen: ReadonlySet<string>
  onChoose(ids: readonly string[], wanted: boolean): void
}

function RunTable({ groups, names, chosen, onChoose }: ListProps) {
  return (
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
          {groups.map((group) =>
            hasSeeds(group) ? (
              <GroupRow
                key={group.key}
                name={names.get(group.key) ?? ''}
                {...{ group, chosen, onChoose }}
              />
            ) : (
              group.runs.map((run) => (
                <RunRow key={run.id} run={run} chosen={chosen.has(run.id)} onChoose={onChoose} />
              ))
            ),
          )}
        </tbody>
      </table>
    </div>
  )
}

function RunCards({ groups, names, chosen, onChoose }: ListProps) {
  return (
    <ul className={kit.stack}>
      {groups.map((group) =>
        hasSeeds(group) ? (
          <GroupCard
            key={group.key}
            name={names.get(group.key) ?? ''}
            {...{ group, chosen, onChoose }}
          />
        ) : (
          group.runs.map((run) => (
            <RunCard key={run.id} run={run} chosen={chosen.has(run.id)} onChoose={onChoose} />
          ))
        ),
      )}
    </ul>
  )
}
