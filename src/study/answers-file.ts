/**
 * Answers file: everything that one sitting has to hand in, as JSON Lines. A header names the study, each
 * further line is a message, and the end line has their number and a digest of all lines before it, so
 * that a file that was cut off or changed in transit is noticed. All characters are ASCII: others are
 * escaped, since mail programs change encodings.
 */
import { z } from 'zod'
import { Digest } from '../island/index.ts'
import { LARGEST_MESSAGE, type LabellerMessage, labellerMessageSchema } from './message.ts'
import type { Study } from './study.ts'

const ANSWERS_FORMAT = 'jumppad-study-answers'
/** Version of the answers file, raised whenever a line is added, removed or changes its meaning. */
const ANSWERS_VERSION = 1

/** Maximum length of an answers file in characters: far above 500 pairs with corrections. */
const LONGEST_ANSWERS_FILE = 20_000_000
/** Maximum length of a line: escapes make a message at most three times as long as its bytes. */
const LONGEST_LINE = 3 * LARGEST_MESSAGE

const titleSchema = z.string().max(120)
const formatSchema = z.looseObject({ format: z.literal(ANSWERS_FORMAT), version: z.int() })
const headerSchema = z.strictObject({
  format: z.literal(ANSWERS_FORMAT),
  version: z.literal(ANSWERS_VERSION),
  study: z.uuid(),
  title: titleSchema,
})
const endSchema = z.strictObject({
  end: z.literal(ANSWERS_FORMAT),
  messages: z.int().nonnegative(),
  digest: z.string(),
})

/** Content of an answers file. */
export interface AnswersFile {
  /** Study that the messages belong to, as the file says. */
  readonly study: { readonly id: string; readonly title: string }
  readonly messages: readonly LabellerMessage[]
}

/** Error of an answers file that cannot be used; its message is one sentence for the researcher. */
class AnswersFileError extends Error {
  override readonly name = 'AnswersFileError'
}

/** Returns the messages of a sitting as the text of a file. */
export function encodeAnswersFile(
  { id, title }: Pick<Study, 'id' | 'title'>,
  messages: readonly LabellerMessage[],
): string {
  const header = { format: ANSWERS_FORMAT, version: ANSWERS_VERSION, study: id, title }
  const body = [header, ...messages].map((line) => `${asciiJson(line)}\n`).join('')
  const end = { end: ANSWERS_FORMAT, messages: messages.length, digest: digestOf(body) }
  return `${body}${asciiJson(end)}\n`
}

/** Decodes an answers file, or throws an AnswersFileError that says what was found. */
export function decodeAnswersFile(text: string): AnswersFile {
  if (text.length > LONGEST_ANSWERS_FILE) {
    throw new AnswersFileError(
      `The answers file has ${text.length} characters, expected ${LONGEST_ANSWERS_FILE} at most: choose a file that a labeller saved.`,
    )
  }
  const lines = linesOf(text)
  const { study, title } = checkedHeader(lines[0])
  const end = endSchema.safeParse(parsed(lines.at(-1)))
  if (!end.success || lines.length < 2) {
    throw new AnswersFileError(
      `The answers file is incomplete: it stops at line ${lines.length}, before its end line; ask the labeller to send it again.`,
    )
  }
  const body = lines.slice(0, -1)
  const found = body.length - 1
  if (found !== end.data.messages) {
    return damaged(`it has ${found} messages, but its end line says ${end.data.messages}`)
  }
  if (digestOf(body.map((line) => `${line}\n`).join('')) !== end.data.digest) {
    return damaged('its content does not match the digest in its end line')
  }
  return {
    study: { id: study, title },
    messages: body.slice(1).map((line, place) => checkedMessage(line, place + 2, study)),
  }
}

/** Returns the lines without what mail programs and editors add: a mark in front, CRs, and empty lines at the end. */
function linesOf(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/)
}

function checkedHeader(line: string | undefined): z.infer<typeof headerSchema> {
  const found = parsed(line)
  const mark = formatSchema.safeParse(found).data
  if (mark === undefined) {
    throw new AnswersFileError(
      `This is not a file of study answers: it is not marked as format "${ANSWERS_FORMAT}"; choose a file that a labeller saved on the page of the study.`,
    )
  }
  if (mark.version > ANSWERS_VERSION) {
    throw new AnswersFileError(
      `The answers file has version ${mark.version}, but this release reads version ${ANSWERS_VERSION} at most: reload the page to get the newest release.`,
    )
  }
  const header = headerSchema.safeParse(found)
  return header.success ? header.data : damaged('its header names no study')
}

function checkedMessage(line: string, number: number, study: string): LabellerMessage {
  const read = labellerMessageSchema.safeParse(parsed(line))
  if (!read.success) return damaged(`its line ${number} is not a message of a labeller`)
  if (read.data.study !== study) return damaged(`its line ${number} belongs to another study`)
  return read.data
}

function damaged(why: string): never {
  throw new AnswersFileError(
    `The answers file is damaged: ${why}; ask the labeller to send it again.`,
  )
}

function parsed(line: string | undefined): unknown {
  if (line === undefined || line.length > LONGEST_LINE) return undefined
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u0080-\uFFFF]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Returns the digest of a text by its UTF-16 code units. */
function digestOf(text: string): string {
  const bytes = new Uint8Array(2 * text.length)
  for (let place = 0; place < text.length; place++) {
    const unit = text.charCodeAt(place)
    bytes[2 * place] = unit & 0xff
    bytes[2 * place + 1] = unit >> 8
  }
  const digest = new Digest()
  digest.addBytes(bytes)
  return digest.hex()
}
