/** State of the browser's database in tests: cleared, deleted, refused, outdated, or on a full disk. */
import { vi } from 'vitest'
import { cleanup } from 'vitest-browser-react'
import { awaitLabelling, LAB_STORES } from '../../storage/index.ts'
import { DATABASE_NAME } from '../../storage/schema.ts'
import { labDatabase } from '../data/database.ts'

/** Unmounts the open page; resolves once none of its writes are pending. */
export async function leavePage(): Promise<void> {
  // Restores the disk and the database, so that pending writes can complete.
  emptyDisk()
  for (const release of withheld.splice(0)) release()
  await cleanup()
  // The labelling desk releases its lock after the last label was saved.
  const claim = await awaitLabelling(navigator.locks, new AbortController().signal)
  claim.release()
  // A read transaction runs after all pending writes.
  const database = await labDatabase()
  await database.read([...LAB_STORES], async () => {}).catch(() => undefined)
  await database.close()
}

/** Unmounts the open page and deletes the database, as on a first visit. */
export async function forgetDatabase(): Promise<void> {
  await leavePage()
  await deleteDatabase()
}

/** Deletes the database while pages have it open, as when a visitor clears the site's data. */
export function deleteDatabase(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(DATABASE_NAME)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })
}

/** Callbacks that restore access to the database, or make up for what was suspended. */
const withheld: (() => void)[] = []

/** Makes opening the database fail until `leavePage`, as in private windows of some browsers. */
export function forbidDatabase(): void {
  const forbidden = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('A mutation operation was attempted.', 'InvalidStateError')
  })
  withheld.push(() => forbidden.mockRestore())
}

/** Keeps the database open in version 1 until `leavePage`, as a tab does that blocks an upgrade. */
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

/** Makes every `add` fail with `QuotaExceededError` until `emptyDisk` or `leavePage`. */
export function fillDisk(): void {
  IDBObjectStore.prototype.add = () => {
    throw new DOMException('The disk is full.', 'QuotaExceededError')
  }
}

export function emptyDisk(): void {
  IDBObjectStore.prototype.add = add
}

/** Suspends timers of this many milliseconds until `leavePage`, such as those that retry what was refused. */
export function holdTimers(milliseconds: number): void {
  const { setTimeout } = window
  const spy = vi.spyOn(window, 'setTimeout').mockImplementation((handler, delay, ...rest) => {
    const isHeld = delay === milliseconds
    if (isHeld) withheld.push(() => handler(...rest))
    return Reflect.apply(setTimeout, window, isHeld ? [() => undefined] : [handler, delay, ...rest])
  })
  withheld.push(() => spy.mockRestore())
}
