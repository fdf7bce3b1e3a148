/** Section on agents aligned with wishes about style. */
import { type MeanWithInterval, measureOf, stylePredicate } from '../../../evaluation/index.ts'
import { type Results, type WishGroup, wishGroups } from '../../../procedure/index.ts'
import { stageName } from '../../../procedure/model-stages.ts'
import {
  changesOf,
  MINUS,
  markdownTable,
  numbers,
  percent,
  type Row,
  wholeRange,
  words,
} from '../format.ts'
import { notMeasured, type Section } from '../section.ts'

export function wishesSection(results: Results): Section {
  const groups = wishGroups(results)
  const title = 'Wishes about style'
  if (groups.length === 0) return { title, body: [notMeasured('agents aligned with a style')] }
  const pairs = wholeRange(groups.map(({ comparisons }) => comparisons))
  const episodes = wholeRange(groups.map(({ episodes: count }) => count))
  return {
    title,
    body: [
      `A judge that prefers a style says of two clips that arrive at a jumppad which has more, or less, of a measure; one that arrives beats one that does not. From ${pairs} such pairs, agents were aligned with the settings of the Train page${changesOf(groups.map(({ changes }) => changes))}. Arrived is the percentage of fresh episodes that reached any jumppad, and the measure is the mean over those; after training, of each seed. Difference is that of episodes from the same beginning which both arrive: mean over seeds, with Student’s 95 % interval over seeds. Reward model is its accuracy, in percent, on fresh pairs of the starting agent’s clips that both arrive. KL is the divergence from the starting agent, in nats per episode; n = ${episodes} episodes per seed.`,
      markdownTable(
        [
          words('prefers the clip that'),
          words('agent'),
          numbers('arrived before'),
          numbers('after'),
          words('measure'),
          numbers('before'),
          numbers('after'),
          numbers('difference'),
          numbers('reward model'),
          numbers('KL'),
        ],
        groups.map(groupRow),
      ),
    ],
  }
}

function groupRow(group: WishGroup): Row {
  const { wish, start, arrived, style, difference, accuracy, kl } = group
  const { title, unit } = measureOf(wish)
  return [
    stylePredicate(wish),
    stageName(start),
    percent(arrived.before),
    arrived.after.map(percent).join(', '),
    `${title}, ${unit}`,
    style.before?.toFixed(2) ?? '–',
    style.after.map((value) => value.toFixed(2)).join(', ') || '–',
    differenceOf(difference),
    accuracy === undefined ? '–' : percent(accuracy),
    kl.toFixed(0),
  ]
}

function differenceOf(difference: MeanWithInterval | undefined): string {
  if (difference === undefined) return '–'
  const { mean, interval } = difference
  if (interval === undefined) return signed(mean)
  return `${signed(mean)} (${signed(interval.low)} to ${signed(interval.high)})`
}

function signed(value: number): string {
  return value.toFixed(2).replace('-', MINUS)
}
