/** The browser's database between tests, cleared under a page, and on a full disk. */
import { vi } from 'vitest'
import { cleanup } from 'vitest-browser-react'
import { awaitLabelling, LAB_STORES } from '../../storage/index.ts'
import { DATABASE_NAME } from '../../storage/schema.ts'
import { labDatabase } from '../data/database.ts'

/** Leaves the page that is open, and returns once nothing of it is on its way to the disk. */
export async function leavePage(): Promise<void> {
  // What could not be saved is waited for.
  emptyDisk()
  for (const release of withheld.splice(0)) release()
  await cleanup()
  // The labelling desk releases its lock after the last label was saved.
  const claim = await awaitLabelling(navigator.locks, new AbortController().signal)
  claim.release()
  // Reading takes its turn after all that is being written.
  const database = await labDatabase()
  await database.read([...LAB_STORES], async () => {}).catch(() => undefined)
  await database.close()
}

/** Leaves the page that is open, and the browser as on a first visit. */
export async function forgetDatabase(): Promise<void> {
  await leavePage()
  await deleteDatabase()
}

/** Deletes the database under whoever has it open, as it is when the visitor clears the page's data. */
export function deleteDatabase(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(DATABASE_NAME)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })
}

/** What lets the page have its database again. */
const withheld: (() => void)[] = []

/** Has the browser refuse its database until the page is left, as private windows of some browsers do. */
export function forbidDatabase(): void {
  const forbidden = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('A mutation operation was attempted.', 'InvalidStateError')
  })
  withheld.push(() => forbidden.mockRestore())
}

/** Holds the database in an older form until the page is left, as a tab does that does not let go. */
export function holdOlderDatabase(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE_NAME, 1)
    request.onupgradeneeded = () => {
      const labels = request.result.createObjectStore('labels', { autoIncrement: true })
      labels.createIndex('by-id', 'id', { unique: true })
      request.result.createObjectStore('clips', { keyPath: 'id' })
      request.result.createObjectStore('sessions', { keyPath: 'id' })
      request.result.createObjectStore('settings')
    }
    request.onsuccess = () => {
      withheld.push(() => request.result.close())
      resolve()
    }
    request.onerror = () => reject(request.error)
  })
}

const { add } = IDBObjectStore.prototype

/** Refuses to add anything, as a full disk does, until that is emptied or the page is left. */
export function fillDisk(): void {
  IDBObjectStore.prototype.add = () => {
    throw new DOMException('The disk is full.', 'QuotaExceededError')
  }
}

export function emptyDisk(): void {
  IDBObjectStore.prototype.add = add
}
