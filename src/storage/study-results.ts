/** Results of studies that were imported from files, for trainings in this browser. */
import { z } from 'zod'
import { Digest } from '../island/index.ts'
import { type StudyResult, studyResultSchema } from '../study/result.ts'
import type { LabDatabase } from './database.ts'
import { databaseStore } from './file-store.ts'
import { RecordFormat } from './record-format.ts'
import { changeList, readList } from './setting-list.ts'
import { decodeResult } from './study-files/decode-result.ts'
import type { Written } from './study-files/result-header.ts'
import { encodeResultLines } from './study-files/result-lines.ts'

/** Folder of the files. */
const FOLDER = 'study-results'
/** Name of the setting that lists what is in the folder. */
const LIST = 'study-results'

const { study, question, method } = studyResultSchema.shape

const resultEntrySchema = z.strictObject({
  /** Digest of the result, which is the name of its file: 16 hexadecimal digits. */
  id: z.string().regex(/^[0-9a-f]{16}$/),
  version: z.literal(1),
  study: study.shape.id,
  title: study.shape.title,
  question,
  method,
  addedAt: z.iso.datetime({ precision: 3 }),
})

export type ResultEntry = Readonly<z.infer<typeof resultEntrySchema>>

export const resultEntryFormat = new RecordFormat({
  name: 'study result',
  first: 1,
  steps: [],
  schema: resultEntrySchema,
})

/** Reads the entries of all imported results, newest first. */
export function listStudyResults(database: LabDatabase): Promise<readonly ResultEntry[]> {
  return database.read(['settings'], (transaction) =>
    readList(transaction, LIST, resultEntryFormat),
  )
}

/**
 * Reads an imported result; undefined where it is no longer kept. Rejects with an ArchiveError if it cannot
 * be read.
 */
export async function readStudyResult(
  database: LabDatabase,
  id: string,
): Promise<StudyResult | undefined> {
  const bytes = await databaseStore(database, FOLDER).read(id)
  return bytes && decodeResult(bytes)
}

/** Adds a result and resolves to its entry. A result that is there already is replaced by itself. */
export async function addStudyResult(
  database: LabDatabase,
  result: StudyResult,
  written: Written,
): Promise<ResultEntry> {
  const id = digestOf(result)
  const entry: ResultEntry = {
    ...{ id, version: 1 },
    ...{ study: result.study.id, title: result.study.title },
    ...{ question: result.question, method: result.method },
    addedAt: written.createdAt,
  }
  const bytes = encodeResultLines(result, written)
  await database.write(['files', 'settings'], async (transaction) => {
    await changeList(transaction, LIST, resultEntryFormat, (entries) => [
      entry,
      ...entries.filter((each) => each.id !== id),
    ])
    await transaction.objectStore('files').put(bytes, `${FOLDER}/${id}`)
  })
  return entry
}

/** Removes an imported result: its file and its entry. */
export function removeStudyResult(database: LabDatabase, id: string): Promise<void> {
  return database.write(['files', 'settings'], async (transaction) => {
    await changeList(transaction, LIST, resultEntryFormat, (entries) =>
      entries.filter((entry) => entry.id !== id),
    )
    await transaction.objectStore('files').delete(`${FOLDER}/${id}`)
  })
}

/** Returns the digest of a result, the same whenever and from whichever format it was imported. */
function digestOf(result: StudyResult): string {
  const digest = new Digest()
  digest.addBytes(encodeResultLines(result, { app: '', createdAt: '2026-01-01T00:00:00.000Z' }))
  return digest.hex()
}
