/** Labels with all records they reference, for transfer between browsers or to other tools. */
import { z } from 'zod'
import type { Clip, Label, Session } from '../../alignment/labels/index.ts'
import { islandProblem } from '../../alignment/map-schema.ts'
import { replay, WORLD_VERSION } from '../../island/index.ts'
import { RESULT_FORMAT } from '../../study/result.ts'
import { clipFormat, labelFormat, sessionFormat } from '../formats.ts'
import type { RecordFormat } from '../record-format.ts'
import { firstProblem } from '../same.ts'
import { damaged, refuse } from './errors.ts'

export const ARCHIVE_FORMAT = 'jumppad-labels'
/**
 * Version of the file format. Increment it when the format changes; older versions must stay readable.
 * Version 2 added strength, reasons and time away to labels, and the study to sessions; version 3 the island
 * to clips and sessions.
 */
const ARCHIVE_VERSION = 3

/** Maximum file size in bytes: about 80,000 labels, each with two clips of its own. */
export const MOST_BYTES = 256 * 1024 * 1024

/** Header of a file. */
const headerSchema = z.strictObject({
  format: z.literal(ARCHIVE_FORMAT),
  version: z.literal(ARCHIVE_VERSION),
  /** Version of Jumppad that wrote the file. */
  app: z.string().max(40),
  createdAt: z.iso.datetime({ precision: 3 }),
})
export type ArchiveHeader = Readonly<z.infer<typeof headerSchema>>

export interface ArchiveContents {
  readonly sessions: readonly Session[]
  /** All clips that the labels reference. */
  readonly clips: readonly Clip[]
  /** Label log, in which corrections come after the labels they correct. */
  readonly labels: readonly Label[]
}

export interface Archive extends ArchiveContents {
  readonly header: ArchiveHeader
}

/** Returns the header of a new file in the current format version. */
export function headerOf(app: string, createdAt: string): ArchiveHeader {
  return { format: ARCHIVE_FORMAT, version: ARCHIVE_VERSION, app, createdAt }
}

/** Header of a file, and the version of the format that the file has. */
export interface FoundHeader {
  readonly header: ArchiveHeader
  readonly written: number
}

/** Versions of the format that this release reads. */
const versionSchema = z.int().min(1).max(ARCHIVE_VERSION)

/** Validates a header. Throws an ArchiveError that distinguishes foreign, newer and damaged files. */
export function checkedHeader(found: unknown): FoundHeader {
  const named = z.looseObject({ format: z.unknown(), version: z.unknown() }).safeParse(found).data
  const written = versionSchema.safeParse(named?.version).data
  const current = written === undefined ? found : { ...named, version: ARCHIVE_VERSION }
  const read = headerSchema.safeParse(current)
  if (read.success) return { header: read.data, written: written ?? ARCHIVE_VERSION }
  if (named?.format === RESULT_FORMAT) {
    return refuse(
      'it holds the result of a study, one answer for each pair, instead of single labels',
      'choose it as the labels of a training',
    )
  }
  if (named?.format !== ARCHIVE_FORMAT) {
    return refuse(
      `it is not marked as format "${ARCHIVE_FORMAT}"`,
      'choose a file that Jumppad exported',
    )
  }
  if (typeof named.version === 'number' && named.version > ARCHIVE_VERSION) {
    return refuse(
      `found version ${named.version} of the format, expected ${ARCHIVE_VERSION} at most`,
      'it is from a newer release: open it with that release, or reload this page',
    )
  }
  return damaged(`its header is not as expected (${firstProblem(read.error)})`)
}

export const checkedSession = checker(sessionFormat)
export const checkedClip = checker(clipFormat)
export const checkedLabel = checker(labelFormat)

/** Returns a function that migrates and validates a record, or throws an ArchiveError with its location. */
function checker<T>(format: RecordFormat<T>) {
  return (found: unknown, where: string): T => {
    const read = format.read(found)
    if (read.kind === 'read') return read.record
    if (read.kind === 'invalid') return damaged(`${where} is invalid: ${read.problem}`)
    return refuse(
      `${where} is a ${format.name} of version ${read.version}, expected ${format.version} at most`,
      'it is from a newer release: open it with that release, or reload this page',
    )
  }
}

/**
 * Throws an ArchiveError if the records are inconsistent: duplicate ids, missing references or
 * invalid corrections.
 */
export function checkConsistency({ sessions, clips, labels }: ArchiveContents): void {
  const ofSession = uniqueById('session', sessions)
  const ofClip = uniqueById('clip', clips)
  uniqueById('label', labels)
  const earlier = new Map<string, Label>()
  for (const label of labels) {
    if (!ofSession.has(label.session)) lacks(label, `session ${label.session}`)
    for (const clip of [label.first, label.second]) {
      if (!ofClip.has(clip)) lacks(label, `clip ${clip}`)
    }
    if (label.corrects !== undefined) checkCorrection(label, earlier.get(label.corrects))
    earlier.set(label.id, label)
  }
}

/** Clips of a file and, in a file of labels, its sessions. */
type Played = Pick<ArchiveContents, 'clips'> & Partial<Pick<ArchiveContents, 'sessions'>>

/**
 * Throws an ArchiveError if a clip or a session is on an island that cannot be played on, or a clip of the
 * current world version ends differently when its actions are replayed.
 */
export function checkPlays({ clips, sessions = [] }: Played): void {
  for (const { id, island } of sessions) checkIsland(`session ${id}`, island?.map)
  for (const clip of clips) {
    checkIsland(`clip ${clip.id}`, clip.island)
    if (clip.worldVersion !== WORLD_VERSION) continue
    const ending = endingOf(clip)
    if (ending !== clip.ending) {
      damaged(
        `clip ${clip.id} is recorded as ending at "${clip.ending}", but when replayed it ends at "${ending}"`,
      )
    }
  }
}

function checkIsland(what: string, island: Clip['island']): void {
  const problem = island && islandProblem(island)
  if (problem !== undefined) {
    damaged(`${what} is on an island that cannot be played on: ${problem}`)
  }
}

function endingOf(clip: Clip): string {
  try {
    return replay(clip).ending
  } catch {
    // The island throws on actions after the end of an episode.
    return 'an earlier decision'
  }
}

/**
 * Returns the valid labels whose references are all valid, with only the records they reference,
 * and the number of labels left out. A file of this subset is consistent even if a clip is lost or
 * a record is invalid.
 */
export function consistentPart(contents: ArchiveContents): {
  readonly whole: ArchiveContents
  readonly leftOut: number
} {
  const sound = {
    sessions: contents.sessions.filter((session) => isReadable(sessionFormat, session)),
    clips: contents.clips.filter((clip) => isReadable(clipFormat, clip)),
  }
  const sessions = new Set(sound.sessions.map(({ id }) => id))
  const clips = new Set(sound.clips.map(({ id }) => id))
  const kept = new Map<string, Label>()
  const labels = contents.labels.filter((label) => {
    const { id, session, first, second, corrects } = label
    const isWhole =
      isReadable(labelFormat, label) &&
      sessions.has(session) &&
      clips.has(first) &&
      clips.has(second) &&
      (corrects === undefined || isCorrectionOf(label, kept.get(corrects)))
    if (isWhole) kept.set(id, label)
    return isWhole
  })
  const usedClips = new Set(labels.flatMap(({ first, second }) => [first, second]))
  const usedSessions = new Set(labels.map(({ session }) => session))
  const whole = {
    sessions: sound.sessions.filter(({ id }) => usedSessions.has(id)),
    clips: sound.clips.filter(({ id }) => usedClips.has(id)),
    labels,
  }
  return { whole, leftOut: contents.labels.length - labels.length }
}

function isReadable<T>(format: RecordFormat<T>, record: T): boolean {
  return format.read(record).kind === 'read'
}

function checkCorrection(label: Label, before: Label | undefined): void {
  if (before === undefined) lacks(label, `label ${label.corrects} before it`)
  const changed = changedField(label, before)
  if (changed !== undefined) {
    damaged(`label ${label.id} corrects ${before.id} but has a different ${changed}`)
  }
}

/** Returns a field that a correction may not change, but did. */
function changedField(label: Label, before: Label): string | undefined {
  const fields = ['session', 'first', 'second', 'left', 'question', 'labeller', 'kind'] as const
  return fields.find((field) => label[field] !== before[field])
}

function isCorrectionOf(label: Label, before: Label | undefined): boolean {
  return before !== undefined && changedField(label, before) === undefined
}

function lacks(label: Label, what: string): never {
  damaged(`label ${label.id} needs ${what}, which is missing`)
}

function uniqueById<T extends { readonly id: string }>(what: string, records: readonly T[]) {
  const found = new Map(records.map((record) => [record.id, record]))
  if (found.size === records.length) return found
  const twice = records.find((record) => found.get(record.id) !== record)
  return damaged(`${what} ${twice?.id} occurs twice`)
}
