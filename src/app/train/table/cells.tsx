import { Text, UnstyledButton } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { METHODS, recipesOf } from '../../../procedure/training/index.ts'
import type { Run } from '../../../storage/run-record.ts'
import { useCandidates } from '../../data/candidates.ts'
import { useTraining } from '../../stores/training.ts'
import { STATE_WORDS } from '../../training/words.ts'
import { Dot } from '../../ui/Dot.tsx'
import { dateWords } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { askQueue } from '../actions.ts'
import { changesIn } from '../recipes.ts'
import { dataWords, fieldName, numberWords } from '../words.ts'
import classes from './Runs.module.css'
import { numbersOf, runNumberWords } from './summary.ts'

/** Props of a run's table row and card. */
export interface RunProps {
  readonly run: Run
  /** Whether the run is selected for comparison. */
  readonly chosen: boolean
  /** Whether it stands below the row of its group. */
  readonly isMember?: boolean
  onChoose(ids: readonly string[], wanted: boolean): void
}

interface RunCell {
  readonly run: Run
}

export function CompareBox({ run, chosen, onChoose }: RunProps) {
  return (
    <input
      type="checkbox"
      className={classes.box}
      aria-label={`Compare: ${run.name}`}
      checked={chosen}
      onChange={({ currentTarget }) => onChoose([run.id], currentTarget.checked)}
    />
  )
}

/** Cell with the run's name, editable in place: Enter saves, Escape cancels. */
export function NameCell({ run }: RunCell) {
  const [text, setText] = useState<string>()
  // Whether a key has ended the editing: the button that replaces the field then gets its focus.
  const isLeftByKey = useRef(false)
  const keep = () => {
    const name = text?.trim().slice(0, 200)
    setText(undefined)
    if (name && name !== run.name) askQueue((queue) => queue.rename(run.id, name))
  }
  const press = (event: KeyboardEvent) => {
    const { key } = event
    if (key !== 'Enter' && key !== 'Escape') return
    // The same key would press the button, which has the focus by then.
    event.preventDefault()
    isLeftByKey.current = true
    if (key === 'Enter') keep()
    else setText(undefined)
  }
  if (text !== undefined) {
    return (
      <input
        className={classes.nameInput}
        aria-label={`New name of ${run.name}`}
        value={text}
        maxLength={200}
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
        autoFocus
        onFocus={({ currentTarget }) => currentTarget.select()}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onBlur={keep}
        onKeyDown={press}
      />
    )
  }
  return (
    <UnstyledButton
      ref={(button) => {
        if (isLeftByKey.current) button?.focus()
        isLeftByKey.current = false
      }}
      className={`${kit.label} ${classes.name}`}
      aria-label={`Rename ${run.name}`}
      title="Rename"
      onClick={() => setText(run.name)}
    >
      {run.name}
    </UnstyledButton>
  )
}

export function KindWords({ run }: RunCell) {
  return (
    <Text size="xs" c="dimmed" component="span" display="block">
      {METHODS[run.plan.kind].title} · {dateWords(run.createdAt)}
    </Text>
  )
}

export function StartCell({ run }: RunCell) {
  const { name, sha256 } = run.plan.start
  const stage = useCandidates().find((each) => each.sha256 === sha256)?.stage
  return (
    <span className={`${kit.item} ${kit.nowrap}`}>
      <Dot stage={stage ?? 'other'} />
      {name}
    </span>
  )
}

interface DataCellProps extends RunCell {
  /** Whether the run stands for its group, whose seeds differ. */
  readonly isGroup?: boolean
}

/** Cell with the data that a run learns from, by count and digest. */
export function DataCell({ run: { plan }, isGroup = false }: DataCellProps) {
  const data = dataWords(plan)
  if (data === undefined) return '–'
  const { words, sha256, slips } = data
  if (sha256 !== undefined) return <Digested words={words} sha256={sha256} />
  const details = [...(isGroup ? [] : [`seed ${plan.seed}`]), ...(slips ? [slips] : [])]
  return (
    <span>
      {words}
      <Text size="xs" c="dimmed" component="span" display="block">
        {details.join(', ')}
      </Text>
    </span>
  )
}

function Digested({ words, sha256 }: { readonly words: string; readonly sha256: string }) {
  return (
    <span>
      {words}
      <code className={`${kit.small} ${classes.digest}`} title={`SHA-256 ${sha256}`}>
        {sha256.slice(0, 8)}
      </code>
    </span>
  )
}

/** Cell with the settings that differ from the defaults. */
export function ChangesCell({ run }: RunCell) {
  const changes = changesIn(run.plan)
  const several = recipesOf(run.plan).length > 1
  if (changes.length === 0) return <span className={kit.faint}>defaults</span>
  const words = changes.map(
    ({ part, name, value }) =>
      `${several ? `${part} ` : ''}${fieldName(name).toLowerCase()} ${typeof value === 'number' ? numberWords(value) : value}`,
  )
  const shown = words.slice(0, 2).join(', ')
  return (
    <span title={words.join(', ')}>
      {shown}
      {words.length > 2 ? `, ${words.length - 2} more` : ''}
    </span>
  )
}

export function StateCell({ run }: RunCell) {
  const percent = useTraining(({ live }) =>
    live?.id === run.id ? Math.floor(100 * live.progress) : undefined,
  )
  return (
    <span className={`${kit.nowrap} ${classes.state}`} data-state={run.state}>
      {STATE_WORDS[run.state]}
      {percent === undefined ? '' : `, ${percent} %`}
    </span>
  )
}

/** Cell with the summary of a run. */
export function ResultCell({ run }: RunCell) {
  return <Summary words={numbersOf(run).map(runNumberWords)} />
}

/** Renders the words of a summary, the most important ones first. */
export function Summary({ words: [main, ...details] }: { readonly words: readonly string[] }) {
  if (main === undefined) return <span className={kit.faint}>–</span>
  return (
    <span>
      {main}
      {details.length > 0 ? (
        <Text size="xs" c="dimmed" component="span" display="block">
          {details.join(', ')}
        </Text>
      ) : null}
    </span>
  )
}

/** Tags and the beginning of the note; nothing without any. */
export function TagsAndNote({ run: { note, tags } }: { readonly run: Pick<Run, 'note' | 'tags'> }) {
  const [line = ''] = note.split('\n', 1)
  return (
    <>
      {tags.length > 0 ? (
        <ul className={classes.tags} aria-label="Tags">
          {tags.map((tag) => (
            <li key={tag} className={classes.tag}>
              {tag}
            </li>
          ))}
        </ul>
      ) : null}
      {note ? (
        <Text size="xs" c="dimmed" lineClamp={2} title={note}>
          {line}
        </Text>
      ) : null}
    </>
  )
}

/** Returns the names of runs, each with its state: `Aligned, seed 3 (diverged)`. */
export function unfinishedWords(runs: readonly Run[]): string {
  return runs.map(({ name, state }) => `${name} (${STATE_WORDS[state].toLowerCase()})`).join(', ')
}
