import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { RUN_STATES, type Run } from '../../../storage/run-record.ts'
import { STATE_WORDS } from '../../training/words.ts'
import { countOf } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { tagsOf } from '../tags.ts'
import { changeRunFilter, useRunFilter } from './filter.ts'
import classes from './Runs.module.css'

interface FilterBarProps {
  readonly runs: readonly Run[]
  /** Number of runs that pass the filter. */
  readonly shown: number
}

/** Filter of the runs by words, tag and state. */
export function FilterBar({ runs, shown }: FilterBarProps) {
  const { find, state, tagged } = useRunFilter()
  const filtered = find !== '' || tagged !== '' || state !== 'any'
  // A tag of the address that no run has is listed too, so that the field says why nothing is shown.
  const tags = [...new Set([...tagsOf(runs), ...(tagged === '' ? [] : [tagged])])]
  const states = RUN_STATES.filter(
    (each) => each === state || runs.some((run) => run.state === each),
  )
  return (
    <Group gap="xs" align="end" role="search" aria-label="Filter runs">
      <TextInput
        className={classes.find ?? ''}
        label="Find"
        placeholder="Name, tag, note, method, labels, state"
        type="search"
        autoComplete="off"
        value={find}
        onChange={({ currentTarget }) => changeRunFilter({ find: currentTarget.value })}
      />
      <NativeSelect
        label="Tag"
        data={[{ value: '', label: 'Any' }, ...tags]}
        value={tagged}
        onChange={({ currentTarget }) => changeRunFilter({ tagged: currentTarget.value })}
      />
      <NativeSelect
        label="State"
        data={[
          { value: 'any', label: 'Any' },
          ...states.map((value) => ({ value, label: STATE_WORDS[value] })),
        ]}
        value={state}
        onChange={({ currentTarget: { value } }) =>
          changeRunFilter({ state: RUN_STATES.find((each) => each === value) ?? 'any' })
        }
      />
      <p className={`${kit.small} ${classes.shown}`} role="status">
        {filtered
          ? `${shown} of ${countOf(runs.length, 'run')} shown`
          : countOf(runs.length, 'run')}
      </p>
      {filtered ? (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => changeRunFilter({ find: '', tagged: '', state: 'any' })}
        >
          Show all
        </Button>
      ) : null}
    </Group>
  )
}
