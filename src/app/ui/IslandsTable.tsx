import type { ReactNode } from 'react'
import type { IslandCell } from '../../procedure/island-cells.ts'
import { percent } from './format.ts'
import classes from './IslandsTable.module.css'
import kit from './kit.module.css'

/** Policy of a table of islands. */
interface IslandsColumn {
  readonly name: string
  readonly head: ReactNode
  /** CSS colour that fills its cells, the more the higher the share. */
  readonly colour: string
}

/** Island of a table of islands. */
interface IslandsRow {
  readonly island: string
  readonly title: string
  readonly about?: string
}

interface IslandsTableProps {
  readonly rows: readonly IslandsRow[]
  readonly columns: readonly IslandsColumn[]
  /** Island whose row is marked. */
  readonly shown?: string | undefined
  /** What the cells are, for screen readers. */
  readonly label: string
  /** What a cell leads to, as a tooltip. */
  readonly leadsTo: string
  cellOf(row: IslandsRow, column: IslandsColumn): IslandCell | undefined
  addressOf(row: IslandsRow, column: IslandsColumn): string
}

/** Renders how often each policy gets to its jumppad on each island; every cell is a link. */
export function IslandsTable({
  rows,
  columns,
  label,
  leadsTo,
  shown,
  cellOf,
  addressOf,
}: IslandsTableProps) {
  return (
    // Scrollable by keyboard where the table is wider than the screen.
    <section
      className={classes.scroller}
      aria-label={`${label}, scrollable`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region takes the focus
      tabIndex={0}
    >
      <table
        className={classes.table}
        data-few={columns.length <= 2 || undefined}
        aria-label={label}
      >
        <thead>
          <tr>
            <th scope="col">Island</th>
            {columns.map(({ name, head }) => (
              <th key={name} scope="col">
                <span className={kit.item}>{head}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.island} aria-current={row.island === shown}>
              <th scope="row" className={classes.island}>
                {row.title}
                {row.about ? <span className={kit.small}>{row.about}</span> : null}
              </th>
              {columns.map((column) => (
                <Cell
                  key={column.name}
                  cell={cellOf(row, column)}
                  colour={column.colour}
                  address={addressOf(row, column)}
                  leadsTo={leadsTo}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface CellProps extends Pick<IslandsTableProps, 'leadsTo'> {
  readonly cell: IslandCell | undefined
  readonly colour: string
  readonly address: string
}

function Cell({ cell, colour, address, leadsTo }: CellProps) {
  if (cell === undefined) return <td>–</td>
  const { exists, share, interval, otherwise } = cell
  const part = exists ? Math.round(45 * share) : 0
  return (
    <td style={{ background: `color-mix(in srgb, ${colour} ${part}%, transparent)` }}>
      <a className={classes.link} href={address} title={leadsTo}>
        {exists ? (
          <>
            <strong>{percent(share)}</strong>
            <span className={kit.small}>
              {percent(interval.low)}–{percent(interval.high)}
            </span>
          </>
        ) : (
          <>
            <strong>Missing</strong>
            {otherwise ? (
              <span className={kit.small}>
                most often {otherwise.ending}: {percent(otherwise.share)}
              </span>
            ) : null}
          </>
        )}
      </a>
    </td>
  )
}
