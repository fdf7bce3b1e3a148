/** Sections on play, and on pre-training, on several islands. */
import { endedShare } from '../../../evaluation/index.ts'
import { ISLANDS, islandNamed, TRAINED_ON, TRAINING_ISLANDS } from '../../../island/index.ts'
import type { Results, VarietyResult } from '../../../procedure/index.ts'
import {
  changesOf,
  markdownTable,
  numbers,
  percentAndSpread,
  type Row,
  whole,
  wholeRange,
  words,
} from '../format.ts'
import { notMeasured, type Section } from '../section.ts'

const WAYS = [
  { played: 'first', head: 'first island' },
  { played: 'several', head: 'several' },
  { played: 'labelled', head: 'labels and play elsewhere' },
] as const

/** Section on play on several islands in reinforcement learning. */
export function varietySection({ variety: runs = [] }: Results): Section {
  const title = 'Play on several islands'
  const variety = runs.filter(({ agent }) => agent === undefined)
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
  const seeds = wholeRange(shown.map(({ runs }) => runs.length))
  return {
    title,
    body: [
      `The fine-tuned agent was aligned from ${wholeRange(variety.map(({ comparisons }) => comparisons))} pairs of its clips on the first island, with the settings of the Train page${changesOf(variety.map(({ changes }) => changes))}. In reinforcement learning it played on the first island alone, or on ${TRAINING_ISLANDS.length} in turn, which the table marks by a star; everything else was the same.${elsewhereSentence(variety)} Percent of fresh episodes that reached the wanted jumppad, mean ± standard deviation over ${seeds} seeds; n = ${episodesOf(variety)} episodes per seed and island.`,
      tableOfIslands(
        shown.map(({ head, runs, wanted: each }) => ({
          head,
          wanted: each,
          measured: runs.map(({ tables }) => tables),
        })),
      ),
    ],
  }
}

/** Section on agents that were pre-trained on several islands. */
export function varietyPretrainingSection({ variety = [] }: Results): Section {
  const title = 'Pre-training on several islands'
  const groups = TRAINED_ON.flatMap((islands) => {
    const runs = variety.filter(({ agent }) => agent?.islands === islands)
    const wanted = [...new Set(runs.map((run) => run.wanted))]
    return wanted.map((each) => ({
      ...{ islands, wanted: each },
      runs: runs.filter((run) => run.wanted === each),
    }))
  })
  const [agent] = variety.flatMap((run) => run.agent ?? [])
  if (agent === undefined) {
    return { title, body: [notMeasured('alignment after pre-training on several islands')] }
  }
  const own = groups.flatMap(({ runs }) => runs)
  const columns = groups.flatMap(({ islands, wanted, runs }) => {
    // Each agent was aligned in several ways.
    const before = new Map(runs.flatMap((run) => (run.agent ? [[run.seed, run.agent.tables]] : [])))
    return [
      { head: `${wanted}, ${islands}: before`, wanted, measured: [...before.values()] },
      ...WAYS.map(({ played, head }) => ({
        head: `${wanted}, ${islands}: ${head}`,
        wanted,
        measured: runs.filter((run) => run.played === played).map(({ tables }) => tables),
      })),
    ]
  })
  return {
    title,
    body: [
      `Agents of size \`${agent.size}\` were pre-trained for ${whole(agent.pretrainingUpdates)} updates on players of the first island alone, or of ${TRAINING_ISLANDS.length} islands in turn (marked by a star), and fine-tuned on as many curated clips of the same islands. Each was then aligned from ${wholeRange(own.map(({ comparisons }) => comparisons))} pairs of its own clips, with the settings of the Train page${changesOf(own.map(({ changes }) => changes))}. Columns are named by the wanted jumppad, the islands of the pre-training, and those that were played in reinforcement learning.${elsewhereSentence(own)} Percent of fresh episodes that reached the wanted jumppad, mean ± standard deviation over ${wholeRange(columns.flatMap(({ measured }) => (measured.length > 0 ? [measured.length] : [])))} seeds; n = ${episodesOf(own)} episodes per seed and island.`,
      tableOfIslands(columns.filter(({ measured }) => measured.length > 0)),
    ],
  }
}

/** Returns where labels and play were if not on the first island, as a sentence; empty if on that one. */
function elsewhereSentence(runs: readonly VarietyResult[]): string {
  const [there] = runs.flatMap(({ labelled }) => islandNamed(labelled ?? '')?.title ?? [])
  return there === undefined
    ? ''
    : ` With labels and play elsewhere, the clips that were compared and the play were on “${there}”.`
}

/** Returns the number of fresh episodes of each run on an island. */
function episodesOf(runs: readonly VarietyResult[]): string {
  return wholeRange(
    runs.flatMap(({ tables }) => Object.values(tables).map(({ episodes }) => episodes)),
  )
}

interface MeasuredColumn {
  readonly head: string
  readonly wanted: string
  /** Outcomes by island of each run. */
  readonly measured: readonly VarietyResult['tables'][]
}

function tableOfIslands(columns: readonly MeasuredColumn[]): string {
  const all = columns.flatMap(({ measured }) => measured)
  const shown = ISLANDS.filter(({ id }) => all.some((tables) => tables[id] !== undefined))
  return markdownTable(
    [words('island'), ...columns.map(({ head }) => numbers(head))],
    shown.map(
      ({ id, title: name }): Row => [
        TRAINING_ISLANDS.some((each) => each.id === id) ? `${name} *` : name,
        ...columns.map((column) => cellOf(column, id)),
      ],
    ),
  )
}

function cellOf({ measured, wanted }: MeasuredColumn, island: string): string {
  const tables = measured.flatMap((each) => each[island] ?? [])
  if (tables.some(({ outcomes }) => outcomes[wanted] === undefined)) return 'none there'
  return tables.length === 0
    ? '–'
    : percentAndSpread(tables.map((each) => endedShare(each, wanted)))
}
