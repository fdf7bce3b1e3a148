/** Numbers and tables as the report writes them. */
import { type Interval, wilsonInterval } from '../../evaluation/index.ts'

const MINUS = '−'

/** A share from 0 to 1 in percent with one decimal, without the sign. */
export function percent(share: number): string {
  return (100 * share).toFixed(1)
}

/** A difference in percentage points, always with a sign unless it rounds to nothing. */
export function points(difference: number): string {
  const size = Math.abs(difference).toFixed(1)
  if (size === '0.0') return size
  return `${difference < 0 ? MINUS : '+'}${size}`
}

/** A share with its 95 % interval, percent: `47.5 (44.4–50.6)`. */
export function shareWithInterval(share: number, { low, high }: Interval): string {
  return `${percent(share)} (${percent(low)}–${percent(high)})`
}

/** The same for a share of `trials`, whose Wilson interval is found here. */
export function shareOf(successes: number, trials: number): string {
  if (trials === 0) return '–'
  return shareWithInterval(successes / trials, wilsonInterval(successes, trials))
}

/** The same for what is kept as an accuracy on a number of comparisons. */
export function shareOfRatio(ratio: {
  readonly accuracy: number
  readonly comparisons: number
}): string {
  return shareOf(Math.round(ratio.accuracy * ratio.comparisons), ratio.comparisons)
}

/** A count with its thousands set apart: `64,000`. */
export function whole(count: number): string {
  return count.toLocaleString('en-GB')
}

/** Counts that are mostly alike: `1,000`, or `300 to 1,000` where they differ. */
export function wholeRange(counts: readonly number[]): string {
  const low = Math.min(...counts)
  const high = Math.max(...counts)
  return low === high ? whole(low) : `${whole(low)} to ${whole(high)}`
}

/** `3 seeds`, `1 seed`. */
export function counted(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** Mean and sample standard deviation; one value has no spread. */
export function meanAndSpread(values: readonly number[]): { mean: number; spread?: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  if (values.length < 2) return { mean }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, spread: Math.sqrt(squares / (values.length - 1)) }
}

/** Shares from 0 to 1 as `91.5 ± 3.1`, percent; a lone one without a spread. */
export function percentAndSpread(shares: readonly number[]): string {
  const { mean, spread } = meanAndSpread(shares)
  return spread === undefined ? percent(mean) : `${percent(mean)} ± ${percent(spread)}`
}

/** Seconds in words that suit their length: `23 s`, `17.3 min`, `2.1 h`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${seconds.toFixed(0)} s`
  if (seconds < 5400) return `${(seconds / 60).toFixed(1)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}

/** A column of a table: its heading, and whether it holds numbers, which are set to the right. */
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

/** The cells of a line of a table. */
export type Row = readonly string[]

/** A Markdown table. Throws where a row has not one cell a column. */
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
