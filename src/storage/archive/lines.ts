/**
 * Labels as JSON Lines: a header, then sessions, clips and labels, then an end line with the number
 * of each and a digest of all bytes before it. The schema is in docs/labels.md.
 */
import { z } from 'zod'
import { Digest } from '../../island/index.ts'
import {
  type Archive,
  checkConsistency,
  checkedClip,
  checkedHeader,
  checkedLabel,
  checkedSession,
  MOST_BYTES,
} from './archive.ts'
import { clipFromText, clipToText } from './clip-text.ts'
import { cutOff, damaged, refuse } from './errors.ts'
import { plainLines } from './plain-lines.ts'
import { parseStrictly } from './strict-json.ts'

/**
 * Maximum line length in bytes. A clip of 100 decisions or a label with a long question takes about
 * 2,000.
 */
const LONGEST_LINE = 20_000
const MOST_LINES = 500_000
const NEWLINE = 10

const endSchema = z.strictObject({
  type: z.literal('end'),
  sessions: z.int().nonnegative(),
  clips: z.int().nonnegative(),
  labels: z.int().nonnegative(),
  digest: z.string(),
})

export function encodeLines({ header, sessions, clips, labels }: Archive): Uint8Array {
  const records = [
    { type: 'header', ...header },
    ...sessions.map((session) => ({ type: 'session', ...session })),
    ...clips.map((clip) => ({ type: 'clip', ...clipToText(clip) })),
    ...labels.map((label) => ({ type: 'label', ...label })),
  ]
  const body = bytesOf(records.map((record) => `${JSON.stringify(record)}\n`).join(''))
  const numbers = { sessions: sessions.length, clips: clips.length, labels: labels.length }
  const end = bytesOf(`${JSON.stringify({ type: 'end', ...numbers, digest: digestOf(body) })}\n`)
  const bytes = new Uint8Array(body.length + end.length)
  bytes.set(body)
  bytes.set(end, body.length)
  return bytes
}

/** Decodes a file, or throws an ArchiveError with a one-sentence message. */
export function decodeLines(file: Uint8Array): Archive {
  if (file.length > MOST_BYTES) {
    refuse(`found ${file.length} bytes, expected ${MOST_BYTES} at most`, 'export less at a time')
  }
  const bytes = plainLines(file)
  const lines = splitLines(bytes)
  const { type, ...about } = parsedLine(lines, 0)
  const { header } = checkedHeader(type === 'header' ? about : undefined)
  const end = readEnd(bytes, lines)
  const archive = readRecords(header, lines)
  for (const kind of ['sessions', 'clips', 'labels'] as const) {
    const found = archive[kind].length
    if (found !== end[kind]) damaged(`found ${found} ${kind}, its end line says ${end[kind]}`)
  }
  checkConsistency(archive)
  return archive
}

function readEnd(bytes: Uint8Array, lines: readonly Uint8Array[]): z.infer<typeof endSchema> {
  const last = lines.length - 1
  const end = endSchema.safeParse(bytes.at(-1) === NEWLINE ? parsedLine(lines, last) : undefined)
  if (!end.success || last === 0) return cutOff('its end line is missing')
  const another = lines.findIndex((_, index) => index > 0 && isHeader(lines, index))
  if (another > 0) {
    return refuse(
      `another label file starts at its line ${another + 1}`,
      'choose the files one at a time, as Jumppad exported them',
    )
  }
  const body = bytes.subarray(0, bytes.length - 1 - (lines[last]?.length ?? 0))
  const digest = digestOf(body)
  if (digest !== end.data.digest) {
    damaged(`found content of digest ${digest}, its end line says "${end.data.digest}"`)
  }
  return end.data
}

function readRecords(header: Archive['header'], lines: readonly Uint8Array[]): Archive {
  const sessions: Archive['sessions'][number][] = []
  const clips: Archive['clips'][number][] = []
  const labels: Archive['labels'][number][] = []
  for (let index = 1; index < lines.length - 1; index++) {
    const { type, ...record } = parsedLine(lines, index)
    const where = `line ${index + 1}`
    if (type === 'session') sessions.push(checkedSession(record, where))
    else if (type === 'clip') clips.push(checkedClip(clipFromText(record, where), where))
    else if (type === 'label') labels.push(checkedLabel(record, where))
    else damaged(`${where} is neither a session nor a clip nor a label`)
  }
  return { header, sessions, clips, labels }
}

/** Returns the lines without their newlines. Their number and lengths are checked before any is parsed. */
function splitLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  let start = 0
  while (start < bytes.length) {
    const next = bytes.indexOf(NEWLINE, start)
    const end = next < 0 ? bytes.length : next
    if (end - start > LONGEST_LINE) {
      return refuse(
        `line ${lines.length + 1} is longer than ${LONGEST_LINE} bytes`,
        'choose a file that Jumppad exported',
      )
    }
    lines.push(bytes.subarray(start, end))
    if (lines.length > MOST_LINES) {
      return refuse(`it has more than ${MOST_LINES} lines`, 'choose a file that Jumppad exported')
    }
    start = end + 1
  }
  return lines
}

function parsedLine(lines: readonly Uint8Array[], index: number): Record<string, unknown> {
  const bytes = lines[index]
  if (bytes === undefined) return refuse('it is empty', 'choose a file that Jumppad exported')
  const record = z.record(z.string(), z.unknown()).safeParse(parsedJson(bytes))
  if (record.success) return record.data
  if (index > 0) return damaged(`line ${index + 1} is not a JSON object with unique fields`)
  if (/^\s*[[{]\s*$/.test(textOf(bytes) ?? '')) {
    return refuse(
      'its JSON is spread over several lines, as some editors do',
      'choose the file as Jumppad exported it',
    )
  }
  return refuse('its first line is not a JSON object', 'choose a file that Jumppad exported')
}

function parsedJson(bytes: Uint8Array): unknown {
  const text = textOf(bytes)
  return text === undefined ? undefined : parseStrictly(text)
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const HEADER_START = new TextEncoder().encode('{"type":"header"')

/** Returns whether a line begins like a header, which is cheaper than parsing it. */
function isHeader(lines: readonly Uint8Array[], index: number): boolean {
  return HEADER_START.every((byte, place) => lines[index]?.[place] === byte)
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function digestOf(bytes: Uint8Array): string {
  const digest = new Digest()
  digest.addBytes(bytes)
  return digest.hex()
}
