import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { MeanWithInterval } from '../../evaluation/mean-interval.ts'
import {
  meanStyle,
  STYLE_MEASURES,
  type StyleMeasure,
  styleDifference,
} from '../../evaluation/style.ts'
import type { EvaluatedEpisode } from '../../lab/evaluation/protocol.ts'
import kit from '../ui/kit.module.css'
import type { Compared } from './compared.ts'
import { Figure } from './Figure.tsx'
import { Letter } from './Letter.tsx'
import tables from './Tables.module.css'

const COUNTED = [
  { value: 'all', label: 'All episodes' },
  { value: 'arriving', label: 'Those that arrive' },
] as const

type Counted = (typeof COUNTED)[number]['value']

function countedOf({ run: { episodes } }: Compared, counted: Counted): readonly EvaluatedEpisode[] {
  return counted === 'all' ? episodes : episodes.filter(({ ending }) => ending !== 'none')
}

interface StyleProps {
  readonly compared: readonly Compared[]
}

/** Table of how each policy plays, and of the differences from the first one. */
export function Style({ compared }: StyleProps) {
  const [counted, setCounted] = useState<Counted>('all')
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
          onChange={setCounted}
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
