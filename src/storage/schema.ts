/** Database schema and its migrations. */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb'
import type { Clip, Label, Session } from '../alignment/labels/index.ts'
import type { Run } from './run-record.ts'

export const DATABASE_NAME = 'jumppad'

export interface LabSchema extends DBSchema {
  /** Label log, keyed by commit order. */
  labels: {
    key: number
    value: Label
    indexes: {
      'by-id': string
      'by-session': string
      /** Index of corrections only: other entries lack `corrects` and are therefore not indexed. */
      'corrections-by-session': [string, string]
    }
  }
  clips: { key: string; value: Clip }
  sessions: { key: string; value: Session }
  /** Values saved by pages; readers validate them. */
  settings: { key: string; value: unknown }
  /**
   * Records of version 1, which no page ever wrote, have no plan and cannot be used: they stay and
   * are counted as unreadable.
   */
  runs: { key: string; value: Run; indexes: { 'by-creation': string } }
  files: { key: string; value: Uint8Array }
}

export type LabStore = StoreNames<LabSchema>

/** Names of all object stores. */
export const LAB_STORES = [
  'labels',
  'clips',
  'sessions',
  'settings',
  'runs',
  'files',
] as const satisfies readonly LabStore[]
export type LabConnection = IDBPDatabase<LabSchema>
type Upgrade = IDBPTransaction<LabSchema, LabStore[], 'versionchange'>

/**
 * Migration steps. Step n migrates version n to n + 1; version 0 is an empty database. Never change
 * a released step: append new ones.
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

/** Runs all migration steps after version `from`. */
export function migrate(connection: LabConnection, upgrade: Upgrade, from: number): void {
  for (const step of STEPS.slice(from)) step(connection, upgrade)
}
