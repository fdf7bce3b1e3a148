/** Labels as columns of numbers and texts: the arrays of an NPZ file, as specified in docs/labels.md. */
import {
  LABEL_KINDS,
  LABEL_VERDICTS,
  type Label,
  PAIR_RULES,
  POSITIONS,
  STRENGTHS,
} from '../../alignment/labels/index.ts'
import type { Archive, ArchiveContents } from './archive.ts'
import { clipColumns } from './clip-columns.ts'
import { int32, jsonBytes, placeById, places } from './columns.ts'
import { type NpyArray, npyArray } from './npy.ts'
import type { Columns } from './npz-file.ts'

/** Lists of names; the corresponding columns hold indices into them. */
const NAME_LISTS = {
  position_names: POSITIONS,
  verdict_names: LABEL_VERDICTS,
  rule_names: PAIR_RULES,
  kind_names: LABEL_KINDS,
  strength_names: STRENGTHS,
} as const

export function toColumns(archive: Archive): Columns {
  const { header, sessions } = archive
  return new Map([
    ['header_json', jsonBytes(header)],
    ['sessions_json', jsonBytes(sessions)],
    ...Object.entries(NAME_LISTS).map(([name, list]) => [name, npyArray([...list])] as const),
    ...clipColumns(archive.clips),
    ...labelColumns(archive),
  ])
}

function labelColumns({ sessions, clips, labels }: ArchiveContents): [string, NpyArray][] {
  const sessionPlace = placeById(sessions)
  const clipPlace = placeById(clips)
  const labelPlace = placeById(labels)
  const texts = [
    ...new Set(labels.flatMap((l) => [l.question, l.labeller, l.appVersion, ...(l.reasons ?? [])])),
  ]
  const textPlace = new Map(texts.map((text, index) => [text, index]))
  const text = (list: readonly string[]) => int32(list.map((one) => textPlace.get(one) ?? -1))
  return [
    ['texts', npyArray(texts)],
    ['label_id', npyArray(labels.map(({ id }) => id))],
    ['label_session', int32(labels.map(({ session }) => sessionPlace(session)))],
    ['label_first', int32(labels.map(({ first }) => clipPlace(first)))],
    ['label_second', int32(labels.map(({ second }) => clipPlace(second)))],
    [
      'label_left',
      places(
        POSITIONS,
        labels.map(({ left }) => left),
      ),
    ],
    [
      'label_verdict',
      places(
        LABEL_VERDICTS,
        labels.map(({ verdict }) => verdict),
      ),
    ],
    [
      'label_known',
      places(
        LABEL_VERDICTS,
        labels.map(({ known }) => known),
      ),
    ],
    [
      'label_rule',
      places(
        PAIR_RULES,
        labels.map(({ rule }) => rule),
      ),
    ],
    [
      'label_kind',
      places(
        LABEL_KINDS,
        labels.map(({ kind }) => kind),
      ),
    ],
    ['label_response_ms', npyArray(Float64Array.from(labels, ({ responseMs }) => responseMs))],
    ['label_replays', int32(labels.map(({ replays }) => replays))],
    ['label_question', text(labels.map(({ question }) => question))],
    ['label_labeller', text(labels.map(({ labeller }) => labeller))],
    ['label_app_version', text(labels.map(({ appVersion }) => appVersion))],
    ['label_world_version', int32(labels.map(({ worldVersion }) => worldVersion))],
    ['label_corrects', int32(labels.map(({ corrects }) => labelPlace(corrects)))],
    ['label_created_at', npyArray(labels.map(({ createdAt }) => createdAt))],
    ['label_version', int32(labels.map(({ version }) => version))],
    [
      'label_strength',
      places(
        STRENGTHS,
        labels.map(({ strength }) => strength),
      ),
    ],
    ['label_away_ms', npyArray(Float64Array.from(labels, ({ awayMs }) => awayMs ?? 0))],
    ...reasonColumns(labels, text),
  ]
}

/** Returns the columns of reasons; labels to which no reasons were offered differ from those without any. */
function reasonColumns(
  labels: readonly Label[],
  text: (list: readonly string[]) => NpyArray,
): [string, NpyArray][] {
  const offsets = new Int32Array(labels.length + 1)
  for (const [index, { reasons = [] }] of labels.entries()) {
    offsets[index + 1] = (offsets[index] ?? 0) + reasons.length
  }
  return [
    ['label_has_reasons', npyArray(Uint8Array.from(labels, ({ reasons }) => (reasons ? 1 : 0)))],
    ['label_reason_offset', npyArray(offsets)],
    ['reason', text(labels.flatMap(({ reasons }) => reasons ?? []))],
  ]
}
