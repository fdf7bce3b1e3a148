/** The database's form, and the steps that bring an older one to it. */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb'
import { z } from 'zod'
import type { Clip, Label, Session } from '../alignment/labels/index.ts'
import { recipeSchema } from '../procedure/manifest.ts'

export const DATABASE_NAME = 'jumppad'

/** A training that was started from the page. */
export const runSchema = z.strictObject({
  id: z.uuid(),
  version: z.literal(1),
  stage: z.string(),
  recipe: recipeSchema,
  createdAt: z.iso.datetime({ precision: 3 }),
  /** What its files are named after in the `files` store. */
  files: z.string(),
})
export type Run = Readonly<z.infer<typeof runSchema>>

export interface LabSchema extends DBSchema {
  /** The log, keyed by the order in which entries were committed. */
  labels: {
    key: number
    value: Label
    indexes: {
      'by-id': string
      'by-session': string
      /** Corrections only: other entries lack `corrects` and so are not in it. */
      'corrections-by-session': [string, string]
    }
  }
  clips: { key: string; value: Clip }
  sessions: { key: string; value: Session }
  /** Whatever a page remembers; each reader checks what it reads. */
  settings: { key: string; value: unknown }
  runs: { key: string; value: Run }
  files: { key: string; value: Uint8Array }
}

export type LabStore = StoreNames<LabSchema>
export type LabConnection = IDBPDatabase<LabSchema>
type Upgrade = IDBPTransaction<LabSchema, LabStore[], 'versionchange'>

/**
 * Step n brings version n to n + 1; version 0 is an empty database. A step that was once released
 * never changes: new ones are added at the end.
 */
const STEPS: readonly ((connection: LabConnection, upgrade: Upgrade) => void)[] = [
  (connection) => {
    const labels = connection.createObjectStore('labels', { autoIncrement: true })
    labels.createIndex('by-id', 'id', { unique: true })
    connection.createObjectStore('clips', { keyPath: 'id' })
    connection.createObjectStore('sessions', { keyPath: 'id' })
    connection.createObjectStore('settings')
  },
  (connection, upgrade) => {
    const labels = upgrade.objectStore('labels')
    labels.createIndex('by-session', 'session')
    labels.createIndex('corrections-by-session', ['session', 'corrects'])
    connection.createObjectStore('runs', { keyPath: 'id' })
    connection.createObjectStore('files')
  },
]

export const DATABASE_VERSION = STEPS.length

/** Takes all steps that a database of version `from` still lacks. */
export function migrate(connection: LabConnection, upgrade: Upgrade, from: number): void {
  for (const step of STEPS.slice(from)) step(connection, upgrade)
}
