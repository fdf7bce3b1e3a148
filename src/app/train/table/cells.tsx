import { Text, UnstyledButton } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import {
  METHODS,
  PARTS,
  partsOf,
  recipesOf,
  type SummaryNumber,
} from '../../../procedure/training/index.ts'
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

/** Props of a run's table row and card. */
export interface RunProps {
  readonly run: Run
  /** Whether the run is selected for comparison. */
  readonly chosen: boolean
  /** Whether no more runs can be selected. */
  readonly full: boolean
  onChoose(id: string, wanted: boolean): void
}

interface RunCell {
  readonly run: Run
}

export function CompareBox({ run, chosen, full, onChoose }: RunProps) {
  return (
    <input
      type="checkbox"
      className={classes.box}
      aria-label={`Compare: ${run.name}`}
      checked={chosen}
      disabled={full && !chosen}
      onChange={({ currentTarget }) => onChoose(run.id, currentTarget.checked)}
    />
  )
}

/** Cell with the run's name, editable in place: Enter saves, Escape cancels. */
export function NameCell({ run }: RunCell) {
  const [text, setText] = useState<string>()
  const keep = () => {
    const name = text?.trim().slice(0, 200)
    setText(undefined)
    if (name && name !== run.name) askQueue((queue) => queue.rename(run.id, name))
  }
  const press = ({ key }: KeyboardEvent) => {
    if (key === 'Enter') keep()
    if (key === 'Escape') setText(undefined)
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

/** Cell with the data that a run learns from, by count and digest. */
export function DataCell({ run: { plan } }: RunCell) {
  const data = dataWords(plan)
  if (data === undefined) return '–'
  const { words, sha256, slips } = data
  if (sha256 !== undefined) return <Digested words={words} sha256={sha256} />
  return (
    <span>
      {words}
      <Text size="xs" c="dimmed" component="span" display="block">
        seed {plan.seed}
        {slips && `, ${slips}`}
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

/** Cell with the summary of a run: the numbers of its last part that has any. */
export function ResultCell({ run: { curves, plan, result } }: RunCell) {
  const [main, ...details] =
    partsOf(plan)
      .map((part) => summaryOf(PARTS[part].summary, curves))
      .findLast(({ length }) => length > 0) ?? []
  const held = result?.heldOut
  const right =
    held && held.comparisons > 0 ? `${(100 * held.accuracy).toFixed(0)} % correct` : undefined
  if (main === undefined) return right ? <span>{right}</span> : <Faint>–</Faint>
  const more = [...details, ...(right ? [right] : [])].join(', ')
  return (
    <span>
      {main}
      {more ? (
        <Text size="xs" c="dimmed" component="span" display="block">
          {more}
        </Text>
      ) : null}
    </span>
  )
}

function summaryOf(numbers: readonly SummaryNumber[], curves: Run['curves']): string[] {
  return numbers.flatMap(({ curve, metric, name, digits, change }) => {
    const points = curves[curve] ?? []
    const [first, last] = [points[0]?.[metric], points.at(-1)?.[metric]]
    if (first === undefined || last === undefined || (change && points.length < 2)) return []
    const before = change ? `${first.toFixed(digits)} → ` : ''
    return [`${name} ${before}${last.toFixed(digits)}`]
  })
}

function Faint({ children }: { readonly children: string }) {
  return <span className={classes.faint}>{children}</span>
}
