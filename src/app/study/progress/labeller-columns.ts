/** Columns of the table of labellers: what each shows, and how it sorts. */
import type { CountedShare } from '../../../evaluation/index.ts'
import type { LabellerRow } from '../../../study/index.ts'

/** Text of a cell: the value, and its interval below it. */
interface CellText {
  readonly value: string
  readonly interval?: string
}

export interface LabellerColumn {
  readonly name: string
  /** What the column means. */
  readonly about: string
  readonly text: (row: LabellerRow) => CellText
  /** Value by which rows sort; undefined sorts last in either direction. */
  readonly order: (row: LabellerRow) => number | undefined
}

const NOTHING: CellText = { value: '–' }

type Quality = NonNullable<LabellerRow['quality']>

function shareColumn(
  name: string,
  about: string,
  shareOf: (quality: Quality) => CountedShare,
): LabellerColumn {
  return {
    name,
    about,
    text: ({ quality }) => {
      const share = quality && shareOf(quality)
      return share === undefined || share.of === 0
        ? NOTHING
        : { value: `${share.count} of ${share.of}`, interval: intervalWords(share) }
    },
    order: ({ quality }) => {
      const share = quality && shareOf(quality)
      return share && share.of > 0 ? share.share : undefined
    },
  }
}

function intervalWords({ interval }: CountedShare): string {
  return `${Math.round(100 * interval.low)}–${Math.round(100 * interval.high)}%`
}

export const COLUMNS: readonly LabellerColumn[] = [
  {
    name: 'Answered',
    about: 'Pairs answered of those shown, golden pairs and re-shows included',
    text: ({ answered, of }) => ({ value: `${answered} of ${of}` }),
    order: ({ answered, of }) => (of > 0 ? answered / of : undefined),
  },
  shareColumn('Golden', 'Golden pairs answered correctly', ({ withGolden }) => withGolden),
  shareColumn(
    'Self-agreement',
    'Pairs answered the same when shown again',
    ({ withSelf }) => withSelf,
  ),
  shareColumn(
    'Agrees with majority',
    'Answers like the majority of the others, where they have one',
    ({ withOthers }) => withOthers,
  ),
  shareColumn('Rushed', 'Answers in less than 0.7 s', ({ rushed }) => rushed),
  shareColumn('Chose left', 'Preferences for the left side', ({ left }) => left),
  {
    name: 'Median',
    about: 'Median seconds per pair',
    text: ({ quality }) => {
      if (quality?.medianSeconds === undefined) return NOTHING
      const { medianSecondsInterval: interval } = quality
      return {
        value: `${quality.medianSeconds.toFixed(1)} s`,
        ...(interval && { interval: `${interval.low.toFixed(1)}–${interval.high.toFixed(1)} s` }),
      }
    },
    order: ({ quality }) => quality?.medianSeconds,
  },
  {
    name: 'Pace',
    about: 'Answers per minute, breaks excluded',
    text: ({ quality }) =>
      quality?.pace === undefined ? NOTHING : { value: `${quality.pace.toFixed(1)}/min` },
    order: ({ quality }) => quality?.pace,
  },
]

/** Order of the rows: by a column, or by the labeller's number. */
export interface RowOrder {
  readonly column: string | undefined
  readonly descending: boolean
}

/** Returns rows in an order; those without a value come last. */
export function sortedRows(
  rows: readonly LabellerRow[],
  { column, descending }: RowOrder,
): LabellerRow[] {
  const order = COLUMNS.find(({ name }) => name === column)?.order
  const sign = descending ? -1 : 1
  const place = new Map(rows.map((row, index) => [row, index]))
  const rank = (row: LabellerRow) => (order ? order(row) : place.get(row))
  return rows.toSorted((a, b) => {
    const [first, second] = [rank(a), rank(b)]
    if (first === undefined || second === undefined) {
      return Number(first === undefined) - Number(second === undefined)
    }
    return sign * (first - second)
  })
}
