/**
 * Sessions, clips and settings. Records are validated on reading, because another version may have
 * written them.
 */
import type { z } from 'zod'
import type { Clip, Session } from '../alignment/labels/index.ts'
import type { LabDatabase } from './database.ts'
import { clipFormat, sessionFormat } from './formats.ts'
import { checkRecord, putUnlessNewer, type ReadResult, readAll } from './record-format.ts'

/** Saves a session, replacing one with the same id. Rejects if it does not match its schema. */
export async function saveSession(database: LabDatabase, session: Session): Promise<void> {
  checkRecord('The session', sessionFormat, session)
  await database.write(['sessions'], async (transaction) => {
    await putUnlessNewer(transaction.objectStore('sessions'), sessionFormat, session)
  })
}

/** Reads all sessions, oldest first. */
export async function readSessions(database: LabDatabase): Promise<ReadResult<Session>> {
  const found = await database.read(['sessions'], (transaction) =>
    transaction.objectStore('sessions').getAll(),
  )
  const kept = readAll(sessionFormat, found)
  return { ...kept, records: kept.records.toSorted(byTime) }
}

/**
 * Saves clips before their labels exist, for the pool of a session that can be resumed. Rejects if
 * one is invalid.
 */
export async function saveClips(database: LabDatabase, clips: readonly Clip[]): Promise<void> {
  for (const clip of clips) checkRecord(`Clip ${clip.id}`, clipFormat, clip)
  await database.write(['clips'], async (transaction) => {
    await Promise.all(clips.map((clip) => transaction.objectStore('clips').put(clip)))
  })
}

/** Reads the clips with the given ids, skipping missing ones; or all clips. */
export async function readClips(
  database: LabDatabase,
  ids?: readonly string[],
): Promise<ReadResult<Clip>> {
  const found = await database.read(['clips'], (transaction) => {
    const clips = transaction.objectStore('clips')
    return ids === undefined ? clips.getAll() : Promise.all(ids.map((id) => clips.get(id)))
  })
  return readAll(
    clipFormat,
    found.filter((clip) => clip !== undefined),
  )
}

/** Saves a structured-cloneable value under a name. */
export function saveSetting(database: LabDatabase, name: string, value: unknown): Promise<void> {
  return database.write(['settings'], async (transaction) => {
    await transaction.objectStore('settings').put(value, name)
  })
}

/** Reads the value saved under a name; undefined if there is none or it does not match the schema. */
export async function readSetting<T>(
  database: LabDatabase,
  name: string,
  schema: z.ZodType<T>,
): Promise<T | undefined> {
  const found = await database.read(['settings'], (transaction) =>
    transaction.objectStore('settings').get(name),
  )
  return schema.safeParse(found).data
}

function byTime(a: { readonly createdAt: string }, b: { readonly createdAt: string }): number {
  return a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0
}
