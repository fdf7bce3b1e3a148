import 'fake-indexeddb/auto'
import { forceCloseDatabase } from 'fake-indexeddb'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { madeUpId, madeUpSession } from '../alignment/labels/testing/made-up-labels.ts'
import {
  countLabels,
  databaseStore,
  LabDatabase,
  readLabels,
  readSetting,
  StorageError,
  saveLabel,
  saveSetting,
} from './index.ts'
import { DATABASE_VERSION } from './schema.ts'
import { madeUpCorrection, madeUpEntry } from './testing/made-up-archive.ts'

let names = 0
const open: LabDatabase[] = []

/** Opens a new database, or an existing one as another tab would. */
function tab(name = `test ${names++}`) {
  const notices: string[] = []
  const database = new LabDatabase({ name, patience: 30 })
  database.onNotice(({ problem }) => notices.push(problem))
  open.push(database)
  return { database, name, notices }
}

afterEach(async () => {
  vi.restoreAllMocks()
  await Promise.all(open.splice(0).map((database) => database.close()))
})

/** Opens a plain IndexedDB connection, as an older or newer page would. */
function connection(name: string, version?: number, upgrade?: (db: IDBDatabase) => void) {
  return new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, version)
    request.onupgradeneeded = () => upgrade?.(request.result)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** Schema of version 1 as it was released. Never change it. */
function versionOne(db: IDBDatabase): void {
  db.createObjectStore('labels', { autoIncrement: true }).createIndex('by-id', 'id', {
    unique: true,
  })
  db.createObjectStore('clips', { keyPath: 'id' })
  db.createObjectStore('sessions', { keyPath: 'id' })
  db.createObjectStore('settings')
}

async function fillVersionOne(name: string): Promise<IDBDatabase> {
  const db = await connection(name, 1, versionOne)
  const transaction = db.transaction(['labels', 'clips', 'sessions', 'settings'], 'readwrite')
  const second = madeUpEntry(2)
  for (const { label, clips, session } of [
    madeUpEntry(1),
    second,
    madeUpCorrection(second, 3, 'tie'),
  ]) {
    transaction.objectStore('labels').add(label)
    for (const clip of clips) transaction.objectStore('clips').put(clip)
    transaction.objectStore('sessions').put(session)
  }
  transaction.objectStore('settings').put(2, 'speed')
  await new Promise((resolve) => {
    transaction.oncomplete = resolve
  })
  return db
}

describe('migrations', () => {
  it('upgrade a database of version 1 to the current version with all its data', async () => {
    const { database, name } = tab()
    const old = await fillVersionOne(name)
    old.close()
    const { records, unreadable } = await readLabels(database, madeUpSession().id)
    expect(records.map(({ id }) => id)).toEqual([1, 2, 3].map(madeUpId))
    expect(unreadable).toBe(0)
    expect(await countLabels(database, madeUpSession().id)).toBe(2)
    expect(await saveLabel(database, madeUpEntry(4))).toBe(3)
    expect(await readSetting(database, 'speed', z.number())).toBe(2)
    await databaseStore(database, 'run').write('a', Uint8Array.of(1))
    expect((await connection(name)).version).toBe(DATABASE_VERSION)
  })

  it('wait only a limited time for an older tab, and continue once it is closed', async () => {
    const { database, name } = tab()
    const old = await fillVersionOne(name)
    await expect(countLabels(database)).rejects.toMatchObject({ problem: 'blocked' })
    // Any later attempt by this page would wait behind that request forever.
    await expect(countLabels(database)).rejects.toMatchObject({ problem: 'blocked' })
    await expect(countLabels(tab(name).database)).rejects.toMatchObject({ problem: 'blocked' })
    old.close()
    await vi.waitFor(async () => expect(await countLabels(database)).toBe(2))
  })

  it('wait only a limited time for another tab’s migration', async () => {
    const { database, name } = tab()
    const old = await fillVersionOne(name)
    const other = indexedDB.open(name, DATABASE_VERSION + 1)
    await expect(countLabels(database)).rejects.toMatchObject({ problem: 'queued' })
    old.close()
    await new Promise((done) => {
      other.onsuccess = done
    })
    other.result.close()
  })

  it('are refused in a private window, which is reported as such and not as a closed connection', async () => {
    const { database } = tab()
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('A mutation operation was attempted', 'InvalidStateError')
    })
    await expect(countLabels(database)).rejects.toMatchObject({ problem: 'unavailable' })
  })

  it('are left to the newer tab: the older one closes its connection, says so and saves nothing', async () => {
    const { database, name, notices } = tab()
    await saveLabel(database, madeUpEntry(1))
    const newer = await connection(name, DATABASE_VERSION + 1)
    expect(notices).toEqual(['outdated'])
    await expect(saveLabel(database, madeUpEntry(2))).rejects.toMatchObject({ problem: 'outdated' })
    newer.close()
    await expect(countLabels(tab(name).database)).rejects.toMatchObject({ problem: 'newer' })
  })
})

describe('saveLabel', () => {
  it('writes with strict durability, and counts after the commit', async () => {
    const { database } = tab()
    await saveLabel(database, madeUpEntry(1))
    const events: string[] = []
    const begin = IDBDatabase.prototype.transaction
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
      this: IDBDatabase,
      ...call
    ) {
      const transaction = begin.apply(this, call)
      events.push(`${transaction.mode} ${transaction.durability}`)
      transaction.addEventListener('complete', () => events.push(`${transaction.mode} committed`))
      return transaction
    })
    database.onChange((stores) => events.push(`told of ${stores[0]}`))
    expect(await saveLabel(database, madeUpEntry(2))).toBe(2)
    expect(events).toEqual([
      'readwrite strict',
      'readwrite committed',
      'told of labels',
      'readonly default',
      'readonly committed',
    ])
  })

  it('does not count an aborted write, or report it to other tabs', async () => {
    const { database } = tab()
    await saveLabel(database, madeUpEntry(1))
    const told = vi.fn()
    database.onChange(told)
    const put = IDBObjectStore.prototype.put
    const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...call
    ) {
      const request = put.apply(this, call)
      request.addEventListener('success', () => this.transaction.abort())
      return request
    })
    await expect(saveLabel(database, madeUpEntry(2))).rejects.toThrow('nothing was saved')
    expect(told).not.toHaveBeenCalled()
    spy.mockRestore()
    expect(await countLabels(database)).toBe(1)
  })

  it('reports that the disk is full, and keeps the existing data', async () => {
    const { database } = tab()
    await saveLabel(database, madeUpEntry(1))
    const add = IDBObjectStore.prototype.add
    const spy = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (
      this: IDBObjectStore,
      ...call
    ) {
      // fake-indexeddb has no quota; this is its internal way to abort a transaction with a browser error.
      const transaction = this.transaction as IDBTransaction & { _abort(reason: string): void }
      const request = add.apply(this, call)
      request.addEventListener('success', () => transaction._abort('QuotaExceededError'))
      return request
    })
    const failure = saveLabel(database, madeUpEntry(2))
    await expect(failure).rejects.toThrow(StorageError)
    await expect(failure).rejects.toMatchObject({ problem: 'full' })
    await expect(failure).rejects.toThrow(/^Nothing was saved: .* is full\. Export your labels/)
    spy.mockRestore()
    expect(await saveLabel(database, madeUpEntry(2))).toBe(2)
  })

  it('accepts the same entry twice as one, and refuses a conflicting one', async () => {
    const { database } = tab()
    const entry = madeUpEntry(1)
    await saveLabel(database, entry)
    expect(await saveLabel(database, entry)).toBe(1)
    const other = { ...entry, label: { ...entry.label, verdict: 'tie' } as const }
    await expect(saveLabel(database, other)).rejects.toThrow('already saved with different content')
    const lost = madeUpCorrection(madeUpEntry(5), 6, 'tie')
    await expect(saveLabel(database, lost)).rejects.toThrow('save that one first')
    const swapped = { ...madeUpEntry(2), clips: madeUpEntry(3).clips }
    await expect(saveLabel(database, swapped)).rejects.toThrow('it refers to clips')
    expect(await saveLabel(database, madeUpCorrection(entry, 7, 'tie'))).toBe(1)
    expect((await readLabels(database)).records).toHaveLength(2)
  })

  it('counts each session separately, and continues past an unreadable record', async () => {
    const { database, name } = tab()
    const other = madeUpSession({ id: madeUpId(0xeee) })
    await saveLabel(database, madeUpEntry(1))
    expect(await saveLabel(database, madeUpEntry(2, other))).toBe(1)
    expect(await countLabels(database)).toBe(2)
    const raw = await connection(name)
    raw.transaction('labels', 'readwrite').objectStore('labels').add({ id: 'x', version: 99 })
    raw.close()
    expect(await readLabels(database)).toMatchObject({ unreadable: 1, records: { length: 2 } })
  })
})

it('finishes pending writes before it closes, and notifies other tabs', async () => {
  const { database, name } = tab()
  const other = tab(name)
  await saveLabel(database, madeUpEntry(1))
  const heard = new Promise((resolve) => other.database.onChange(resolve))
  const writing = saveSetting(database, 'late', { there: true })
  await database.close()
  await writing
  expect(await heard).toEqual(['settings'])
  expect(await readSetting(other.database, 'late', z.object({ there: z.boolean() }))).toEqual({
    there: true,
  })
})

describe('a connection that breaks', () => {
  it('is reopened once, and the saved data is available', async () => {
    const { database, notices } = tab()
    await saveLabel(database, madeUpEntry(1))
    const begin = IDBDatabase.prototype.transaction
    const spy = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
      this: IDBDatabase,
      ...call
    ) {
      spy.mockRestore()
      const transaction = begin.apply(this, call)
      // The type declares the class, but the implementation takes an instance.
      forceCloseDatabase(this as never)
      return transaction
    })
    expect(await saveLabel(database, madeUpEntry(2))).toBe(2)
    expect(notices).toEqual([])
  })

  it('reports that data was cleared, and still saves the current label with everything it needs', async () => {
    const { database, name, notices } = tab()
    await saveLabel(database, madeUpEntry(1))
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(name).onsuccess = resolve
    })
    expect(await saveLabel(database, madeUpEntry(2))).toBe(1)
    expect(notices).toEqual(['cleared'])
  })

  it('is distinguished from a browser without a database', async () => {
    vi.stubGlobal('indexedDB', undefined)
    await expect(countLabels(tab().database)).rejects.toMatchObject({ problem: 'unavailable' })
    vi.unstubAllGlobals()
  })
})
