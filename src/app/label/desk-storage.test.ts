import 'fake-indexeddb/auto'
import { forceCloseDatabase } from 'fake-indexeddb'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { madeUpId, madeUpSession } from '../../alignment/labels/testing/made-up-labels.ts'
import {
  LabDatabase,
  readLabels,
  readSessions,
  StorageError,
  saveLabel,
} from '../../storage/index.ts'
import { madeUpCorrection, madeUpEntry } from '../../storage/testing/made-up-archive.ts'
import { DeskStorage } from './desk-storage.ts'
import { useDesk } from './store.ts'

const EMPTY_DESK = useDesk.getInitialState()
const open: { storage: DeskStorage; database: LabDatabase }[] = []
let names = 0

/** Opens the desk's storage on a database, new unless named, as a tab does. */
async function tab(name = `desk ${names++}`) {
  const database = new LabDatabase({ name })
  const storage = new DeskStorage(database)
  open.push({ storage, database })
  await storage.load()
  return { storage, database, name }
}

afterEach(async () => {
  vi.restoreAllMocks()
  for (const { storage, database } of open.splice(0)) {
    storage.dispose()
    await database.close()
  }
  useDesk.setState(EMPTY_DESK, true)
})

const shown = () => useDesk.getState()

describe('the storage of the desk', () => {
  it('counts an answer as saved only after its transaction has completed', async () => {
    const { storage, database } = await tab()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const write = database.write.bind(database)
    vi.spyOn(database, 'write').mockImplementation(async (...args) => {
      await held
      return write(...args)
    })
    storage.add(madeUpEntry(1))
    expect(shown()).toMatchObject({ saved: 0, unsaved: 1 })
    expect(shown().everything).toHaveLength(1)
    release()
    await storage.outbox.drained()
    await vi.waitFor(() => expect(shown()).toMatchObject({ saved: 1, unsaved: 0 }))
    expect((await readLabels(database)).records).toEqual([madeUpEntry(1).label])
  })

  it('keeps answers in memory, in order, while the disk is full, and exports them', async () => {
    const { storage, database } = await tab()
    const full = vi.spyOn(database, 'write').mockRejectedValue(new StorageError('full'))
    const entries = [madeUpEntry(1), madeUpEntry(2)]
    for (const entry of entries) storage.add(entry)
    await vi.waitFor(() => expect(shown().saveProblem).toContain('full'))
    expect(shown()).toMatchObject({ saved: 0, unsaved: 2 })
    expect(storage.contents().labels).toEqual(entries.map(({ label }) => label))
    full.mockRestore()
    storage.outbox.retry()
    await storage.outbox.drained()
    expect((await readLabels(database)).records.map(({ id }) => id)).toEqual(
      entries.map(({ label }) => label.id),
    )
    expect(shown().saveProblem).toBeUndefined()
  })

  it('sets aside an answer that can never be saved, and saves the answers after it', async () => {
    const { storage, database } = await tab()
    const invalid = madeUpEntry(1)
    storage.add({ ...invalid, label: { ...invalid.label, responseMs: -1 } })
    storage.add(madeUpCorrection(invalid, 3, 'tie'))
    storage.add(madeUpEntry(2))
    await storage.outbox.drained()
    expect((await readLabels(database)).records).toEqual([madeUpEntry(2).label])
    expect(storage.contents().labels).toEqual([madeUpEntry(2).label])
    expect(shown().storageProblem).toMatch(/answer could not be saved/)
  })

  it('shows answers that another tab saved, and keeps answers that this tab has not saved yet', async () => {
    const { storage, name } = await tab()
    const other = await tab(name)
    vi.spyOn(storage.database, 'write').mockRejectedValue(new StorageError('full'))
    storage.add(madeUpEntry(1))
    await saveLabel(other.database, madeUpEntry(2))
    await vi.waitFor(() => expect(storage.labels).toHaveLength(2))
    expect(storage.labels.map(({ id }) => id)).toEqual([
      madeUpEntry(2).label.id,
      madeUpEntry(1).label.id,
    ])
    vi.restoreAllMocks()
    storage.outbox.retry()
    await storage.outbox.drained()
  })

  it('writes everything back when the browser clears its data while the desk is open', async () => {
    const { storage, database, name } = await tab()
    for (const n of [1, 2, 3]) storage.add(madeUpEntry(n))
    await storage.begin(madeUpSession(), undefined)
    await storage.outbox.drained()
    await clear(name)
    storage.add(madeUpEntry(4))
    await storage.outbox.drained()
    await vi.waitFor(async () => expect((await readLabels(database)).records).toHaveLength(4))
    expect((await readSessions(database)).records).toHaveLength(1)
    expect(shown().storageProblem).toMatch(/cleared/)
    await vi.waitFor(() => expect(shown()).toMatchObject({ saved: 4, unexported: 4 }))
  })

  it('resumes the unfinished session, under this browser’s labeller name', async () => {
    const { storage, name } = await tab()
    expect(await storage.current()).toBeUndefined()
    await storage.begin(madeUpSession(), undefined)
    await storage.begin(madeUpSession({ id: madeUpId(5), labeller: 'Grace' }), 'link of a study')
    const later = await tab(name)
    expect((await later.storage.current())?.id).toBe(madeUpSession().id)
    expect((await later.storage.sessionOfLink('link of a study'))?.id).toBe(madeUpId(5))
    expect(await later.storage.sessionOfLink('another link')).toBeUndefined()
    expect(later.storage.labeller).toMatchObject({ name: 'Grace', code: storage.labeller.code })
    await later.storage.end()
    expect(await later.storage.current()).toBeUndefined()
  })
})

/** Clears a database behind the back of its open connections, as browsers do with a site's data. */
async function clear(name: string): Promise<void> {
  const request = indexedDB.open(name)
  const connection = await new Promise<IDBDatabase>((resolve) => {
    request.onsuccess = () => resolve(request.result)
  })
  // The type declares the class, but the implementation takes an instance.
  forceCloseDatabase(connection as never)
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(name).onsuccess = resolve
  })
}
