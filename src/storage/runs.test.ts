import 'fake-indexeddb/auto'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { madeUpClip, madeUpId, madeUpTime } from '../alignment/labels/testing/made-up-labels.ts'
import { islandNamed } from '../island/index.ts'
import {
  annotateRun,
  cancelRuns,
  changeRun,
  clearCheckpoints,
  databaseStore,
  decodeRunData,
  encodeRunData,
  LabDatabase,
  MOST_TAGS,
  readRun,
  readRunData,
  readRuns,
  removeRun,
  renameRun,
  runStore,
  saveRun,
  saveRuns,
} from './index.ts'
import { madeUpRun } from './testing/made-up-run.ts'

let names = 0
const name = (): string => `runs ${names++}`

/** Schema of version 2 as it was released. Never change it. */
function versionTwo(db: IDBDatabase): void {
  const labels = db.createObjectStore('labels', { autoIncrement: true })
  labels.createIndex('by-id', 'id', { unique: true })
  db.createObjectStore('clips', { keyPath: 'id' })
  db.createObjectStore('sessions', { keyPath: 'id' })
  db.createObjectStore('settings')
  labels.createIndex('by-session', 'session')
  labels.createIndex('corrections-by-session', ['session', 'corrects'])
  db.createObjectStore('runs', { keyPath: 'id' })
  db.createObjectStore('files')
}

describe('runs', () => {
  it('are read newest first, and one of version 1 is counted and kept', async () => {
    const database = name()
    const old = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(database, 2)
      request.onupgradeneeded = () => versionTwo(request.result)
      request.onsuccess = () => resolve(request.result)
    })
    const first = {
      ...{ id: madeUpId(9), version: 1, stage: 'reward model', recipe: { rate: 0.1 }, files: 'a' },
      createdAt: madeUpTime(3),
    }
    const transaction = old.transaction('runs', 'readwrite')
    transaction.objectStore('runs').put(first)
    await new Promise((resolve) => {
      transaction.oncomplete = resolve
    })
    old.close()
    const lab = new LabDatabase({ name: database })
    for (const n of [2, 4, 1]) await saveRun(lab, madeUpRun(n), undefined)
    const { records, unreadable } = await readRuns(lab)
    expect(records.map(({ id }) => id)).toEqual([4, 2, 1].map(madeUpId))
    expect(unreadable).toBe(1)
    expect(await renameRun(lab, madeUpId(9), 'mine')).toBeUndefined()
    expect(
      await lab.read(['runs'], (reading) => reading.objectStore('runs').get(madeUpId(9))),
    ).toEqual(first)
  })

  it('are changed relative to their current state, and not after they are deleted', async () => {
    const lab = new LabDatabase({ name: name() })
    await saveRun(lab, madeUpRun(1), undefined)
    await Promise.all(
      [1, 2].map((seconds) =>
        changeRun(lab, madeUpId(1), (run) => ({ ...run, seconds: run.seconds + seconds })),
      ),
    )
    expect((await readRun(lab, madeUpId(1)))?.seconds).toBe(3)
    expect((await renameRun(lab, madeUpId(1), '  ')) ?? {}).toMatchObject({ name: 'Run 1' })
    expect(await changeRun(lab, madeUpId(2), (run) => run)).toBeUndefined()
    expect(await readRun(lab, madeUpId(2))).toBeUndefined()
  })

  it('get tags and notes relative to their current record, and refuse invalid ones', async () => {
    const lab = new LabDatabase({ name: name() })
    const id = madeUpId(1)
    await saveRun(lab, madeUpRun(1, { tags: ['old', 'kept'] }), undefined)
    await Promise.all([
      annotateRun(lab, id, { added: ['here'], removed: ['old'] }),
      annotateRun(lab, id, { added: ['there', 'kept'] }),
      annotateRun(lab, id, { note: 'A note.' }),
    ])
    const annotated = { tags: ['kept', 'here', 'there'], note: 'A note.' }
    expect(await readRun(lab, id)).toMatchObject(annotated)
    const many = Array.from({ length: MOST_TAGS - 2 }, (_, n) => `tag ${n}`)
    for (const added of [many, ['a,b'], [''], [' a'], ['a'.repeat(41)]]) {
      await expect(annotateRun(lab, id, { added })).rejects.toThrow(
        /“Run 1” cannot be saved: at tags/,
      )
    }
    await expect(annotateRun(lab, id, { note: 'a'.repeat(2001) })).rejects.toThrow('at note')
    expect(await readRun(lab, id)).toMatchObject(annotated)
  })

  it('that a newer release wrote are neither annotated nor cancelled', async () => {
    const lab = new LabDatabase({ name: name() })
    const newer = { ...madeUpRun(1), version: 99, mood: 'bright' }
    await lab.write(['runs'], async (writing) => {
      // biome-ignore lint/suspicious/noExplicitAny: a record of a form that this release does not know
      await writing.objectStore('runs').put(newer as any)
    })
    expect(await annotateRun(lab, newer.id, { added: ['mine'] })).toBeUndefined()
    expect(await cancelRuns(lab, [newer.id])).toBe(0)
    const found = await lab.read(['runs'], (reading) => reading.objectStore('runs').get(newer.id))
    expect(found).toEqual(newer)
  })

  it('are added together or not at all, and cancelled while they wait', async () => {
    const lab = new LabDatabase({ name: name() })
    const data = { clips: [madeUpClip(1)], comparisons: [] }
    const states = ['queued', 'queued', 'running', 'done'] as const
    await saveRuns(
      lab,
      states.map((state, n) => ({ run: madeUpRun(n, { state, seconds: n }), data })),
    )
    expect(await cancelRuns(lab, [0, 1, 2, 3, 9].map(madeUpId))).toBe(2)
    const left = (await readRuns(lab)).records.map(({ id, state }) => [id, state])
    expect(left).toEqual([
      [madeUpId(3), 'done'],
      [madeUpId(2), 'running'],
      // It had been trained for a second, so its record and its checkpoint are kept.
      [madeUpId(1), 'stopped'],
    ])
    expect(await readRunData(lab, madeUpId(0))).toBeUndefined()
    expect(await readRunData(lab, madeUpId(1))).toEqual(data)
    const clone = () => {
      throw new Error('cannot be cloned')
    }
    const bad = {
      ...madeUpRun(6),
      curves: {
        get reward() {
          return clone()
        },
      },
    }
    await expect(
      saveRuns(lab, [
        { run: madeUpRun(5), data },
        { run: bad, data },
      ]),
    ).rejects.toThrow()
    expect(await readRun(lab, madeUpId(5))).toBeUndefined()
    expect(await readRunData(lab, madeUpId(5))).toBeUndefined()
  })

  it('are deleted with all their files and no others', async () => {
    const lab = new LabDatabase({ name: name() })
    const data = { clips: [madeUpClip(1)], comparisons: [] }
    for (const n of [1, 2]) {
      await saveRun(lab, madeUpRun(n), data)
      await runStore(lab, madeUpId(n)).write('a.safetensors', Uint8Array.of(n))
      await runStore(lab, madeUpId(n)).write('b.safetensors', Uint8Array.of(n))
    }
    await databaseStore(lab, 'models').write('c', Uint8Array.of(3))
    await clearCheckpoints(lab, madeUpId(1), ['b.safetensors'])
    const names = () => lab.read(['files'], (reading) => reading.objectStore('files').getAllKeys())
    const of = (n: number, file: string) => `runs/${madeUpId(n)}/${file}`
    const second = ['a.safetensors', 'b.safetensors', 'data'].map((file) => of(2, file))
    expect(await names()).toEqual(['models/c', of(1, 'b.safetensors'), of(1, 'data'), ...second])
    await removeRun(lab, madeUpId(1))
    expect(await names()).toEqual(['models/c', ...second])
    expect(await readRunData(lab, madeUpId(2))).toEqual(data)
    expect(await readRunData(lab, madeUpId(1))).toBeUndefined()
  })
})

describe('the data that a run learns from', () => {
  const clips = [1, 2, 3].map((n) => madeUpClip(n))
  const data = { clips, comparisons: [{ first: 0, second: 2, verdict: 0.5 }] }

  it('round-trips, soft labels included', () => {
    expect(decodeRunData(encodeRunData(data))).toEqual(data)
    const elsewhere = [madeUpClip(1), madeUpClip(2), madeUpClip(3, islandNamed('fourth')?.map)]
    const mixed = { ...data, clips: elsewhere }
    expect(decodeRunData(encodeRunData(mixed))).toEqual(mixed)
    const soft = { clips, comparisons: [{ first: 0, second: 2, verdict: 0.1 + 0.2 }] }
    expect(decodeRunData(encodeRunData(soft))).toEqual(soft)
  })

  it('has the digest that earlier releases gave it, by which runs are identified', () => {
    const comparisons = [1, 0.5, 0].map((verdict, n) => ({
      first: n,
      second: (n + 1) % 3,
      verdict,
    }))
    const sha256 = createHash('sha256').update(encodeRunData({ clips, comparisons })).digest('hex')
    expect(sha256).toBe('3516708bff2269c88b8ea50e2b72ed04c380cedea298a338c9199ee6fa407351')
  })

  it('is refused with a sentence when it is damaged', () => {
    const text = new TextDecoder().decode(encodeRunData(data))
    const read = (changed: string) => () => decodeRunData(new TextEncoder().encode(changed))
    expect(read(text.slice(0, 100))).toThrow('cannot be read')
    expect(read(text.replace('"second":2', '"second":3'))).toThrow('not among the 3')
    expect(read(text.replace(clips[1]?.id ?? '', '0'.repeat(16)))).toThrow('found the id 0000')
  })
})
