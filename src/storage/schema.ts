/** The database's form, and the steps that bring an older one to it. */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb'
import type { Clip, Label, Session } from '../alignment/labels/index.ts'
import type { Run } from './run-record.ts'

export const DATABASE_NAME = 'jumppad'

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
  /**
   * Records of version 1, of which no page ever wrote one, have no plan, so nothing can be done with
   * them: they stay and are counted as unreadable.
   */
  runs: { key: string; value: Run; indexes: { 'by-creation': string } }
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
  (_connection, upgrade) => {
    upgrade.objectStore('runs').createIndex('by-creation', 'createdAt')
  },
]

export const DATABASE_VERSION = STEPS.length

/** Takes all steps that a database of version `from` still lacks. */
export function migrate(connection: LabConnection, upgrade: Upgrade, from: number): void {
  for (const step of STEPS.slice(from)) step(connection, upgrade)
}
