/** Formatting of numbers and tables for the report. */
import { type Interval, wilsonInterval } from '../../evaluation/index.ts'
import type { Recipe } from '../../network/index.ts'

export const MINUS = '−'

/** Formats a share from 0 to 1 in percent with one decimal, without the percent sign. */
export function percent(share: number): string {
  return (100 * share).toFixed(1)
}

/** Formats a difference in percentage points, with a sign unless it rounds to zero. */
export function points(difference: number): string {
  const size = Math.abs(difference).toFixed(1)
  if (size === '0.0') return size
  return `${difference < 0 ? MINUS : '+'}${size}`
}

/** Formats a share with its 95 % interval in percent: `47.5 (44.4–50.6)`. */
export function shareWithInterval(share: number, { low, high }: Interval): string {
  return `${percent(share)} (${percent(low)}–${percent(high)})`
}

/** Formats `successes / trials` with its Wilson 95 % interval, or `–` if there were no trials. */
export function shareOf(successes: number, trials: number): string {
  if (trials === 0) return '–'
  return shareWithInterval(successes / trials, wilsonInterval(successes, trials))
}

/** Formats an accuracy measured on a number of comparisons with its Wilson 95 % interval. */
export function shareOfRatio(ratio: {
  readonly accuracy: number
  readonly comparisons: number
}): string {
  return shareOf(Math.round(ratio.accuracy * ratio.comparisons), ratio.comparisons)
}

/** Formats a count with thousands separators: `64,000`. */
export function whole(count: number): string {
  return count.toLocaleString('en-GB')
}

/** Formats counts that are usually equal: `1,000`, or `300 to 1,000` if they differ. */
export function wholeRange(counts: readonly number[]): string {
  const low = Math.min(...counts)
  const high = Math.max(...counts)
  return low === high ? whole(low) : `${whole(low)} to ${whole(high)}`
}

/** Formats a count with its noun: `3 seeds`, `1 seed`. */
export function counted(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** Returns the mean and the sample standard deviation; a single value has no spread. */
export function meanAndSpread(values: readonly number[]): { mean: number; spread?: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  if (values.length < 2) return { mean }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, spread: Math.sqrt(squares / (values.length - 1)) }
}

/**
 * Formats the mean and spread of shares from 0 to 1 in percent: `91.5 ± 3.1`; a single share has no
 * spread.
 */
export function percentAndSpread(shares: readonly number[]): string {
  const { mean, spread } = meanAndSpread(shares)
  return spread === undefined ? percent(mean) : `${percent(mean)} ± ${percent(spread)}`
}

/** Formats seconds in a suitable unit: `23 s`, `17.3 min`, `2.1 h`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${seconds.toFixed(0)} s`
  if (seconds < 5400) return `${(seconds / 60).toFixed(1)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}

/** Column of a table: its heading and alignment; numbers are right-aligned. */
export interface Column {
  readonly head: string
  readonly align: 'left' | 'right'
}

export function words(head: string): Column {
  return { head, align: 'left' }
}

export function numbers(head: string): Column {
  return { head, align: 'right' }
}

/** Cells of a table row. */
export type Row = readonly string[]

/** Formats a Markdown table. Throws if a row does not have one cell per column. */
export function markdownTable(columns: readonly Column[], rows: readonly Row[]): string {
  const line = (cells: Row): string => {
    if (cells.length !== columns.length) {
      throw new Error(`A row has ${cells.length} cells, expected ${columns.length}: ${cells}`)
    }
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  }
  const heads = columns.map(({ head }) => head)
  const rules = columns.map(({ align }) => (align === 'right' ? '---:' : '---'))
  return [line(heads), line(rules), ...rows.map(line)].join('\n')
}

/** Returns in which settings runs differ from the defaults, as the end of a sentence; empty if in none. */
export function changesOf(changes: readonly Recipe[]): string {
  const named = changes.flatMap((each) =>
    Object.entries(each).map(([name, value]) => `\`${name}\` ${value}`),
  )
  return named.length === 0 ? '' : `, but for ${[...new Set(named)].join(', ')}`
}
