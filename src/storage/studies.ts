/** Studies, sittings and gathered messages in the database. */
import type { Label } from '../alignment/labels/index.ts'
import type { StudyMessage } from '../study/message.ts'
import type { LabDatabase } from './database.ts'
import { labelFormat } from './formats.ts'
import { checkRecord, putUnlessNewer, type ReadResult, readAll, readOne } from './record-format.ts'
import { draftRange, dropDraftIn } from './study-drafts.ts'
import {
  type Sitting,
  type StudyEntry,
  sittingFormat,
  studyEntryFormat,
  studyMessageFormat,
} from './study-records.ts'

/** Error of a study that was not saved, as the stored one is not the one that it was meant to replace. */
export class StudyChangedError extends Error {
  override readonly name = 'StudyChangedError'

  constructor(title: string) {
    super(
      `The study “${title}” was changed in another tab meanwhile, so nothing was saved here: check it, and try again.`,
    )
  }
}

/**
 * Saves a study of the researcher in place of `replaced`, which is undefined for a new one. Rejects with a
 * `StudyChangedError` if another one is stored by then, and with an Error if a newer release has saved it.
 * If it is what a tab has typed, that tab's draft ends with it.
 */
export async function saveStudy(
  database: LabDatabase,
  entry: StudyEntry,
  replaced: StudyEntry | undefined,
  tab?: string,
): Promise<void> {
  checkRecord('The study', studyEntryFormat, entry)
  await database.write(['studies', 'settings'], async (transaction) => {
    const studies = transaction.objectStore('studies')
    const stored = studyEntryFormat.read(await studies.get(entry.id))
    if (stored.kind === 'newer') {
      throw new Error(
        `The study “${entry.study.title}” was not saved, as a newer version of Jumppad has saved it in this browser: reload the page to get the newest version.`,
      )
    }
    const current = stored.kind === 'read' ? stored.record : undefined
    if (current?.changedAt !== replaced?.changedAt) throw new StudyChangedError(entry.study.title)
    await studies.put(entry)
    if (tab !== undefined) await dropDraftIn(transaction, entry.id, tab)
  })
}

/** Reads all studies of the researcher, the one changed last first. */
export async function readStudies(database: LabDatabase): Promise<ReadResult<StudyEntry>> {
  const found = await database.read(['studies'], (transaction) =>
    transaction.objectStore('studies').getAll(),
  )
  const read = readAll(studyEntryFormat, found)
  const records = read.records.toSorted((a, b) => (a.changedAt < b.changedAt ? 1 : -1))
  return { ...read, records }
}

/** Deletes a study of the researcher together with its drafts and everything that was gathered for it. */
export function deleteStudy(database: LabDatabase, id: string): Promise<void> {
  return database.write(['studies', 'gathered', 'settings'], async (transaction) => {
    await Promise.all([
      transaction.objectStore('settings').delete(draftRange(id)),
      transaction.objectStore('studies').delete(id),
      transaction.objectStore('gathered').delete(IDBKeyRange.bound([id], [id, []])),
    ])
  })
}

/** Saves a sitting, replacing its earlier state. */
export async function saveSitting(database: LabDatabase, sitting: Sitting): Promise<void> {
  checkRecord('The session', sittingFormat, sitting)
  await database.write(['sittings'], async (transaction) => {
    await putUnlessNewer(transaction.objectStore('sittings'), sittingFormat, sitting)
  })
}

/**
 * Changes a sitting in one transaction, so that two writers do not undo each other's changes; undefined
 * where there is no such sitting that this release can read.
 */
export async function changeSitting(
  database: LabDatabase,
  id: string,
  change: (sitting: Sitting) => Sitting,
): Promise<Sitting | undefined> {
  return database.write(['sittings'], async (transaction) => {
    const sittings = transaction.objectStore('sittings')
    const found = readOne(sittingFormat, await sittings.get(id))
    if (found === undefined) return undefined
    const changed = change(found)
    checkRecord('The session', sittingFormat, changed)
    await sittings.put(changed)
    return changed
  })
}

/**
 * Notes in a sitting that everything up to an entry of the label log is sent. Has no effect where the log
 * has another label, or none, under that key: after the browser cleared its data, keys start at 1 again.
 * Resolves to the sitting; undefined where there is none that this release can read.
 */
export async function noteSent(
  database: LabDatabase,
  id: string,
  { key, label }: LoggedLabel,
): Promise<Sitting | undefined> {
  return database.write(['sittings', 'labels'], async (transaction) => {
    const sittings = transaction.objectStore('sittings')
    const sitting = readOne(sittingFormat, await sittings.get(id))
    const logged = readOne(labelFormat, await transaction.objectStore('labels').get(key))
    if (!sitting || logged?.id !== label.id) return sitting
    const upTo = Math.max(sitting.sent.upTo, key)
    const changed = { ...sitting, sent: { ...sitting.sent, upTo } }
    await sittings.put(changed)
    return changed
  })
}

/** Deletes a sitting, as of somebody who does not want to take part. */
export function deleteSitting(database: LabDatabase, id: string): Promise<void> {
  return database.write(['sittings'], (transaction) =>
    transaction.objectStore('sittings').delete(id),
  )
}

/** Reads all sittings of this browser. */
export async function readSittings(database: LabDatabase): Promise<ReadResult<Sitting>> {
  const found = await database.read(['sittings'], (transaction) =>
    transaction.objectStore('sittings').getAll(),
  )
  return readAll(sittingFormat, found)
}

/** Entry of the label log with its key, by which commits are ordered. */
export interface LoggedLabel {
  readonly key: number
  readonly label: Label
}

/** Reads the committed labels of a session after a key of the log, in commit order. */
export async function readLabelsAfter(
  database: LabDatabase,
  session: string,
  after: number,
): Promise<LoggedLabel[]> {
  return database.read(['labels'], async (transaction) => {
    const index = transaction.objectStore('labels').index('by-session')
    const found: LoggedLabel[] = []
    let cursor = await index.openCursor(IDBKeyRange.only(session))
    while (cursor !== null) {
      const label = readOne(labelFormat, cursor.value)
      if (cursor.primaryKey > after && label) found.push({ key: cursor.primaryKey, label })
      cursor = await cursor.continue()
    }
    return found
  })
}

/**
 * Adds messages to those gathered for their studies. A message whose id is there already is left as it
 * is. Returns those that were new.
 */
export async function gather(
  database: LabDatabase,
  messages: readonly StudyMessage[],
): Promise<readonly StudyMessage[]> {
  for (const message of messages) checkRecord('The message', studyMessageFormat, message)
  return database.write(['gathered'], async (transaction) => {
    const store = transaction.objectStore('gathered')
    const added: StudyMessage[] = []
    for (const message of messages) {
      if ((await store.getKey([message.study, message.id])) !== undefined) continue
      await store.put(message)
      added.push(message)
    }
    return added
  })
}

/** Reads all messages gathered for a study. */
export async function readGathered(
  database: LabDatabase,
  study: string,
): Promise<ReadResult<StudyMessage>> {
  const found = await database.read(['gathered'], (transaction) =>
    transaction.objectStore('gathered').getAll(IDBKeyRange.bound([study], [study, []])),
  )
  return readAll(studyMessageFormat, found)
}
