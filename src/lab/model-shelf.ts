/**
 * Models that this browser keeps, dropped in or trained here, under the digest of their file. Any
 * page can put one there and any page finds it.
 */
import { z } from 'zod'
import { databaseStore, type LabDatabase } from '../storage/index.ts'
import { ModelError } from './errors.ts'
import { readModel } from './fetch-model.ts'
import { sha256Of } from './sha256.ts'

const FOLDER = 'models'
/** Under this name of the settings lies the list of what is in the folder. */
const LIST = 'models'

/** Half the parameters' count: more than the largest network that has a name (103 M parameters). */
const LARGEST_BYTES = 256 * 2 ** 20

const entrySchema = z.strictObject({
  /** Of the file; its name on the shelf. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** What the file was called. */
  name: z.string().min(1).max(200),
  kind: z.enum(['policy', 'reward']),
  bytes: z.int().positive(),
  parameters: z.int().positive(),
  /** The model's own account of where it comes from. */
  card: z.strictObject({
    stage: z.string().min(1),
    recipe: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
    key: z.string(),
  }),
  addedAt: z.iso.datetime({ precision: 3 }),
})

export type ShelfEntry = Readonly<z.infer<typeof entrySchema>>

/** The models on the shelf, the newest first. Entries that cannot be read are left out. */
export async function listModels(database: LabDatabase): Promise<readonly ShelfEntry[]> {
  const found = await database.read(['settings'], (transaction) =>
    transaction.objectStore('settings').get(LIST),
  )
  return entriesOf(found)
}

/** The file of a model; undefined where it is no longer kept. */
export function readModelBytes(
  database: LabDatabase,
  sha256: string,
): Promise<Uint8Array | undefined> {
  return databaseStore(database, FOLDER).read(sha256)
}

/**
 * What would be written on the shelf of a file. Throws `ModelError` with a sentence where it is no
 * model that this lab can use.
 */
export async function describeModel(
  bytes: Uint8Array,
  name: string,
  now: Date,
): Promise<ShelfEntry> {
  if (bytes.length > LARGEST_BYTES) {
    throw new ModelError(
      `This file has ${mebibytes(bytes.length)}, expected at most ${mebibytes(LARGEST_BYTES)}: choose an ONNX model of this lab.`,
    )
  }
  const { card, layout } = readModel(bytes)
  const sha256 = await sha256Of(bytes)
  if (sha256 === undefined) {
    throw new ModelError(
      'This page was not opened over https, where browsers cannot tell files apart by their digest: open it over https or on localhost to use files of your own.',
    )
  }
  return {
    sha256,
    name: name.slice(0, 200) || 'model.onnx',
    kind: layout.head,
    bytes: bytes.length,
    parameters: layout.count,
    card,
    addedAt: now.toISOString(),
  }
}

/** Puts a model on the shelf: its file and its entry, or neither. */
export function addModel(
  database: LabDatabase,
  entry: ShelfEntry,
  bytes: Uint8Array,
): Promise<void> {
  // A copy: a view would be kept with all of the buffer it looks into.
  const copy = bytes.slice()
  return database.write(['files', 'settings'], async (transaction) => {
    const settings = transaction.objectStore('settings')
    const others = entriesOf(await settings.get(LIST)).filter(
      ({ sha256 }) => sha256 !== entry.sha256,
    )
    await settings.put([entry, ...others], LIST)
    await transaction.objectStore('files').put(copy, `${FOLDER}/${entry.sha256}`)
  })
}

/** Takes a model off the shelf. */
export function removeModel(database: LabDatabase, sha256: string): Promise<void> {
  return database.write(['files', 'settings'], async (transaction) => {
    const settings = transaction.objectStore('settings')
    const left = entriesOf(await settings.get(LIST)).filter((entry) => entry.sha256 !== sha256)
    await settings.put(left, LIST)
    await transaction.objectStore('files').delete(`${FOLDER}/${sha256}`)
  })
}

function entriesOf(found: unknown): ShelfEntry[] {
  const list = z.array(z.unknown()).safeParse(found).data ?? []
  return list.flatMap((each) => entrySchema.safeParse(each).data ?? [])
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`
}
