/** Training runs of this browser: their records, and the files that belong to each. */
import type { Store } from '../procedure/store.ts'
import type { TrainingData } from '../procedure/training/job.ts'
import type { LabDatabase, Writing } from './database.ts'
import { databaseStore } from './file-store.ts'
import { checkRecord, type ReadResult, readAll, readOne } from './record-format.ts'
import { decodeRunData, encodeRunData } from './run-data.ts'
import { type Run, runFormat } from './run-record.ts'

/** File name of the training data in a run's folder. */
const DATA = 'data'

function folderOf(id: string): string {
  return `runs/${id}`
}

/** Returns the store of a run's files: training data, checkpoints and intermediate results. */
export function runStore(database: LabDatabase, id: string): Store {
  return databaseStore(database, folderOf(id))
}

/** New run, with its training data if people made it. */
export interface NewRun {
  readonly run: Run
  readonly data: TrainingData | undefined
}

/** Saves a new run with its training data, so that it can be repeated. */
export function saveRun(
  database: LabDatabase,
  run: Run,
  data: TrainingData | undefined,
): Promise<void> {
  return saveRuns(database, [{ run, data }])
}

/** Saves new runs, all of them or none. */
export function saveRuns(database: LabDatabase, added: readonly NewRun[]): Promise<void> {
  // Runs of a sweep share their data, which is encoded once.
  const encoded = new Map<TrainingData, Uint8Array>()
  for (const { data } of added) {
    if (data && !encoded.has(data)) encoded.set(data, encodeRunData(data))
  }
  return database.write(['runs', 'files'], async (transaction) => {
    for (const { run, data } of added) {
      await transaction.objectStore('runs').put(run)
      const bytes = data && encoded.get(data)
      if (bytes) await transaction.objectStore('files').put(bytes, `${folderOf(run.id)}/${DATA}`)
    }
  })
}

/**
 * Reads all runs, newest first. Unreadable ones, such as those of another version, are counted and
 * left unchanged.
 */
export async function readRuns(database: LabDatabase): Promise<ReadResult<Run>> {
  const found = await database.read(['runs'], (transaction) =>
    transaction.objectStore('runs').index('by-creation').getAll(),
  )
  const kept = readAll(runFormat, found)
  return { ...kept, records: kept.records.toReversed() }
}

/** Reads the run with this id; undefined if it does not exist or is unreadable. */
export async function readRun(database: LabDatabase, id: string): Promise<Run | undefined> {
  const found = await database.read(['runs'], (transaction) =>
    transaction.objectStore('runs').get(id),
  )
  return readOne(runFormat, found)
}

/** Reads a run's training data; undefined if it has none. Throws if the data is damaged. */
export async function readRunData(
  database: LabDatabase,
  id: string,
): Promise<TrainingData | undefined> {
  const bytes = await runStore(database, id).read(DATA)
  return bytes && decodeRunData(bytes)
}

/**
 * Updates a run based on its current state in a single transaction, so that concurrent updates from
 * two tabs are not lost. `change` returns undefined to leave it unchanged. Resolves with the stored
 * run, or undefined if it no longer exists or is unreadable.
 */
export function changeRun(
  database: LabDatabase,
  id: string,
  change: (run: Run) => Run | undefined,
): Promise<Run | undefined> {
  return database.write(['runs'], async (transaction) => {
    const runs = transaction.objectStore('runs')
    const run = readOne(runFormat, await runs.get(id))
    const changed = run && change(run)
    if (changed !== undefined) await runs.put(changed)
    return changed ?? run
  })
}

export function renameRun(
  database: LabDatabase,
  id: string,
  name: string,
): Promise<Run | undefined> {
  return changeRun(database, id, (run) => ({ ...run, name: name.trim().slice(0, 200) || run.name }))
}

/** Change of what the user wrote about a run. Fields that are left out stay as they are. */
export interface Annotation {
  readonly added?: readonly string[]
  readonly removed?: readonly string[]
  readonly note?: string
}

/**
 * Changes the tags and the note of a run, relative to its current record: what a training or another tab writes to
 * it at the same time is kept, tags that were added there included. Rejects with a sentence if the result is invalid.
 */
export function annotateRun(
  database: LabDatabase,
  id: string,
  { added = [], removed = [], note }: Annotation,
): Promise<Run | undefined> {
  return changeRun(database, id, (run) => {
    const tags = [...new Set([...run.tags, ...added])].filter((tag) => !removed.includes(tag))
    const changed = { ...run, tags, note: note ?? run.note }
    checkRecord(`Tags and note of “${run.name}”`, runFormat, changed)
    return changed
  })
}

/** Deletes a run with all its files. Its trained models stay in the model shelf. */
export function removeRun(database: LabDatabase, id: string): Promise<void> {
  return database.write(['runs', 'files'], (transaction) => removeIn(transaction, id))
}

async function removeIn(transaction: Writing, id: string): Promise<void> {
  await transaction.objectStore('runs').delete(id)
  // In key order `0` comes directly after `/`.
  const folder = IDBKeyRange.bound(`${folderOf(id)}/`, `${folderOf(id)}0`, false, true)
  await transaction.objectStore('files').delete(folder)
}

/**
 * Takes runs that are still waiting off the queue. Those that have not been trained at all are deleted, the others
 * are stopped; runs that began in the meantime continue. Resolves to the number taken off.
 */
export function cancelRuns(database: LabDatabase, ids: readonly string[]): Promise<number> {
  return database.write(['runs', 'files'], async (transaction) => {
    const runs = transaction.objectStore('runs')
    let count = 0
    for (const id of ids) {
      const run = readOne(runFormat, await runs.get(id))
      if (run?.state !== 'queued') continue
      count++
      const { stopAsked: _, ...rest } = run
      if (run.seconds > 0) await runs.put({ ...rest, state: 'stopped' })
      else await removeIn(transaction, id)
    }
    return count
  })
}

/** Deletes the checkpoints of a finished run; its training data and the files named in `kept` stay. */
export function clearCheckpoints(
  database: LabDatabase,
  id: string,
  kept: readonly string[],
): Promise<void> {
  const folder = `${folderOf(id)}/`
  const staying = new Set([DATA, ...kept].map((name) => folder + name))
  return database.write(['files'], async (transaction) => {
    const files = transaction.objectStore('files')
    const names = await files.getAllKeys(IDBKeyRange.bound(folder, `${folderOf(id)}0`, false, true))
    await Promise.all(names.filter((name) => !staying.has(name)).map((name) => files.delete(name)))
  })
}
