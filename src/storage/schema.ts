/** Database schema and its migrations. */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb'
import type { Clip, Label, Session } from '../alignment/labels/index.ts'
import type { StudyMessage } from '../study/message.ts'
import type { Run } from './run-record.ts'
import type { Sitting, StudyEntry } from './study-records.ts'

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
  /** Studies of the researcher at this browser. */
  studies: { key: string; value: StudyEntry }
  /** Invitations that were opened in this browser, each with its study and how far the labeller got. */
  sittings: { key: string; value: Sitting }
  /** Messages of the researcher's studies, from collectors and files, keyed by study and message. */
  gathered: { key: [string, string]; value: StudyMessage }
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
  'studies',
  'sittings',
  'gathered',
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
  (connection) => {
    connection.createObjectStore('studies', { keyPath: 'id' })
    connection.createObjectStore('sittings', { keyPath: 'id' })
    connection.createObjectStore('gathered', { keyPath: ['study', 'id'] })
  },
]

export const DATABASE_VERSION = STEPS.length

/** Runs all migration steps after version `from`. */
export function migrate(connection: LabConnection, upgrade: Upgrade, from: number): void {
  for (const step of STEPS.slice(from)) step(connection, upgrade)
}
