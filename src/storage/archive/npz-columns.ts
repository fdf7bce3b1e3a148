/** Labels as columns of numbers and texts: the arrays of an NPZ file, as specified in docs/labels.md. */
import {
  type Clip,
  LABEL_KINDS,
  LABEL_VERDICTS,
  type Label,
  PAIR_RULES,
  POSITIONS,
  STRENGTHS,
} from '../../alignment/labels/index.ts'
import { ENDINGS } from '../../evaluation/outcomes.ts'
import { START_KINDS } from '../../island/index.ts'
import type { Archive, ArchiveContents } from './archive.ts'
import { type NpyArray, npyArray } from './npy.ts'

export type Columns = ReadonlyMap<string, NpyArray>

/** Lists of names; the corresponding columns hold indices into them. */
const NAME_LISTS = {
  start_names: START_KINDS,
  ending_names: ENDINGS,
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

function clipColumns(clips: readonly Clip[]): [string, NpyArray][] {
  const offsets = new Int32Array(clips.length + 1)
  for (const [index, { actions }] of clips.entries()) {
    offsets[index + 1] = (offsets[index] ?? 0) + actions.length
  }
  const path = Float32Array.from(clips.flatMap((clip) => [...clip.path]))
  const authors = clips.flatMap((clip) => Array.from(clip.authors, (who) => (who === 'h' ? 1 : 0)))
  return [
    ['clip_id', npyArray(clips.map(({ id }) => id))],
    ['clip_world_version', int32(clips.map(({ worldVersion }) => worldVersion))],
    [
      'clip_start',
      places(
        START_KINDS,
        clips.map(({ start }) => start),
      ),
    ],
    ['clip_seed', npyArray(BigInt64Array.from(clips, ({ seed }) => BigInt(seed)))],
    [
      'clip_ending',
      places(
        ENDINGS,
        clips.map(({ ending }) => ending),
      ),
    ],
    ['clip_state_digest', npyArray(clips.map(({ stateDigest }) => stateDigest))],
    ['clip_policy_digest', npyArray(clips.map(({ policyDigest }) => policyDigest ?? ''))],
    ['clip_offset', npyArray(offsets)],
    ['action', npyArray(Uint16Array.from(clips.flatMap(({ actions }) => [...actions])))],
    ['by_human', npyArray(Uint8Array.from(authors))],
    ['path', npyArray(path, [path.length / 2, 2])],
  ]
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

function int32(numbers: readonly number[]): NpyArray {
  return npyArray(Int32Array.from(numbers))
}

/** Returns each name's index in the list; −1 for undefined. */
function places(list: readonly string[], names: readonly (string | undefined)[]): NpyArray {
  return npyArray(Int8Array.from(names, (name) => (name === undefined ? -1 : list.indexOf(name))))
}

function placeById(records: readonly { readonly id: string }[]) {
  const found = new Map(records.map(({ id }, index) => [id, index]))
  return (id: string | undefined): number => (id === undefined ? -1 : (found.get(id) ?? -1))
}

function jsonBytes(value: unknown): NpyArray {
  return npyArray(new TextEncoder().encode(JSON.stringify(value)))
}
