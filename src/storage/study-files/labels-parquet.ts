/** Labels as Parquet files, one row per entry of the log, as specified in docs/study-files.md. */
import { z } from 'zod'
import type { Clip, Label } from '../../alignment/labels/index.ts'
import {
  type Archive,
  checkConsistency,
  checkedHeader,
  checkedLabel,
  checkedSession,
  checkPlays,
} from '../archive/archive.ts'
import { damaged } from '../archive/errors.ts'
import { clipInRow, clipTable } from './clip-table.ts'
import { decodeParquet, encodeParquet, type ParquetColumn, type ParquetTable } from './parquet.ts'
import { expectSameTable } from './same-table.ts'

/** Fields of labels that are columns, with their names there; the clips have columns of their own. */
const FIELDS = [
  ['id', 'id', 'text'],
  ['session', 'session', 'text'],
  ['left', 'left', 'text'],
  ['verdict', 'verdict', 'text'],
  ['strength', 'strength', 'text'],
  ['reasons', 'reasons', 'texts'],
  ['responseMs', 'response_ms', 'real'],
  ['awayMs', 'away_ms', 'real'],
  ['replays', 'replays', 'integer'],
  ['question', 'question', 'text'],
  ['labeller', 'labeller', 'text'],
  ['rule', 'rule', 'text'],
  ['kind', 'kind', 'text'],
  ['known', 'known', 'text'],
  ['corrects', 'corrects', 'text'],
  ['createdAt', 'created_at', 'text'],
  ['version', 'version', 'integer'],
  ['worldVersion', 'world_version', 'integer'],
  ['appVersion', 'app_version', 'text'],
] as const satisfies readonly (readonly [keyof Label, string, ParquetColumn['kind']])[]

const OPTIONAL = new Set<keyof Label>(['strength', 'reasons', 'awayMs', 'known', 'corrects'])

/** Yields the parts of a file. The archive's clips are those that its labels mention. */
export function* encodeLabelsParquet(archive: Archive): Generator<Uint8Array> {
  const { header, sessions } = archive
  yield* encodeParquet(tableOf(archive), { ...header, sessions })
}

/** Decodes a file, or rejects with an ArchiveError with a one-sentence message. */
export async function decodeLabelsParquet(bytes: Uint8Array): Promise<Archive> {
  const table = await decodeParquet(bytes, readMetadata)
  const archive = { ...readMetadata(table.metadata), ...readRows(table.rows) }
  checkConsistency(archive)
  checkPlays(archive)
  expectSameTable(table, tableOf(archive))
  return archive
}

function readMetadata({ sessions, ...about }: ParquetTable['metadata']) {
  const { header } = checkedHeader(about)
  const list = z.array(z.unknown()).safeParse(sessions).data
  if (list === undefined) return damaged('its metadata holds no list of sessions')
  return {
    header,
    sessions: list.map((session, index) => checkedSession(session, `session ${index}`)),
  }
}

function tableOf({ clips, labels }: Pick<Archive, 'clips' | 'labels'>): ParquetColumn[] {
  const known = new Map(clips.map((clip) => [clip.id, clip]))
  const clipsOf = (position: 'first' | 'second'): Clip[] =>
    labels.flatMap((label) => known.get(label[position]) ?? [])
  return [
    ...FIELDS.map(([field, name, kind]) => ({
      ...{ name, kind, optional: OPTIONAL.has(field) },
      values: labels.map((label) => label[field]),
    })),
    ...clipTable('first', clipsOf('first')),
    ...clipTable('second', clipsOf('second')),
  ]
}

function readRows(rows: ParquetTable['rows']): Pick<Archive, 'clips' | 'labels'> {
  const clips = new Map<string, Clip>()
  const labels = rows.map((row, index) => {
    const [first, second] = (['first', 'second'] as const).map((prefix) => {
      const clip = clipInRow(prefix, row, `the ${prefix} clip of row ${index + 1}`)
      clips.set(clip.id, clips.get(clip.id) ?? clip)
      return clip.id
    })
    const fields = FIELDS.flatMap(([field, name]) =>
      row[name] === undefined ? [] : [[field, row[name]] as const],
    )
    return checkedLabel({ ...Object.fromEntries(fields), first, second }, `row ${index + 1}`)
  })
  return { clips: [...clips.values()], labels }
}
