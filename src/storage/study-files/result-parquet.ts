/** Results of studies as Parquet files, one row per pair, as specified in docs/study-files.md. */
import type { Clip } from '../../alignment/labels/index.ts'
import { type ResultComparison, type StudyResult, VOTES } from '../../study/result.ts'
import { clipInRow, clipTable } from './clip-table.ts'
import { decodeParquet, encodeParquet, type ParquetColumn, type ParquetTable } from './parquet.ts'
import {
  checkedResult,
  checkedResultHeader,
  type ResultHeader,
  resultHeader,
  type Written,
} from './result-header.ts'
import { expectSameTable } from './same-table.ts'

/** Names of the columns of votes. */
const VOTE_COLUMNS: Readonly<Record<(typeof VOTES)[number], string>> = {
  firstMuch: 'votes_first_much',
  first: 'votes_first',
  tie: 'votes_tie',
  second: 'votes_second',
  secondMuch: 'votes_second_much',
  cannotTell: 'votes_cannot_tell',
}

/** Yields the parts of a file. */
export function* encodeResultParquet(result: StudyResult, written: Written): Generator<Uint8Array> {
  yield* encodeParquet(tableOf(result), resultHeader(result, written))
}

/** Decodes a file, or rejects with an ArchiveError with a one-sentence message. */
export async function decodeResultParquet(bytes: Uint8Array): Promise<StudyResult> {
  const table = await decodeParquet(bytes, checkedResultHeader)
  const result = readRows(checkedResultHeader(table.metadata), table.rows)
  expectSameTable(table, tableOf(result))
  return result
}

function tableOf({ study, question, clips, comparisons }: StudyResult): ParquetColumn[] {
  const known = new Map(clips.map((clip) => [clip.id, clip]))
  const clipsBy = (idOf: (comparison: ResultComparison) => string): Clip[] =>
    comparisons.flatMap((comparison) => known.get(idOf(comparison)) ?? [])
  const column = (
    name: string,
    kind: ParquetColumn['kind'],
    valueIn: (comparison: ResultComparison) => unknown,
  ): ParquetColumn => ({ name, kind, values: comparisons.map(valueIn) })
  return [
    column('study', 'text', () => study.id),
    column('question', 'text', () => question),
    column('first', 'text', ({ first }) => first),
    column('second', 'text', ({ second }) => second),
    column('preference', 'real', ({ preference }) => preference),
    column('provenance', 'text', ({ provenance }) => provenance),
    ...VOTES.map((vote) => column(VOTE_COLUMNS[vote], 'integer', ({ votes }) => votes[vote])),
    column('chosen_probability', 'real', ({ preference }) => Math.max(preference, 1 - preference)),
    ...clipTable('chosen', clipsBy(chosenOf)),
    ...clipTable('rejected', clipsBy(rejectedOf)),
  ]
}

/** Returns the id of the preferred clip; of a tie, that of the first. */
function chosenOf({ first, second, preference }: ResultComparison): string {
  return preference < 0.5 ? second : first
}

function rejectedOf(comparison: ResultComparison): string {
  const { first, second } = comparison
  return chosenOf(comparison) === first ? second : first
}

function readRows(header: ResultHeader, rows: ParquetTable['rows']): StudyResult {
  const clips = new Map<string, Clip>()
  const comparisons = rows.map((row, index) => {
    const found = (['chosen', 'rejected'] as const).map((prefix) =>
      clipInRow(prefix, row, `the ${prefix} clip of row ${index + 1}`),
    )
    const { first, second, preference, provenance } = row
    for (const id of [first, second]) {
      const clip = found.find((each) => each.id === id)
      if (clip) clips.set(clip.id, clips.get(clip.id) ?? clip)
    }
    const votes = Object.fromEntries(VOTES.map((vote) => [vote, row[VOTE_COLUMNS[vote]]]))
    return { first, second, preference, provenance, votes }
  })
  return checkedResult(header, [...clips.values()], comparisons)
}
