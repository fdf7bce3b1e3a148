/** Data of the chart of one measure of style. */
import { type CumulativePoint, cumulative } from '../../evaluation/cumulative.ts'
import { mcNemarValues } from '../../evaluation/mcnemar.ts'
import type { EvaluatedEpisode } from '../../lab/evaluation/protocol.ts'
import type { Compared } from './compared.ts'

/** Episodes that a figure of style counts. */
export type Counted = 'all' | 'arriving'

export function countedOf(
  { run: { episodes } }: Compared,
  counted: Counted,
): readonly EvaluatedEpisode[] {
  return counted === 'all' ? episodes : episodes.filter(({ ending }) => ending !== 'none')
}

/** Values at one point of the horizontal axis, by the policies' letters. */
export interface StyleRow {
  readonly value: number
  readonly points: Readonly<Record<string, CumulativePoint>>
}

/** Number of points of each curve. */
const POINTS = 120

/** Returns the cumulative distributions of the measure at a place of `STYLE_MEASURES`. */
export function styleRows(
  compared: readonly Compared[],
  place: number,
  counted: Counted,
): StyleRow[] {
  const samples = compared.flatMap((each) => {
    const values = countedOf(each, counted).flatMap(({ style }) => style[place] ?? [])
    return values.length === 0 ? [] : [{ letter: each.letter, values }]
  })
  const all = samples.flatMap(({ values }) => values)
  if (all.length === 0) return []
  const [from, to] = [Math.min(...all), Math.max(...all)]
  // The last point is exactly the maximum, whatever rounding does to the others.
  const at = Array.from({ length: POINTS + 1 }, (_, i) =>
    i === POINTS ? to : from + (i * (to - from)) / POINTS,
  )
  const curves = samples.map(({ letter, values }) => [letter, cumulative(values, at)] as const)
  return at.map((value, index) => ({
    value,
    points: Object.fromEntries(
      curves.flatMap(([letter, points]) => {
        const point = points[index]
        return point === undefined ? [] : [[letter, point]]
      }),
    ),
  }))
}

/** Sign test of a measure in episodes with the same beginnings. */
export interface SignTest {
  readonly higher: number
  readonly lower: number
  readonly equal: number
  /** Two-sided exact p-value. */
  readonly p: number
}

/** Compares a measure in the episodes with the same beginnings: of the second against the first. */
export function signTest(
  first: readonly EvaluatedEpisode[],
  second: readonly EvaluatedEpisode[],
  place: number,
): SignTest {
  const before = new Map(first.map(({ index, style }) => [index, style[place]]))
  const signs = second.flatMap(({ index, style }) => {
    const [from, to] = [before.get(index), style[place]]
    return from === undefined || to === undefined ? [] : Math.sign(to - from)
  })
  const count = (sign: number) => signs.filter((each) => each === sign).length
  const [higher, lower] = [count(1), count(-1)]
  // Ties say nothing about a direction: the sign test is McNemar's on the others.
  return { higher, lower, equal: count(0), p: mcNemarValues(higher, lower).p }
}
