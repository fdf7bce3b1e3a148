/**
 * Model files that this browser keeps, given by visitors or trained here, under the digest of their
 * file. Every page can add one, and every page finds it.
 */
import { z } from 'zod'
import { sha256Schema } from '../alignment/sha256-schema.ts'
import type { LabDatabase } from './database.ts'
import { databaseStore } from './file-store.ts'
import { RecordFormat } from './record-format.ts'
import { changeList, readList } from './setting-list.ts'

/** Folder of the files. */
const FOLDER = 'models'
/** Name of the setting that lists what is in the folder. */
const LIST = 'models'

const entrySchema = z.strictObject({
  /** SHA-256 of the file, which is its name in the folder. */
  sha256: sha256Schema,
  /** File name that the visitor or the training gave. */
  name: z.string().min(1).max(200),
  kind: z.enum(['policy', 'reward']),
  bytes: z.int().positive(),
  parameters: z.int().positive(),
  /** The model's own account of its origin. */
  card: z.strictObject({
    stage: z.string().min(1),
    recipe: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
    key: z.string(),
  }),
  addedAt: z.iso.datetime({ precision: 3 }),
})

export type ShelfEntry = Readonly<z.infer<typeof entrySchema>>

export const modelEntryFormat = new RecordFormat({
  name: 'model',
  first: 1,
  steps: [],
  schema: entrySchema,
})

/** Reads the entries of all models, newest first. */
export function listModels(database: LabDatabase): Promise<readonly ShelfEntry[]> {
  return database.read(['settings'], (transaction) => readList(transaction, LIST, modelEntryFormat))
}

/** Reads the file of a model; undefined where it is no longer kept. */
export function readModelBytes(
  database: LabDatabase,
  sha256: string,
): Promise<Uint8Array | undefined> {
  return databaseStore(database, FOLDER).read(sha256)
}

/** Adds a model: its file and its entry, or neither. */
export function addModel(
  database: LabDatabase,
  entry: ShelfEntry,
  bytes: Uint8Array,
): Promise<void> {
  // A view would be stored with all of its underlying buffer.
  const copy = bytes.slice()
  return database.write(['files', 'settings'], async (transaction) => {
    await changeList(transaction, LIST, modelEntryFormat, (entries) => [
      entry,
      ...entries.filter(({ sha256 }) => sha256 !== entry.sha256),
    ])
    await transaction.objectStore('files').put(copy, `${FOLDER}/${entry.sha256}`)
  })
}

/** Removes a model: its file and its entry. */
export function removeModel(database: LabDatabase, sha256: string): Promise<void> {
  return database.write(['files', 'settings'], async (transaction) => {
    await changeList(transaction, LIST, modelEntryFormat, (entries) =>
      entries.filter((entry) => entry.sha256 !== sha256),
    )
    await transaction.objectStore('files').delete(`${FOLDER}/${sha256}`)
  })
}
