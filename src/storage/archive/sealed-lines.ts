/**
 * Files of JSON Lines that tell whether they are whole: a header, then records of several kinds, then an end
 * line with the number of each kind and a digest of all bytes before it.
 */
import { z } from 'zod'
import { Digest } from '../../island/index.ts'
import { MOST_BYTES } from './archive.ts'
import { cutOff, damaged, refuse } from './errors.ts'
import { plainLines } from './plain-lines.ts'
import { parseStrictly } from './strict-json.ts'

/**
 * Maximum line length in bytes. A clip of 100 decisions or a label with a long question takes about
 * 2,000.
 */
const LONGEST_LINE = 40_000
const MOST_LINES = 500_000
const NEWLINE = 10

/** Record of a file, with its line for error messages. */
export interface FoundRecord<Kind extends string> {
  readonly type: Kind
  readonly record: Readonly<Record<string, unknown>>
  readonly where: string
}

/** Encodes a header and records, of which `kinds` lists the kinds, into a file. */
export function encodeSealed<Kind extends string>(
  kinds: readonly Kind[],
  header: object,
  records: readonly (object & { readonly type: Kind })[],
): Uint8Array {
  const lines = [{ type: 'header', ...header }, ...records]
  const body = bytesOf(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const end = { type: 'end', ...countsOf(kinds, records), digest: digestOf(body) }
  const last = bytesOf(`${JSON.stringify(end)}\n`)
  const bytes = new Uint8Array(body.length + last.length)
  bytes.set(body)
  bytes.set(last, body.length)
  return bytes
}

/**
 * Decodes a file that holds records of these kinds, or throws an ArchiveError. `readHeader` gets the fields
 * of the header, or undefined without one, before anything else is checked.
 */
export function decodeSealed<Kind extends string, Header>(
  file: Uint8Array,
  kinds: readonly Kind[],
  readHeader: (found: unknown) => Header,
): { readonly header: Header; readonly records: readonly FoundRecord<Kind>[] } {
  if (file.length > MOST_BYTES) {
    refuse(`found ${file.length} bytes, expected ${MOST_BYTES} at most`, 'export less at a time')
  }
  const bytes = plainLines(file)
  const lines = splitLines(bytes)
  const { type, ...about } = parsedLine(lines, 0)
  const header = readHeader(type === 'header' ? about : undefined)
  const expected = readEnd(bytes, lines, kinds)
  const records = readRecords(lines, kinds)
  const counts = countsOf(kinds, records)
  for (const [name, found] of Object.entries(counts)) {
    if (found !== expected[name]) {
      damaged(`found ${found} ${name}, its end line says ${expected[name]}`)
    }
  }
  return { header, records }
}

/** Returns the number of records of each kind, by its plural. */
function countsOf(
  kinds: readonly string[],
  records: readonly { readonly type: string }[],
): Record<string, number> {
  return Object.fromEntries(
    kinds.map((kind) => [`${kind}s`, records.filter(({ type }) => type === kind).length]),
  )
}

/** Returns the counts of the end line. Throws an ArchiveError unless its digest is that of the content. */
function readEnd(
  bytes: Uint8Array,
  lines: readonly Uint8Array[],
  kinds: readonly string[],
): Readonly<Record<string, number>> {
  const count = z.int().nonnegative()
  const counts = Object.fromEntries(kinds.map((kind) => [`${kind}s`, count]))
  const schema = z.strictObject({ type: z.literal('end'), digest: z.string(), ...counts })
  const last = lines.length - 1
  const end = schema.safeParse(bytes.at(-1) === NEWLINE ? parsedLine(lines, last) : undefined)
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
  const { type: _type, digest: expected, ...found } = end.data
  if (digest !== expected) {
    damaged(`found content of digest ${digest}, its end line says "${expected}"`)
  }
  return z.record(z.string(), count).parse(found)
}

function readRecords<Kind extends string>(
  lines: readonly Uint8Array[],
  kinds: readonly Kind[],
): FoundRecord<Kind>[] {
  return lines.slice(1, -1).map((_, index) => {
    const { type: found, ...record } = parsedLine(lines, index + 1)
    const where = `line ${index + 2}`
    const type = kinds.find((kind) => kind === found)
    if (type !== undefined) return { type, record, where }
    return damaged(`${where} is neither ${kinds.map((kind) => `a ${kind}`).join(' nor ')}`)
  })
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
