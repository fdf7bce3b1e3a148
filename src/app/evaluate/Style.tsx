import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { MeanWithInterval } from '../../evaluation/mean-interval.ts'
import { quantile } from '../../evaluation/quantile.ts'
import {
  meanStyle,
  STYLE_MEASURES,
  type StyleMeasure,
  styleDifference,
} from '../../evaluation/style.ts'
import kit from '../ui/kit.module.css'
import { LOADING_CHART, lazyPart } from '../ui/lazy-part.tsx'
import type { Compared } from './compared.ts'
import { Figure } from './Figure.tsx'
import { Legend } from './Legend.tsx'
import { Letter } from './Letter.tsx'
import { type Counted, countedOf, signTest } from './style-data.ts'
import tables from './Tables.module.css'

const StyleChart = lazyPart(() => import('./StyleChart.tsx'), LOADING_CHART)

const COUNTED = [
  { value: 'all', label: 'All episodes' },
  { value: 'arriving', label: 'Those that arrive' },
] as const

interface StyleProps {
  readonly compared: readonly Compared[]
}

/** Figures of how each policy plays: a table of all measures, and the distribution of one. */
export function Style({ compared }: StyleProps) {
  const [counted, setCounted] = useState<Counted>('all')
  return (
    <>
      <StyleTable compared={compared} counted={counted} onChange={setCounted} />
      <StyleDistribution compared={compared} counted={counted} />
    </>
  )
}

interface StyleFigureProps extends StyleProps {
  readonly counted: Counted
}

interface StyleTableProps extends StyleFigureProps {
  onChange(counted: Counted): void
}

function StyleTable({ compared, counted, onChange }: StyleTableProps) {
  const [first, ...others] = compared
  return (
    <Figure
      title="Style of play"
      note={
        <>
          Mean per episode with a 95 % interval.
          {others.length > 0 && first
            ? ` Differences from ${first.letter} are between episodes with the same seed; bold ones have an interval without 0, as one in twenty does by chance.`
            : ''}
        </>
      }
      controls={
        <SegmentedControl
          size="xs"
          aria-label="Episodes that count"
          data={[...COUNTED]}
          value={counted}
          onChange={onChange}
        />
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
      <section className={tables.scroller} aria-label="Style of play, scrollable" tabIndex={0}>
        <table className={`${tables.table} ${tables.named}`} aria-label="Style of play">
          <thead>
            <tr>
              <th scope="col">Measure</th>
              {compared.map(({ run, index, colour }) => (
                <th key={index} scope="col">
                  <span className={kit.item}>
                    <Letter index={index} colour={colour} />
                    {run.title}
                  </span>
                </th>
              ))}
              {others.map(({ letter, index }) => (
                <th key={index} scope="col">
                  {letter} − {first?.letter}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {STYLE_MEASURES.map((measure, place) => (
              <Row
                key={measure.name}
                measure={measure}
                means={compared.map((each) => meanStyle(countedOf(each, counted), place))}
                differences={others.map(
                  (each) =>
                    first &&
                    styleDifference(countedOf(first, counted), countedOf(each, counted), place),
                )}
              />
            ))}
          </tbody>
        </table>
      </section>
    </Figure>
  )
}

function StyleDistribution({ compared, counted }: StyleFigureProps) {
  const [name, setName] = useState<string>(STYLE_MEASURES[0]?.name ?? '')
  const place = STYLE_MEASURES.findIndex((each) => each.name === name)
  const measure = STYLE_MEASURES[place]
  if (measure === undefined) return null
  return (
    <Figure
      title="Distribution of style"
      summary={distributionSummary(compared, place, counted, measure)}
      note={
        <>
          Share of {counted === 'all' ? 'all episodes' : 'the episodes that arrive'} with at most
          the value on the horizontal axis: {measure.about}. A line farther right has more of it.
          Bands hold the whole distribution with 95 % confidence, by the inequality of Dvoretzky,
          Kiefer and Wolfowitz. {signSentences(compared, place, counted)}
        </>
      }
      controls={
        <NativeSelect
          size="xs"
          aria-label="Measure"
          data={STYLE_MEASURES.map((each) => ({ value: each.name, label: each.title }))}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
      }
    >
      <Legend compared={compared} />
      <StyleChart compared={compared} measure={measure} place={place} counted={counted} />
    </Figure>
  )
}

/** Returns the quartiles of every policy, for those who cannot see the chart. */
function distributionSummary(
  compared: readonly Compared[],
  place: number,
  counted: Counted,
  { title, unit }: StyleMeasure,
): string {
  const policies = compared.flatMap((each) => {
    const sorted = countedOf(each, counted)
      .flatMap(({ style }) => style[place] ?? [])
      .sort((a, b) => a - b)
    const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => quantile(sorted, part).toFixed(2))
    return sorted.length === 0 ? [] : `${each.run.title}: ${low}, ${middle}, ${high}`
  })
  if (policies.length === 0) return 'No episodes to count.'
  return `Quartiles of ${title.toLowerCase()}, ${unit}. ${policies.join('; ')}.`
}

/** Returns a sentence for each policy but the first about its differences from that one. */
function signSentences(compared: readonly Compared[], place: number, counted: Counted): string {
  const [first, ...others] = compared
  if (first === undefined) return ''
  return others
    .map((each) => {
      const test = signTest(countedOf(first, counted), countedOf(each, counted), place)
      const { higher, lower, equal, p } = test
      if (higher + lower + equal === 0) return ''
      const value = p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`
      return `Of ${higher + lower + equal} beginnings in common, ${each.letter} has more than ${first.letter} in ${higher} and less in ${lower} (sign test, ${value}).`
    })
    .join(' ')
}

interface RowProps {
  readonly measure: StyleMeasure
  readonly means: readonly (MeanWithInterval | undefined)[]
  readonly differences: readonly (MeanWithInterval | undefined)[]
}

function Row({ measure: { title, unit, about }, means, differences }: RowProps) {
  return (
    <tr>
      <th scope="row" title={about}>
        {title} ({unit})
      </th>
      {means.map((mean, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place in the row
        <td key={place}>{printed(mean)}</td>
      ))}
      {differences.map((mean, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place in the row
        <td key={place}>
          {excludesZero(mean) ? <strong>{printed(mean, true)}</strong> : printed(mean, true)}
        </td>
      ))}
    </tr>
  )
}

function excludesZero(mean: MeanWithInterval | undefined): boolean {
  const interval = mean?.interval
  return interval !== undefined && (interval.low > 0 || interval.high < 0)
}

/** Prints a mean and its interval, as in `64.1 (62.8 to 65.4)`. */
function printed(mean: MeanWithInterval | undefined, signed = false): string {
  if (mean === undefined) return '–'
  const digits = Math.abs(mean.mean) >= 10 ? 1 : 2
  const { format } = new Intl.NumberFormat('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: signed ? 'exceptZero' : 'negative',
  })
  const number = (value: number) => format(value).replace('-', '−')
  const { low, high } = mean.interval ?? {}
  if (low === undefined || high === undefined) return number(mean.mean)
  return `${number(mean.mean)} (${number(low)} to ${number(high)})`
}
