import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { madeUpId, madeUpSession } from '../alignment/labels/testing/made-up-labels.ts'
import {
  databaseStore,
  LabDatabase,
  readSessions,
  readSetting,
  saveSession,
  saveSetting,
} from './index.ts'

let names = 0
const fresh = (): LabDatabase => new LabDatabase({ name: `records ${names++}` })

describe('sessions', () => {
  it('are read oldest first, each as last saved', async () => {
    const database = fresh()
    const time = (hour: number) => `2026-10-05T1${hour}:00:00.000Z`
    const [late, early] = [
      madeUpSession({ id: madeUpId(1), createdAt: time(2) }),
      madeUpSession({ id: madeUpId(2), createdAt: time(1) }),
    ]
    for (const session of [late, early, { ...late, goal: 80 }]) await saveSession(database, session)
    expect((await readSessions(database)).records).toEqual([early, { ...late, goal: 80 }])
  })
})

describe('settings and files', () => {
  it('are read as they were saved, except a setting of a different shape', async () => {
    const database = fresh()
    await saveSetting(database, 'keys', { like: 'a' })
    expect(await readSetting(database, 'keys', z.object({ like: z.string() }))).toEqual({
      like: 'a',
    })
    expect(await readSetting(database, 'keys', z.number())).toBeUndefined()
    expect(await readSetting(database, 'none', z.number())).toBeUndefined()
  })

  it('store a checkpoint’s bytes and no more', async () => {
    const database = fresh()
    const [store, other] = [databaseStore(database, 'a'), databaseStore(database, 'b')]
    const bytes = Uint8Array.from({ length: 100 }, (_, n) => n)
    const writing = store.write('last', bytes.subarray(10, 13))
    bytes.fill(0)
    await writing
    const read = await store.read('last')
    expect(read).toEqual(Uint8Array.of(10, 11, 12))
    expect(read?.buffer.byteLength).toBe(3)
    expect(await other.read('last')).toBeUndefined()
    await store.remove('last')
    expect(await store.read('last')).toBeUndefined()
  })
})
