import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { madeUpTime } from '../alignment/labels/testing/made-up-labels.ts'
import { madeUpStudy } from '../study/testing/made-up-study.ts'
import {
  awaitLabelling,
  claimLabelling,
  countLabels,
  deleteStudy,
  dropDraft,
  keepDraft,
  LabDatabase,
  newId,
  readStudies,
  requestPersistence,
  STUDY_RECORD_VERSION,
  StudyChangedError,
  type StudyDraft,
  type StudyEntry,
  saveLabel,
  saveSetting,
  saveStudy,
  takeDraft,
} from './index.ts'
import { madeUpEntry } from './testing/made-up-archive.ts'
import { oneLock } from './testing/one-lock.ts'

describe('labelling in one tab', () => {
  it('is granted to the first tab, refused to the second, and handed on', async () => {
    const locks = oneLock()
    const first = await claimLabelling(locks)
    expect(first).toBeDefined()
    expect(await claimLabelling(locks)).toBeUndefined()
    const waiting = awaitLabelling(locks, new AbortController().signal)
    first?.release()
    const second = await waiting
    expect(await claimLabelling(locks)).toBeUndefined()
    second.release()
  })

  it('is always granted when the browser cannot tell, and waiting can be cancelled', async () => {
    expect(await claimLabelling(undefined)).toBeDefined()
    const locks = oneLock()
    const first = await claimLabelling(locks)
    const leaving = new AbortController()
    const waiting = awaitLabelling(locks, leaving.signal)
    leaving.abort()
    first?.release()
    await expect(waiting).rejects.toThrow('abort')
  })
})

describe('notifications between tabs', () => {
  it('reach the other tab after the commit', async () => {
    const [here, there] = [1, 2].map(() => new LabDatabase({ name: 'two tabs' }))
    if (here === undefined || there === undefined) throw new Error('two were made')
    const heard = new Promise<number>((resolve) => {
      there.onChange((stores, from) => {
        expect([from, stores]).toEqual(['another tab', ['labels', 'clips', 'sessions']])
        resolve(countLabels(there))
      })
    })
    await saveLabel(here, madeUpEntry(1))
    expect(await heard).toBe(1)
    await Promise.all([here.close(), there.close()])
  })
})

const study = madeUpStudy()

/** Returns the study as it was saved at a time. */
function version(second: number, title = study.title): StudyEntry {
  return {
    ...{ id: study.id, version: STUDY_RECORD_VERSION, study: { ...study, title } },
    ...{ createdAt: madeUpTime(0), changedAt: madeUpTime(second) },
  }
}

describe('a study that two tabs change', () => {
  const titles = async (database: LabDatabase) =>
    (await readStudies(database)).records.map((entry) => entry.study.title)

  it('is saved by one of them only, even if both begin at once', async () => {
    const [here, there] = [1, 2].map(() => new LabDatabase({ name: 'one study, two tabs' }))
    if (here === undefined || there === undefined) throw new Error('two were made')
    const first = version(1, 'First')
    await saveStudy(here, first, undefined)
    const saves = await Promise.allSettled([
      saveStudy(here, version(2, 'From here'), first),
      saveStudy(there, version(3, 'From there'), first),
    ])
    const saved = saves.map(({ status }) => status === 'fulfilled')
    expect(saved.toSorted()).toEqual([false, true])
    expect(await titles(here)).toEqual([saved[0] ? 'From here' : 'From there'])
    const refused = saves.flatMap((save) => (save.status === 'rejected' ? [save.reason] : []))
    expect(refused).toEqual([expect.any(StudyChangedError)])
    // Neither a new study nor a change of a deleted one replaces what is not expected.
    await expect(saveStudy(there, version(4, 'New'), undefined)).rejects.toThrow('meanwhile')
    await deleteStudy(here, study.id)
    await expect(saveStudy(there, version(5, 'Deleted'), first)).rejects.toThrow('meanwhile')
    expect(await titles(there)).toEqual([])
    await Promise.all([here.close(), there.close()])
  })
})

describe('drafts of a study', () => {
  const typed = (entry: StudyEntry, title: string): StudyDraft => ({
    of: entry.changedAt,
    study: { ...entry.study, title },
  })

  it('of one tab survive what another one types, saves and discards', async () => {
    const database = new LabDatabase({ name: 'drafts of two tabs' })
    const [first, second] = [version(1), version(2)]
    await saveStudy(database, first, undefined)
    await keepDraft(database, 'here', typed(first, 'Typed here'))
    await keepDraft(database, 'there', typed(first, ''))
    await saveStudy(database, second, first, 'there')
    await keepDraft(database, 'there', typed(second, ''))
    await dropDraft(database, study.id, 'there')
    // The next tab to open the study takes the draft over; then it is no other tab's.
    expect(await takeDraft(database, study.id, 'next')).toEqual(typed(first, 'Typed here'))
    expect(await takeDraft(database, study.id, 'next')).toEqual(typed(first, 'Typed here'))
    await dropDraft(database, study.id, 'here')
    expect(await takeDraft(database, study.id, 'last')).toEqual(typed(first, 'Typed here'))
    await dropDraft(database, study.id, 'last')
    expect(await takeDraft(database, study.id, 'last')).toBeUndefined()
    await database.close()
  })

  it('end with the study that was typed, in one transaction, and with its deletion', async () => {
    const database = new LabDatabase({ name: 'drafts that end' })
    const [first, second] = [version(1), version(2)]
    await saveStudy(database, first, undefined)
    await keepDraft(database, 'here', typed(first, ''))
    await expect(saveStudy(database, second, second, 'here')).rejects.toThrow('meanwhile')
    expect(await takeDraft(database, study.id, 'here')).toEqual(typed(first, ''))
    await saveStudy(database, second, first, 'here')
    expect(await takeDraft(database, study.id, 'here')).toBeUndefined()
    await keepDraft(database, 'here', typed(second, ''))
    await keepDraft(database, 'there', typed(first, ''))
    await deleteStudy(database, study.id)
    expect(await takeDraft(database, study.id, 'here')).toBeUndefined()
    await database.close()
  })

  it('are opened where an earlier release kept them, those of the latest version first', async () => {
    const database = new LabDatabase({ name: 'earlier drafts' })
    await saveSetting(database, `draft of study ${study.id}`, typed(version(1), 'Earlier'))
    await saveSetting(database, `draft of study ${study.id} in tab x`, { of: 1, study: 'damaged' })
    await keepDraft(database, 'there', typed(version(2), 'Later'))
    for (const title of ['Later', 'Earlier']) {
      expect((await takeDraft(database, study.id, 'here'))?.study.title).toBe(title)
      await dropDraft(database, study.id, 'here')
    }
    expect(await takeDraft(database, study.id, 'here')).toBeUndefined()
    await database.close()
  })
})

describe('requestPersistence', () => {
  const keeper = (persistent: boolean, quota: number) => ({
    persisted: async () => false,
    persist: async () => persistent,
    estimate: async () => ({ usage: 1_000_000, quota }),
  })

  it('warns when data may be cleared or space is short', async () => {
    expect(await requestPersistence(keeper(true, 1e10))).toEqual({
      persistent: true,
      usage: 1_000_000,
      quota: 1e10,
      warning: undefined,
    })
    expect((await requestPersistence(keeper(false, 1e10))).warning).toContain('may delete')
    expect((await requestPersistence(keeper(true, 4e6))).warning).toContain('only 3 MB left')
    const broken = { ...keeper(true, 1e10), persisted: () => Promise.reject(new Error('no')) }
    expect(await requestPersistence(broken)).toMatchObject({ persistent: false })
    expect(await requestPersistence(undefined)).toMatchObject({ persistent: false })
  })
})

describe('newId', () => {
  it('makes distinct UUIDs of version 4', () => {
    const ids = Array.from({ length: 100 }, newId)
    expect(new Set(ids).size).toBe(100)
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }
  })
})
