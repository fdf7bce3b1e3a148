/** Section on play on several islands in reinforcement learning. */
import { endedShare } from '../../../evaluation/index.ts'
import { ISLANDS, islandNamed, TRAINING_ISLANDS } from '../../../island/index.ts'
import type { Results, VarietyResult } from '../../../procedure/index.ts'
import {
  changesOf,
  markdownTable,
  numbers,
  percentAndSpread,
  type Row,
  wholeRange,
  words,
} from '../format.ts'
import { notMeasured, type Section } from '../section.ts'

const WAYS = [
  { played: 'first', head: 'first island' },
  { played: 'several', head: 'several' },
  { played: 'labelled', head: 'labels and play elsewhere' },
] as const

export function varietySection({ variety = [] }: Results): Section {
  const title = 'Play on several islands'
  if (variety.length === 0) {
    return { title, body: [notMeasured('alignment with play on several islands')] }
  }
  const wanted = [...new Set(variety.map((run) => run.wanted))]
  const groups = wanted.flatMap((each) =>
    WAYS.map(({ played, head }) => ({
      head: `${each}, ${head}`,
      wanted: each,
      runs: variety.filter((run) => run.wanted === each && run.played === played),
    })),
  )
  const shown = groups.filter(({ runs }) => runs.length > 0)
  const [there] = variety.flatMap(({ labelled }) => islandNamed(labelled ?? '')?.title ?? [])
  const seeds = wholeRange(shown.map(({ runs }) => runs.length))
  const episodes = wholeRange(
    variety.flatMap(({ tables }) => Object.values(tables).map((table) => table.episodes)),
  )
  return {
    title,
    body: [
      `The fine-tuned agent was aligned from ${wholeRange(variety.map(({ comparisons }) => comparisons))} pairs of its clips on the first island, with the settings of the Train page${changesOf(variety.map(({ changes }) => changes))}. In reinforcement learning it played on the first island alone, or on ${TRAINING_ISLANDS.length} in turn, which the table marks by a star; everything else was the same.${there === undefined ? '' : ` In the last column both the clips that were compared and the play were on “${there}”.`} Percent of fresh episodes that reached the wanted jumppad, mean ± standard deviation over ${seeds} seeds; n = ${episodes} episodes a seed and island.`,
      markdownTable(
        [words('island'), ...shown.map(({ head }) => numbers(head))],
        ISLANDS.map(
          ({ id, title: name }): Row => [
            TRAINING_ISLANDS.some((each) => each.id === id) ? `${name} *` : name,
            ...shown.map(({ runs, wanted: each }) => cellOf(runs, id, each)),
          ],
        ),
      ),
    ],
  }
}

function cellOf(runs: readonly VarietyResult[], island: string, wanted: string): string {
  const tables = runs.flatMap((run) => run.tables[island] ?? [])
  if (tables.some(({ outcomes }) => outcomes[wanted] === undefined)) return 'none there'
  return tables.length === 0
    ? '–'
    : percentAndSpread(tables.map((each) => endedShare(each, wanted)))
}
