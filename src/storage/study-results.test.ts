import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { aggregateLog } from '../study/index.ts'
import {
  addStudyResult,
  LabDatabase,
  listStudyResults,
  readStudyResult,
  removeStudyResult,
} from './index.ts'
import { madeUpExport } from './testing/made-up-result.ts'

it('imported results are kept once each, and removed with their files', async () => {
  const database = new LabDatabase({ name: 'results' })
  const [one, two] = (['mean', 'majority'] as const).map((method) => {
    const from = madeUpExport('two-way', 1, method)
    return aggregateLog(from.log, from)
  })
  if (!(one && two)) throw new Error('There are two results')
  const at = (createdAt: string) => ({ app: '0.1.0', createdAt })
  const { id } = await addStudyResult(database, one, at('2026-10-05T00:00:00.000Z'))
  await addStudyResult(database, two, at('2026-10-06T00:00:00.000Z'))
  await addStudyResult(database, one, at('2026-10-07T00:00:00.000Z'))
  const entries = await listStudyResults(database)
  expect(entries.map(({ method, addedAt }) => [method, addedAt.slice(0, 10)])).toEqual([
    ['mean', '2026-10-07'],
    ['majority', '2026-10-06'],
  ])
  expect(await readStudyResult(database, id)).toEqual(one)
  await removeStudyResult(database, id)
  expect(await readStudyResult(database, id)).toBeUndefined()
  const files = await database.read(['files'], (reading) =>
    reading.objectStore('files').getAllKeys(),
  )
  expect(files).toHaveLength(1)
  expect(await listStudyResults(database)).toHaveLength(1)
  await database.close()
})
