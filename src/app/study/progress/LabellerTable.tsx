import { Button, VisuallyHidden } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { StudyEntry } from '../../../storage/index.ts'
import type { LabellerRow, LabellerState, LeftOut, StudyLog } from '../../../study/index.ts'
import kit from '../../ui/kit.module.css'
import { record } from '../collector.ts'
import { Scroller } from '../Scroller.tsx'
import { ExcludeDialog } from './ExcludeDialog.tsx'
import { COLUMNS, type LabellerColumn, type RowOrder, sortedRows } from './labeller-columns.ts'
import classes from './Progress.module.css'

const STATES: Readonly<Record<LabellerState, string>> = {
  'not opened': 'not opened',
  'handed on': 'handed on',
  answering: 'answering',
  finished: 'finished',
  stopped: 'stopped: golden pairs',
  withdrawn: 'withdrawn',
}

interface LabellerTableProps {
  readonly entry: StudyEntry
  readonly log: StudyLog
  readonly rows: readonly LabellerRow[]
}

/** Everybody's work with its quality; each can be excluded by hand. */
export function LabellerTable({ entry, log, rows }: LabellerTableProps) {
  const [order, setOrder] = useState<RowOrder>({ column: undefined, descending: false })
  const [excluding, setExcluding] = useState<LabellerRow>()
  const [isOpen, setOpen] = useState(false)
  const sorted = useMemo(() => sortedRows(rows, order), [rows, order])
  return (
    <section className={kit.card} aria-labelledby="labellers-title">
      <h2 className={kit.cardTitle} id="labellers-title">
        Labellers
      </h2>
      <Scroller name="Labellers">
        <table className={classes.table} aria-label="Labellers">
          <Head order={order} onOrder={setOrder} />
          <tbody>
            {sorted.map((row) => (
              <Row
                key={row.name}
                row={row}
                entry={entry}
                byHand={log.exclusions.get(row.sitting?.id ?? '')?.out}
                onExclude={() => {
                  setExcluding(row)
                  setOpen(true)
                }}
              />
            ))}
          </tbody>
        </table>
      </Scroller>
      <p className={kit.small}>
        Small numbers are 95% confidence intervals. Names with letters are several browsers that
        opened one invitation.
      </p>
      <dl className={classes.columns} aria-label="Columns">
        {COLUMNS.map(({ name, about }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{about}</dd>
          </div>
        ))}
      </dl>
      <ExcludeDialog entry={entry} row={excluding} opened={isOpen} onClose={() => setOpen(false)} />
    </section>
  )
}

interface HeadProps {
  readonly order: RowOrder
  onOrder(order: RowOrder): void
}

function Head({ order, onOrder }: HeadProps) {
  const header = (name: string, column: LabellerColumn | undefined) => {
    const chosen = order.column === column?.name
    const direction = order.descending ? 'descending' : 'ascending'
    return (
      <th key={name} scope="col" aria-sort={chosen ? direction : undefined}>
        <button
          type="button"
          className={classes.sort}
          onClick={() =>
            onOrder({ column: column?.name, descending: chosen ? !order.descending : false })
          }
        >
          {name}
          <span aria-hidden="true">{chosen ? (order.descending ? ' ↓' : ' ↑') : ''}</span>
        </button>
      </th>
    )
  }
  return (
    <thead>
      <tr>
        {header('Labeller', undefined)}
        <th scope="col">State</th>
        {COLUMNS.map((column) => header(column.name, column))}
        <th scope="col">
          <VisuallyHidden>Exclude</VisuallyHidden>
        </th>
      </tr>
    </thead>
  )
}

interface RowProps {
  readonly row: LabellerRow
  readonly entry: StudyEntry
  /** Whether the researcher excluded the labeller, or included them by hand; undefined for neither. */
  readonly byHand: boolean | undefined
  onExclude(): void
}

function Row({ row, entry, byHand, onExclude }: RowProps) {
  const { name, state, leftOut, sitting } = row
  const isIncluded = byHand === false && !leftOut
  return (
    <tr data-out={leftOut !== undefined || !sitting || undefined}>
      <th scope="row">{name}</th>
      <td>
        {leftOut ? exclusionWords(leftOut) : STATES[state]}
        {leftOut ? <span className={classes.because}>{leftOut.because}</span> : null}
        {isIncluded ? (
          <span className={classes.because}>included by you, despite a rule</span>
        ) : null}
      </td>
      {COLUMNS.map((column) => {
        const { value, interval } = column.text(row)
        return (
          <td key={column.name}>
            {value}
            {interval ? <span className={classes.interval}>{interval}</span> : null}
          </td>
        )
      })}
      <td>
        {sitting ? (
          <Actions {...{ entry, name, leftOut, isIncluded, onExclude }} sitting={sitting.id} />
        ) : null}
      </td>
    </tr>
  )
}

function exclusionWords({ by }: LeftOut): string {
  return by === 'hand' ? 'excluded by you' : by === 'rule' ? 'excluded by a rule' : 'not counted'
}

interface ActionsProps extends Pick<RowProps, 'entry' | 'onExclude'> {
  readonly name: string
  readonly sitting: string
  readonly leftOut: LeftOut | undefined
  /** Whether the researcher included the labeller by hand. */
  readonly isIncluded: boolean
}

/** Button that excludes a labeller, or undoes what excluded them. */
function Actions({ entry, name, sitting, leftOut, isIncluded, onExclude }: ActionsProps) {
  const change = (out: { readonly out?: boolean }) =>
    void record(entry, { ...{ kind: 'exclusion', sitting, note: '' }, ...out })
  const button = { size: 'compact-xs', variant: 'default' } as const
  if (leftOut && (leftOut.by === 'hand' || leftOut.by === 'rule')) {
    return (
      <Button
        {...button}
        aria-label={`Include labeller ${name} again`}
        // Only a rule needs to be overridden; what was done by hand is undone.
        onClick={() => change(leftOut.by === 'rule' ? { out: false } : {})}
      >
        Include again
      </Button>
    )
  }
  if (isIncluded) {
    return (
      <Button
        {...button}
        aria-label={`Undo the inclusion of labeller ${name}`}
        onClick={() => change({})}
      >
        Undo
      </Button>
    )
  }
  return (
    <Button
      {...button}
      variant="subtle"
      color="gray"
      aria-label={`Exclude labeller ${name}`}
      onClick={onExclude}
    >
      Exclude
    </Button>
  )
}
