/** The whole log out of the browser and into it, and how much of it is in no file yet. */
import { z } from 'zod'
import { clipSchema, labelSchema, sessionSchema } from '../alignment/labels/index.ts'
import {
  type Archive,
  decodeArchive,
  headerOf,
  type Merge,
  mergeContents,
  wholePart,
} from './archive/index.ts'
import type { LabDatabase, Reading, Writing } from './database.ts'
import { readable } from './records.ts'

/** What is exported, to be encoded as one kind of file or the other. */
export interface Export {
  readonly archive: Archive
  /** Records that had to be left out: those that cannot be read, and labels that need them. */
  readonly leftOut: number
  /** The last entry of the log that is in it; for `noteBackup`. */
  readonly upTo: number
}

/** Where `noteBackup` remembers the last entry that is in a file. */
const BACKUP = 'backup'
const backupSchema = z.object({ upTo: z.int().nonnegative() })

/** All labels with their clips and sessions, as they stand in one moment. */
export function exportLabels(
  database: LabDatabase,
  app: string,
  createdAt: string,
): Promise<Export> {
  return database.read(['labels', 'clips', 'sessions'], async (transaction) => {
    const [{ contents, unreadable }, upTo] = await Promise.all([
      readContents(transaction),
      lastEntry(transaction),
    ])
    const { whole, leftOut } = wholePart(contents)
    const archive = { header: headerOf(app, createdAt), ...whole }
    return { archive, leftOut: unreadable + leftOut, upTo }
  })
}

/**
 * Merges a file into what is kept, in one transaction: all of it or, with an ArchiveError or a
 * StorageError, nothing. Of records with the same id that differ, those kept here stay; they are
 * reported.
 */
export async function importLabels(database: LabDatabase, bytes: Uint8Array): Promise<Merge> {
  const incoming = decodeArchive(bytes)
  return database.write(['labels', 'clips', 'sessions', 'settings'], async (transaction) => {
    const { contents } = await readContents(transaction)
    const last = await lastEntry(transaction)
    const merge = mergeContents(contents, incoming)
    const { sessions, clips, labels } = merge.added
    await Promise.all([
      ...sessions.map((session) => transaction.objectStore('sessions').put(session)),
      ...clips.map((clip) => transaction.objectStore('clips').put(clip)),
      ...labels.map((label) => transaction.objectStore('labels').add(label)),
    ])
    // What came from a file is in a file; entries made here before it keep their reminder.
    if (last === (await backedUpTo(transaction)))
      await note(transaction, await lastEntry(transaction))
    return merge
  })
}

/** Remembers that the log up to an entry is in a file that was handed to the user. */
export function noteBackup(database: LabDatabase, upTo: number): Promise<void> {
  return database.write(['settings'], (transaction) => note(transaction, upTo))
}

/** Entries of the log that are in no file yet. */
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
  const log = readable(labelSchema, labels)
  const pool = readable(clipSchema, clips)
  const sittings = readable(sessionSchema, sessions)
  const contents = { sessions: sittings.records, clips: pool.records, labels: log.records }
  return { contents, unreadable: log.unreadable + pool.unreadable + sittings.unreadable }
}

/** The key of the newest entry; 0 of an empty log. */
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
