/** Sessions, clips, runs and settings. What is read is checked: another version may have written it. */
import type { z } from 'zod'
import { type Clip, clipSchema, type Session, sessionSchema } from '../alignment/labels/index.ts'
import type { LabDatabase } from './database.ts'
import { firstProblem } from './same.ts'

/** What was read, and how many records could not be; these stay where they are. */
export interface Kept<T> {
  readonly records: readonly T[]
  readonly unreadable: number
}

export function readable<T>(schema: z.ZodType<T>, found: readonly unknown[]): Kept<T> {
  const records = found.flatMap((record) => {
    const read = schema.safeParse(record)
    return read.success ? [read.data] : []
  })
  return { records, unreadable: found.length - records.length }
}

/** Throws an Error with a sentence where a record is not as it would have to be to be read again. */
export function checkRecord<T>(what: string, schema: z.ZodType<T>, record: T): void {
  const { error } = schema.safeParse(record)
  if (error !== undefined) throw new Error(`${what} cannot be saved: ${firstProblem(error)}.`)
}

/** Keeps a session, in the place of one with the same id. Rejects where it could not be read again. */
export async function saveSession(database: LabDatabase, session: Session): Promise<void> {
  checkRecord('The session', sessionSchema, session)
  await database.write(['sessions'], async (transaction) => {
    await transaction.objectStore('sessions').put(session)
  })
}

/** All sessions, the oldest first. */
export async function readSessions(database: LabDatabase): Promise<Kept<Session>> {
  const found = await database.read(['sessions'], (transaction) =>
    transaction.objectStore('sessions').getAll(),
  )
  const { records, unreadable } = readable(sessionSchema, found)
  return { records: records.toSorted(byTime), unreadable }
}

/** Keeps clips ahead of their labels, as for the pool of a session that will be resumed. */
export async function saveClips(database: LabDatabase, clips: readonly Clip[]): Promise<void> {
  for (const clip of clips) checkRecord(`Clip ${clip.id}`, clipSchema, clip)
  await database.write(['clips'], async (transaction) => {
    await Promise.all(clips.map((clip) => transaction.objectStore('clips').put(clip)))
  })
}

/** The clips of these ids that are kept, or all. */
export async function readClips(
  database: LabDatabase,
  ids?: readonly string[],
): Promise<Kept<Clip>> {
  const found = await database.read(['clips'], (transaction) => {
    const clips = transaction.objectStore('clips')
    return ids === undefined ? clips.getAll() : Promise.all(ids.map((id) => clips.get(id)))
  })
  return readable(
    clipSchema,
    found.filter((clip) => clip !== undefined),
  )
}

/** Remembers a value that can be cloned (plain data) under a name. */
export function saveSetting(database: LabDatabase, name: string, value: unknown): Promise<void> {
  return database.write(['settings'], async (transaction) => {
    await transaction.objectStore('settings').put(value, name)
  })
}

/** What is remembered under a name; undefined where there is nothing that the schema takes. */
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
