/** The log of labels: entries are added, none is ever changed or taken out. */
import {
  type Clip,
  clipSchema,
  type Label,
  labelSchema,
  type Session,
  sessionSchema,
} from '../alignment/labels/index.ts'
import type { LabDatabase, Reading } from './database.ts'
import { type Kept, readable } from './records.ts'
import { firstProblem, isSame } from './same.ts'

/** An entry that no later try can save, as one of its records is not as it would have to be. */
export class InvalidEntryError extends Error {
  override readonly name = 'InvalidEntryError'
}

/** A label with all that it speaks of, so that one commit keeps the whole. */
export interface LabelEntry {
  readonly label: Label
  readonly session: Session
  /** The pair, first and second. */
  readonly clips: readonly [Clip, Clip]
}

/**
 * Adds an entry to the log, with its clips and its session. Resolves after the commit with the
 * number of pairs that the session has answered, counted then. Saving an entry again changes
 * nothing. Rejects with a StorageError where it could not be kept, and with an Error where the
 * entry does not fit together, corrects what is not kept, or has the id of another label.
 */
export async function saveLabel(database: LabDatabase, entry: LabelEntry): Promise<number> {
  checkEntry(entry)
  const { label, session, clips } = entry
  await database.write(['labels', 'clips', 'sessions'], async (transaction) => {
    const labels = transaction.objectStore('labels')
    const kept = await labels.index('by-id').get(label.id)
    if (kept !== undefined) {
      if (isSame(kept, label)) return
      throw new Error(`Label ${label.id} is kept already and says something else: give it a new id`)
    }
    const before = label.corrects
    if (before !== undefined && (await labels.index('by-id').getKey(before)) === undefined) {
      throw new Error(`Label ${label.id} corrects ${before}, which is not kept: save that first`)
    }
    await Promise.all([
      labels.add(label),
      transaction.objectStore('sessions').put(session),
      ...clips.map((clip) => transaction.objectStore('clips').put(clip)),
    ])
  })
  return countLabels(database, session.id)
}

function checkEntry({ label, session, clips }: LabelEntry): void {
  const results = [
    labelSchema.safeParse(label),
    sessionSchema.safeParse(session),
    ...clips.map((clip) => clipSchema.safeParse(clip)),
  ]
  const error = results.find(({ success }) => !success)?.error
  if (error !== undefined) {
    throw new InvalidEntryError(`A label cannot be saved: ${firstProblem(error)}`)
  }
  const [first, second] = clips
  if (label.session !== session.id || label.first !== first.id || label.second !== second.id) {
    throw new Error(
      `A label cannot be saved: found one of clips ${label.first} and ${label.second}, expected it of ${first.id} and ${second.id} and of session ${session.id}`,
    )
  }
}

/** Pairs that are answered and committed, of one session or of all; corrections add none. */
export function countLabels(database: LabDatabase, session?: string): Promise<number> {
  return database.read(['labels'], async (transaction) => {
    const labels = transaction.objectStore('labels')
    const corrections = labels.index('corrections-by-session')
    const [entries, corrected] = await Promise.all(
      session === undefined
        ? [labels.count(), corrections.count()]
        : [
            labels.index('by-session').count(session),
            // In keys a list comes after every text.
            corrections.count(IDBKeyRange.bound([session], [session, []])),
          ],
    )
    return entries - corrected
  })
}

/** The log of one session or of all, in the order of the commits. */
export function readLabels(database: LabDatabase, session?: string): Promise<Kept<Label>> {
  return database.read(['labels'], async (transaction: Reading) => {
    const labels = transaction.objectStore('labels')
    const found =
      session === undefined ? labels.getAll() : labels.index('by-session').getAll(session)
    return readable(labelSchema, await found)
  })
}
