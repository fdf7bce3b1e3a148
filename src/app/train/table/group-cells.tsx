import { Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { METHODS } from '../../../procedure/training/index.ts'
import { RUN_STATES } from '../../../storage/run-record.ts'
import { STATE_WORDS, tookWords } from '../../training/words.ts'
import kit from '../../ui/kit.module.css'
import { Summary, TagsAndNote, unfinishedWords } from './cells.tsx'
import type { RunGroup } from './groups.ts'
import classes from './Runs.module.css'
import { rangeOf } from './spread.ts'
import { groupNumberWords, numbersOfGroup } from './summary.ts'

/** Props of a group's table row and card. */
export interface GroupProps {
  readonly group: RunGroup
  readonly name: string
  /** Ids of the runs that are selected for comparison. */
  readonly chosen: ReadonlySet<string>
  onChoose(ids: readonly string[], wanted: boolean): void
}

interface GroupCell {
  readonly group: RunGroup
}

/** Box that selects all runs of a group. */
export function GroupBox({ group: { runs, seeds }, name, chosen, onChoose }: GroupProps) {
  const box = useRef<HTMLInputElement>(null)
  const count = runs.filter(({ id }) => chosen.has(id)).length
  const isPart = count > 0 && count < runs.length
  useEffect(() => {
    if (box.current) box.current.indeterminate = isPart
  }, [isPart])
  return (
    <input
      ref={box}
      type="checkbox"
      className={classes.box}
      aria-label={`Compare all ${seeds.length} seeds: ${name}`}
      checked={count === runs.length}
      onChange={({ currentTarget }) =>
        onChoose(
          runs.map(({ id }) => id),
          currentTarget.checked,
        )
      }
    />
  )
}

/** Cell with a group's name, its number of seeds, and the tags that all its runs share. */
export function GroupName({ group: { runs, seeds }, name }: GroupCell & { readonly name: string }) {
  const [first, ...others] = runs
  const tags = first?.tags.filter((tag) => others.every((run) => run.tags.includes(tag))) ?? []
  return (
    <>
      <span className={kit.label}>{name}</span>
      <Text size="xs" c="dimmed" component="span" display="block">
        {first ? METHODS[first.plan.kind].title : ''} · {seeds.length} seeds
        {runs.length > seeds.length ? `, ${runs.length} runs` : ''}
      </Text>
      <TagsAndNote run={{ tags, note: '' }} />
    </>
  )
}

/** Cell with the number of runs in each state. */
export function GroupStates({ group: { runs } }: GroupCell) {
  const states = RUN_STATES.filter((each) => runs.some(({ state }) => state === each))
  return (
    <ul>
      {states.map((state) => (
        <li key={state} className={`${kit.nowrap} ${classes.state}`} data-state={state}>
          {runs.filter((run) => run.state === state).length} {STATE_WORDS[state].toLowerCase()}
        </li>
      ))}
    </ul>
  )
}

/** Cell with the median and the range of the training time. */
export function GroupTime({ group: { counted } }: GroupCell) {
  const spread = rangeOf(counted.map(({ seconds }) => seconds))
  if (!spread) return '–'
  const { median, low, high } = spread
  return (
    <span>
      {tookWords(median)}
      <Text size="xs" c="dimmed" component="span" display="block">
        {tookWords(low)} – {tookWords(high)}
      </Text>
    </span>
  )
}

/** Cell with the median and the range of each summary number. */
export function GroupResult({ group }: GroupCell) {
  return <Summary words={numbersOfGroup(group).map(groupNumberWords)} />
}

/** Sentence that says which runs a group's numbers rest on, and names the others. */
export function CountedSentence({ group: { counted, runs, unfinished } }: GroupCell) {
  const repeats = runs.length - counted.length - unfinished.length
  return (
    <p className={kit.small}>
      {counted.length > 0
        ? `Medians, with the lowest and the highest value, of the ${counted.length} finished ${counted.length === 1 ? 'seed' : 'seeds'}.`
        : 'No seed has finished yet.'}
      {unfinished.length > 0 ? ` Not counted: ${unfinishedWords(unfinished)}.` : ''}
      {repeats > 0 ? ' Of runs with the same seed, the newest counts.' : ''}
    </p>
  )
}
