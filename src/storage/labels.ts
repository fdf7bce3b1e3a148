/** Append-only log of labels. */
import type { Clip, Label, Session } from '../alignment/labels/index.ts'
import type { LabDatabase, Reading } from './database.ts'
import { clipFormat, labelFormat, sessionFormat } from './formats.ts'
import { problemOf, putUnlessNewer, type ReadResult, readAll } from './record-format.ts'
import { isSame } from './same.ts'

/** Error of an entry with an invalid record, which no retry can save. */
export class InvalidEntryError extends Error {
  override readonly name = 'InvalidEntryError'
}

/** Label with all records it references, saved in one commit. */
export interface LabelEntry {
  readonly label: Label
  readonly session: Session
  /** Clips of the pair: first, second. */
  readonly clips: readonly [Clip, Clip]
}

/**
 * Adds an entry to the log, with its clips and its session. Resolves after the commit with the
 * session's current number of answered pairs. Saving an entry again has no effect. Rejects with a
 * StorageError if it could not be saved, with an InvalidEntryError if a record is invalid, the records
 * do not match, or another label has the same id, and with an Error if the corrected label is missing.
 */
export async function saveLabel(database: LabDatabase, entry: LabelEntry): Promise<number> {
  checkEntry(entry)
  const { label, session, clips } = entry
  await database.write(['labels', 'clips', 'sessions'], async (transaction) => {
    const labels = transaction.objectStore('labels')
    const kept = await labels.index('by-id').get(label.id)
    if (kept !== undefined) {
      if (isSame(kept, label)) return
      throw new InvalidEntryError(
        `Label ${label.id} is already saved with different content: give it a new id`,
      )
    }
    const before = label.corrects
    if (before !== undefined && (await labels.index('by-id').getKey(before)) === undefined) {
      throw new Error(
        `Label ${label.id} corrects ${before}, which is not saved: save that one first`,
      )
    }
    await Promise.all([
      labels.add(label),
      putUnlessNewer(transaction.objectStore('sessions'), sessionFormat, session),
      ...clips.map((clip) => transaction.objectStore('clips').put(clip)),
    ])
  })
  return countLabels(database, session.id)
}

function checkEntry({ label, session, clips }: LabelEntry): void {
  const problem =
    problemOf(labelFormat, label) ??
    problemOf(sessionFormat, session) ??
    clips.map((clip) => problemOf(clipFormat, clip)).find((found) => found !== undefined)
  if (problem !== undefined) throw new InvalidEntryError(`A label cannot be saved: ${problem}`)
  const [first, second] = clips
  if (label.session !== session.id || label.first !== first.id || label.second !== second.id) {
    throw new InvalidEntryError(
      `A label cannot be saved: it refers to clips ${label.first} and ${label.second}, expected ${first.id} and ${second.id} and session ${session.id}`,
    )
  }
}

/** Returns the number of pairs answered and committed, in one session or in all; corrections do not count. */
export function countLabels(database: LabDatabase, session?: string): Promise<number> {
  return database.read(['labels'], async (transaction) => {
    const labels = transaction.objectStore('labels')
    const corrections = labels.index('corrections-by-session')
    const [entries, corrected] = await Promise.all(
      session === undefined
        ? [labels.count(), corrections.count()]
        : [
            labels.index('by-session').count(session),
            // In IndexedDB keys, arrays sort after all strings.
            corrections.count(IDBKeyRange.bound([session], [session, []])),
          ],
    )
    return entries - corrected
  })
}

/** Reads the log of one session or of all, in commit order. */
export function readLabels(database: LabDatabase, session?: string): Promise<ReadResult<Label>> {
  return database.read(['labels'], async (transaction: Reading) => {
    const labels = transaction.objectStore('labels')
    const found =
      session === undefined ? labels.getAll() : labels.index('by-session').getAll(session)
    return readAll(labelFormat, await found)
  })
}
