/** Decoding of records from the arrays of an NPZ file, each validated in the same way as from JSON. */
import {
  type Archive,
  checkConsistency,
  checkedHeader,
  checkedLabel,
  checkedSession,
} from './archive.ts'
import { readClips } from './clip-columns.ts'
import { ColumnReader } from './column-reader.ts'
import { damaged } from './errors.ts'
import type { Columns } from './npz-file.ts'

export function fromColumns(columns: Columns): Archive {
  const reader = new ColumnReader(columns)
  const { header, written } = checkedHeader(reader.json('header_json'))
  const found = reader.json('sessions_json')
  if (!Array.isArray(found)) return damaged('its array "sessions_json" holds no list')
  const sessions = found.map((session, index) => checkedSession(session, `session ${index}`))
  const clips = readClips(reader)
  const labels = readLabels(reader, { sessions, clips }, written)
  reader.expectAllTaken()
  const archive = { header, sessions, clips, labels }
  checkConsistency(archive)
  return archive
}

function readLabels(
  reader: ColumnReader,
  { sessions, clips }: Pick<Archive, 'sessions' | 'clips'>,
  written: number,
): Archive['labels'] {
  const ids = reader.texts('label_id')
  const { length } = ids
  const numbers = (name: string) => reader.numbers(name, length)
  const places = (name: string) => reader.integers(name, length, -1, 2 ** 31)
  const [session, first, second] = ['label_session', 'label_first', 'label_second'].map(places)
  const left = reader.names('label_left', 'position_names', length)
  const verdict = reader.names('label_verdict', 'verdict_names', length)
  const known = reader.names('label_known', 'verdict_names', length)
  const rule = reader.names('label_rule', 'rule_names', length)
  const kind = reader.names('label_kind', 'kind_names', length)
  const [responseMs, replays] = [numbers('label_response_ms'), numbers('label_replays')]
  const question = reader.names('label_question', 'texts', length)
  const labeller = reader.names('label_labeller', 'texts', length)
  const appVersion = reader.names('label_app_version', 'texts', length)
  const worldVersion = numbers('label_world_version')
  const corrects = places('label_corrects')
  const createdAt = reader.texts('label_created_at', length)
  const version = numbers('label_version')
  const added = written < 2 ? [] : readAddedFields(reader, length)
  return ids.map((id, i) => {
    const label = {
      id,
      version: version[i],
      session: sessions[session?.[i] ?? -1]?.id,
      first: clips[first?.[i] ?? -1]?.id,
      second: clips[second?.[i] ?? -1]?.id,
      left: left[i],
      verdict: verdict[i],
      responseMs: responseMs[i],
      replays: replays[i],
      question: question[i],
      labeller: labeller[i],
      rule: rule[i],
      kind: kind[i],
      ...(known[i] === undefined ? {} : { known: known[i] }),
      ...(corrects[i] === -1 ? {} : { corrects: ids[corrects[i] ?? -1] ?? '' }),
      createdAt: createdAt[i],
      worldVersion: worldVersion[i],
      appVersion: appVersion[i],
      ...added[i],
    }
    return checkedLabel(label, `label ${i}`)
  })
}

/** Reads the optional fields of labels that version 2 of the file format added. */
function readAddedFields(reader: ColumnReader, length: number): Record<string, unknown>[] {
  const strength = reader.names('label_strength', 'strength_names', length)
  const awayMs = reader.numbers('label_away_ms', length)
  const hasReasons = reader.integers('label_has_reasons', length, 0, 1)
  const offset = reader.integers('label_reason_offset', length + 1, 0, 2 ** 31)
  const reason = reader.names('reason', 'texts', offset[length] ?? 0)
  return strength.map((grade, i) => ({
    ...(grade === undefined ? {} : { strength: grade }),
    ...(hasReasons[i] === 1 ? { reasons: reason.slice(offset[i], offset[i + 1]) } : {}),
    ...(awayMs[i] === 0 ? {} : { awayMs: awayMs[i] }),
  }))
}
