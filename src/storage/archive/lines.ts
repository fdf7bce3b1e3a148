/** Labels as JSON Lines: a header, then sessions, clips and labels. The schema is in docs/labels.md. */
import {
  type Archive,
  checkConsistency,
  checkedClip,
  checkedHeader,
  checkedLabel,
  checkedSession,
} from './archive.ts'
import { clipFromText, clipToText } from './clip-text.ts'
import { decodeSealed, encodeSealed } from './sealed-lines.ts'

const KINDS = ['session', 'clip', 'label'] as const

export function encodeLines({ header, sessions, clips, labels }: Archive): Uint8Array {
  return encodeSealed(KINDS, header, [
    ...sessions.map((session) => ({ type: 'session' as const, ...session })),
    ...clips.map((clip) => ({ type: 'clip' as const, ...clipToText(clip) })),
    ...labels.map((label) => ({ type: 'label' as const, ...label })),
  ])
}

/** Decodes a file, or throws an ArchiveError with a one-sentence message. */
export function decodeLines(file: Uint8Array): Archive {
  const { header, records } = decodeSealed(file, KINDS, (found) => checkedHeader(found).header)
  const sessions: Archive['sessions'][number][] = []
  const clips: Archive['clips'][number][] = []
  const labels: Archive['labels'][number][] = []
  for (const { type, record, where } of records) {
    if (type === 'session') sessions.push(checkedSession(record, where))
    else if (type === 'clip') clips.push(checkedClip(clipFromText(record, where), where))
    else labels.push(checkedLabel(record, where))
  }
  const archive = { header, sessions, clips, labels }
  checkConsistency(archive)
  return archive
}
