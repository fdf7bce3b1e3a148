/** LabelExport and import of the label log, and the number of entries not yet exported. */
import { z } from 'zod'
import { fileKind } from './archive/file-kind.ts'
import {
  type Archive,
  type ArchiveContents,
  consistentPart,
  decodeArchive,
  headerOf,
  type Merge,
  mergeContents,
} from './archive/index.ts'
import type { LabDatabase, Reading, Writing } from './database.ts'
import { clipFormat, labelFormat, sessionFormat } from './formats.ts'
import { readAll } from './record-format.ts'

/** Exported archive, to be encoded in either file format. */
export interface LabelExport {
  readonly archive: Archive
  /** Number of records left out: unreadable ones, and labels that reference them. */
  readonly leftOut: number
  /** Key of the last log entry in the export, for `noteBackup`. */
  readonly upTo: number
}

/** Name of the setting in which `noteBackup` stores the last exported entry. */
const BACKUP = 'backup'
const backupSchema = z.object({ upTo: z.int().nonnegative() })

/** Exports all labels with their clips and sessions, as a consistent snapshot. */
export function exportLabels(
  database: LabDatabase,
  app: string,
  createdAt: string,
): Promise<LabelExport> {
  return database.read(['labels', 'clips', 'sessions'], async (transaction) => {
    const [{ contents, unreadable }, upTo] = await Promise.all([
      readContents(transaction),
      lastEntry(transaction),
    ])
    const { whole, leftOut } = consistentPart(contents)
    const archive = { header: headerOf(app, createdAt), ...whole }
    return { archive, leftOut: unreadable + leftOut, upTo }
  })
}

/**
 * Merges a file into the database in a single transaction: on an ArchiveError or a StorageError,
 * nothing is changed. If records with the same id differ, the existing ones are kept and the
 * conflicts are reported.
 */
export async function importLabels(database: LabDatabase, bytes: Uint8Array): Promise<Merge> {
  const incoming = await decodeLabelFile(bytes)
  return database.write(['labels', 'clips', 'sessions', 'settings'], async (transaction) => {
    const { contents, unreadableIds } = await readContents(transaction)
    const last = await lastEntry(transaction)
    const merge = mergeContents(contents, incoming, unreadableIds)
    const { sessions, clips, labels } = merge.added
    await Promise.all([
      ...sessions.map((session) => transaction.objectStore('sessions').put(session)),
      ...clips.map((clip) => transaction.objectStore('clips').put(clip)),
      ...labels.map((label) => transaction.objectStore('labels').add(label)),
    ])
    // Imported entries are already in a file, so they count as exported unless earlier local entries are not.
    if (last === (await backedUpTo(transaction)))
      await note(transaction, await lastEntry(transaction))
    return merge
  })
}

/** Decodes a file of labels in any of its formats. Rejects with an ArchiveError. */
async function decodeLabelFile(bytes: Uint8Array): Promise<Archive> {
  if (fileKind(bytes) !== 'parquet') return decodeArchive(bytes)
  const { decodeLabelsParquet } = await import('./study-files/labels-parquet.ts')
  return decodeLabelsParquet(bytes)
}

/** Records that the log up to an entry is in a file that the user has received. */
export function noteBackup(database: LabDatabase, upTo: number): Promise<void> {
  return database.write(['settings'], (transaction) => note(transaction, upTo))
}

/** Returns the number of log entries that have not been exported. */
export function countUnexported(database: LabDatabase): Promise<number> {
  return database.read(['labels', 'settings'], async (transaction) => {
    const from = await backedUpTo(transaction)
    return transaction.objectStore('labels').count(IDBKeyRange.lowerBound(from, true))
  })
}

async function readContents(transaction: Reading | Writing) {
  const [labels, clips, sessions] = await Promise.all([
    transaction.objectStore('labels').getAll(),
    transaction.objectStore('clips').getAll(),
    transaction.objectStore('sessions').getAll(),
  ])
  const kept = {
    sessions: readAll(sessionFormat, sessions),
    clips: readAll(clipFormat, clips),
    labels: readAll(labelFormat, labels),
  }
  const contents: ArchiveContents = {
    sessions: kept.sessions.records,
    clips: kept.clips.records,
    labels: kept.labels.records,
  }
  return {
    contents,
    unreadable: kept.sessions.unreadable + kept.clips.unreadable + kept.labels.unreadable,
    unreadableIds: new Set([
      ...idsWithout(sessions, contents.sessions),
      ...idsWithout(clips, contents.clips),
      ...idsWithout(labels, contents.labels),
    ]),
  }
}

interface Identified {
  readonly id: string
}

/** Returns the ids of those that were found but could not be read. */
function idsWithout(found: readonly Identified[], read: readonly Identified[]): string[] {
  const known = new Set(read.map(({ id }) => id))
  return found.map(({ id }) => id).filter((id) => !known.has(id))
}

/** Returns the key of the newest entry; 0 for an empty log. */
async function lastEntry(transaction: Reading | Writing): Promise<number> {
  const cursor = await transaction.objectStore('labels').openKeyCursor(null, 'prev')
  return cursor?.primaryKey ?? 0
}

async function backedUpTo(transaction: Reading | Writing): Promise<number> {
  const found = await transaction.objectStore('settings').get(BACKUP)
  return backupSchema.safeParse(found).data?.upTo ?? 0
}

async function note(transaction: Writing, upTo: number): Promise<void> {
  await transaction.objectStore('settings').put({ upTo }, BACKUP)
}
