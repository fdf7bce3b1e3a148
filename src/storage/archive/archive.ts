/** Labels with all that they speak of, to be carried from one browser to another or to other tools. */
import { z } from 'zod'
import {
  type Clip,
  clipSchema,
  type Label,
  labelSchema,
  type Session,
  sessionSchema,
} from '../../alignment/labels/index.ts'
import { replay, WORLD_VERSION } from '../../island/index.ts'
import { firstProblem } from '../same.ts'
import { damaged, refuse } from './errors.ts'

export const ARCHIVE_FORMAT = 'jumppad-labels'
/** Raised whenever a file's form changes; older forms stay readable. */
export const ARCHIVE_VERSION = 1

/** Files larger than this are refused: some 80,000 labels, each with two clips of its own. */
export const MOST_BYTES = 256 * 1024 * 1024

/** What a file says about itself. */
export const headerSchema = z.strictObject({
  format: z.literal(ARCHIVE_FORMAT),
  version: z.literal(ARCHIVE_VERSION),
  /** Version of the Jumppad that wrote it. */
  app: z.string().max(40),
  createdAt: z.iso.datetime({ precision: 3 }),
})
export type ArchiveHeader = Readonly<z.infer<typeof headerSchema>>

export interface ArchiveContents {
  readonly sessions: readonly Session[]
  /** Every clip that a label speaks of. */
  readonly clips: readonly Clip[]
  /** The log: corrections come after what they correct. */
  readonly labels: readonly Label[]
}

export interface Archive extends ArchiveContents {
  readonly header: ArchiveHeader
}

/** The header of a file that is written now, by this version. */
export function headerOf(app: string, createdAt: string): ArchiveHeader {
  return { format: ARCHIVE_FORMAT, version: ARCHIVE_VERSION, app, createdAt }
}

/** A header, checked; throws an ArchiveError that tells foreign, newer and damaged files apart. */
export function checkedHeader(found: unknown): ArchiveHeader {
  const read = headerSchema.safeParse(found)
  if (read.success) return read.data
  const named = z.object({ format: z.unknown(), version: z.unknown() }).safeParse(found).data
  if (named?.format !== ARCHIVE_FORMAT) {
    return refuse(
      `it does not say that it is of format "${ARCHIVE_FORMAT}"`,
      'choose a file that Jumppad exported',
    )
  }
  if (named.version !== ARCHIVE_VERSION && typeof named.version === 'number') {
    return refuse(
      `found version ${named.version} of the format, expected ${ARCHIVE_VERSION}`,
      'it is from another release: open it with that one, or reload this page',
    )
  }
  return damaged(`its header is not as expected (${firstProblem(read.error)})`)
}

export const checkedSession = checker(sessionSchema)
export const checkedClip = checker(clipSchema)
export const checkedLabel = checker(labelSchema)

/** What makes a record of what was found, or throws an ArchiveError that says where it stood. */
function checker<T>(schema: z.ZodType<T>) {
  return (found: unknown, where: string): T => {
    const read = schema.safeParse(found)
    return read.success ? read.data : damaged(`${where} is wrong ${firstProblem(read.error)}`)
  }
}

/** Throws an ArchiveError where the records do not fit together. */
export function checkWhole({ sessions, clips, labels }: ArchiveContents): void {
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

/** Throws an ArchiveError where a clip of this world does not end as its own actions do. */
export function checkPlays({ clips }: ArchiveContents): void {
  for (const clip of clips) {
    if (clip.worldVersion !== WORLD_VERSION) continue
    const ending = endingOf(clip)
    if (ending !== clip.ending) {
      damaged(
        `clip ${clip.id} says that it ends at "${clip.ending}", played again it ends at "${ending}"`,
      )
    }
  }
}

function endingOf(clip: Clip): string {
  try {
    return replay(clip).ending
  } catch {
    // The island refuses actions after an episode's end.
    return 'an earlier decision'
  }
}

/**
 * The labels that can be read again and have all they need, with just that; and how many have not. A
 * file of what is left is whole, though a clip be lost or a record be wrong.
 */
export function wholePart(contents: ArchiveContents): {
  readonly whole: ArchiveContents
  readonly leftOut: number
} {
  const sound = {
    sessions: contents.sessions.filter((session) => sessionSchema.safeParse(session).success),
    clips: contents.clips.filter((clip) => clipSchema.safeParse(clip).success),
  }
  const sessions = new Set(sound.sessions.map(({ id }) => id))
  const clips = new Set(sound.clips.map(({ id }) => id))
  const kept = new Set<string>()
  const labels = contents.labels.filter((label) => {
    const { id, session, first, second, corrects } = label
    const isWhole =
      labelSchema.safeParse(label).success &&
      sessions.has(session) &&
      clips.has(first) &&
      clips.has(second) &&
      (corrects === undefined || kept.has(corrects))
    if (isWhole) kept.add(id)
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

function checkCorrection(label: Label, before: Label | undefined): void {
  if (before === undefined) lacks(label, `label ${label.corrects} before it`)
  const fields = ['session', 'first', 'second', 'left', 'question', 'labeller', 'kind'] as const
  const changed = fields.find((field) => label[field] !== before[field])
  if (changed !== undefined) {
    damaged(`label ${label.id} corrects ${before.id} but has another ${changed}`)
  }
}

function lacks(label: Label, what: string): never {
  damaged(`label ${label.id} needs ${what}, which is missing`)
}

function uniqueById<T extends { readonly id: string }>(what: string, records: readonly T[]) {
  const found = new Map(records.map((record) => [record.id, record]))
  if (found.size === records.length) return found
  const twice = records.find((record) => found.get(record.id) !== record)
  return damaged(`${what} ${twice?.id} comes twice`)
}
