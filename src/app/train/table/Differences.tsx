import { VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { PARTS } from '../../../procedure/training/index.ts'
import kit from '../../ui/kit.module.css'
import { fieldName, numberWords } from '../words.ts'
import { type Difference, differencesOf } from './differences.ts'
import type { ComparedLine } from './lines.ts'
import classes from './Runs.module.css'

/** Maximum number of lines that have a column each; more have rows, as few settings usually differ. */
const MOST_COLUMNS = 4

/** Table of the settings in which compared runs differ. */
export function Differences({ lines }: { readonly lines: readonly ComparedLine[] }) {
  const differences = differencesOf(lines)
  if (lines.length < 2) return null
  if (differences.length === 0) {
    return <p className={kit.sentence}>These runs have the same set-up.</p>
  }
  const settings = differences.map((each) => ({
    key: `${each.part} ${each.name}`,
    title: <SettingName {...each} />,
  }))
  const compared = lines.map(({ id, name }) => ({ key: id, title: name }))
  const wordsOf = (setting: number, line: number) => valueWords(differences[setting]?.values[line])
  return lines.length > MOST_COLUMNS ? (
    <Table
      isLong
      rows={compared}
      columns={settings}
      corner="Run"
      of={(row, column) => wordsOf(column, row)}
    />
  ) : (
    <Table rows={settings} columns={compared} corner="Difference" of={wordsOf} />
  )
}

interface Heading {
  readonly key: string
  readonly title: ReactNode
}

interface TableProps {
  readonly rows: readonly Heading[]
  readonly columns: readonly Heading[]
  readonly corner: string
  /** Whether it has so many rows that they are set closely. */
  readonly isLong?: boolean
  of(row: number, column: number): string
}

function Table({ rows, columns, corner, isLong, of }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <section className={classes.scroll} aria-label="Differences" tabIndex={0}>
      <table className={classes.table} data-long={isLong || undefined}>
        <VisuallyHidden component="caption">
          Differences between the set-ups of these runs
        </VisuallyHidden>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map(({ key, title }) => (
              <th key={key} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, title }, row) => (
            <tr key={key}>
              <th scope="row">{title}</th>
              {columns.map((column, index) => (
                <td key={column.key}>{of(row, index)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function SettingName({ part, name }: Difference) {
  if (part === undefined) return name
  return (
    <>
      {fieldName(name)}
      <span className={kit.faint}> {PARTS[part].title.toLowerCase()}</span>
    </>
  )
}

function valueWords(value: number | string | undefined): string {
  return typeof value === 'number' ? numberWords(value) : (value ?? '–')
}
