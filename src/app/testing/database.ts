/** The browser's database between tests, cleared under a page, and on a full disk. */
import { cleanup } from 'vitest-browser-react'
import { awaitLabelling, LabDatabase } from '../../storage/index.ts'
import { DATABASE_NAME } from '../../storage/schema.ts'

/** Leaves the page that is open, and returns once nothing of it is on its way to the disk. */
export async function leavePage(): Promise<void> {
  // What could not be saved is waited for.
  emptyDisk()
  await cleanup()
  // The labelling desk releases its lock after the last label was saved.
  const claim = await awaitLabelling(navigator.locks, new AbortController().signal)
  claim.release()
  // Reading takes its turn after all that is being written.
  const database = new LabDatabase()
  await database.read(['labels', 'clips', 'sessions', 'settings', 'runs', 'files'], async () => {})
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
