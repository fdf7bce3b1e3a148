/** Results of studies as columns of an NPZ file, as specified in docs/study-files.md. */
import { PROVENANCES, type ResultComparison, type StudyResult, VOTES } from '../../study/result.ts'
import { clipColumns, readClips } from '../archive/clip-columns.ts'
import { ColumnReader } from '../archive/column-reader.ts'
import { int32, jsonBytes, placeById, places } from '../archive/columns.ts'
import { damaged } from '../archive/errors.ts'
import { npyArray } from '../archive/npy.ts'
import type { Columns } from '../archive/npz-file.ts'
import { checkedResult, checkedResultHeader, resultHeader, type Written } from './result-header.ts'

export function resultColumns(result: StudyResult, written: Written): Columns {
  const { clips, comparisons } = result
  const clipPlace = placeById(clips)
  const votes = comparisons.flatMap((comparison) => VOTES.map((vote) => comparison.votes[vote]))
  const provenances = comparisons.map(({ provenance }) => provenance)
  return new Map([
    ['header_json', jsonBytes(resultHeader(result, written))],
    ['provenance_names', npyArray([...PROVENANCES])],
    ['vote_names', npyArray([...VOTES])],
    ...clipColumns(clips),
    ['pair_first', int32(comparisons.map(({ first }) => clipPlace(first)))],
    ['pair_second', int32(comparisons.map(({ second }) => clipPlace(second)))],
    ['pair_preference', npyArray(Float64Array.from(comparisons, ({ preference }) => preference))],
    ['pair_provenance', places(PROVENANCES, provenances)],
    ['pair_votes', npyArray(Int32Array.from(votes), [comparisons.length, VOTES.length])],
  ])
}

/** Reads and validates a result. Throws an ArchiveError. */
export function resultFromColumns(columns: Columns): StudyResult {
  const reader = new ColumnReader(columns)
  const header = checkedResultHeader(reader.json('header_json'))
  const clips = readClips(reader)
  const length = columns.get('pair_first')?.values.length ?? 0
  const place = (name: string) => reader.integers(name, length, 0, clips.length - 1)
  const [first, second] = [place('pair_first'), place('pair_second')]
  const preference = reader.numbers('pair_preference', length)
  const provenance = reader.names('pair_provenance', 'provenance_names', length)
  const votes = readVotes(reader, length)
  reader.expectAllTaken()
  const comparisons = preference.map((value, pair) => ({
    first: clips[first[pair] ?? -1]?.id,
    second: clips[second[pair] ?? -1]?.id,
    preference: value,
    provenance: provenance[pair],
    votes: votes[pair],
  }))
  return checkedResult(header, clips, comparisons)
}

function readVotes(reader: ColumnReader, length: number): ResultComparison['votes'][] {
  const names = reader.texts('vote_names')
  if (names.join() !== VOTES.join()) damaged(`its votes are named "${names.join('", "')}"`)
  const counts = reader.integers('pair_votes', length * VOTES.length, 0, 2 ** 31)
  const of = (pair: number, vote: (typeof VOTES)[number]): number =>
    counts[pair * VOTES.length + VOTES.indexOf(vote)] ?? 0
  return Array.from({ length }, (_, pair) => ({
    firstMuch: of(pair, 'firstMuch'),
    first: of(pair, 'first'),
    tie: of(pair, 'tie'),
    second: of(pair, 'second'),
    secondMuch: of(pair, 'secondMuch'),
    cannotTell: of(pair, 'cannotTell'),
  }))
}
