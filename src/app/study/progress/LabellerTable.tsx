import { Button, VisuallyHidden } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { StudyEntry } from '../../../storage/index.ts'
import type { LabellerRow, LabellerState } from '../../../study/index.ts'
import kit from '../../ui/kit.module.css'
import { record } from '../collector.ts'
import { Scroller } from '../Scroller.tsx'
import { LeaveOutDialog } from './LeaveOutDialog.tsx'
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
  readonly rows: readonly LabellerRow[]
}

/** Everybody's work with its quality; each can be left out by hand. */
export function LabellerTable({ entry, rows }: LabellerTableProps) {
  const [order, setOrder] = useState<RowOrder>({ column: undefined, descending: false })
  const [leaving, setLeaving] = useState<LabellerRow>()
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
              <Row key={row.name} row={row} entry={entry} onLeaveOut={() => setLeaving(row)} />
            ))}
          </tbody>
        </table>
      </Scroller>
      <p className={kit.small}>
        Small numbers are 95 % intervals. Names with letters are several browsers that opened one
        invitation.
      </p>
      {leaving ? (
        <LeaveOutDialog entry={entry} row={leaving} onClose={() => setLeaving(undefined)} />
      ) : null}
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
          title={column?.about}
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
          <VisuallyHidden>Leave out</VisuallyHidden>
        </th>
      </tr>
    </thead>
  )
}

interface RowProps {
  readonly row: LabellerRow
  readonly entry: StudyEntry
  onLeaveOut(): void
}

function Row({ row, entry, onLeaveOut }: RowProps) {
  const { name, state, leftOut, sitting } = row
  return (
    <tr data-out={leftOut !== undefined || !sitting || undefined}>
      <th scope="row">{name}</th>
      <td>
        {leftOut ? (
          <span title={leftOut.because}>
            left out {leftOut.by === 'hand' ? 'by you' : 'by a rule'}
          </span>
        ) : (
          STATES[state]
        )}
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
        {sitting && leftOut ? (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Put labeller ${name} back`}
            onClick={() =>
              void record(entry, {
                ...{ kind: 'exclusion', sitting: sitting.id, out: false, note: '' },
              })
            }
          >
            Put back
          </Button>
        ) : sitting ? (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-label={`Leave labeller ${name} out`}
            onClick={onLeaveOut}
          >
            Leave out
          </Button>
        ) : null}
      </td>
    </tr>
  )
}
