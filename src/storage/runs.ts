/** The trainings of this browser: their records, and the files that belong to each. */
import type { Store } from '../procedure/store.ts'
import type { TrainingData } from '../procedure/training/job.ts'
import type { LabDatabase } from './database.ts'
import { databaseStore } from './file-store.ts'
import { type Kept, readable } from './records.ts'
import { decodeRunData, encodeRunData } from './run-data.ts'
import { type Run, runSchema } from './run-record.ts'

/** Under this name in a run's folder lies what it learns from. */
const DATA = 'data'

function folderOf(id: string): string {
  return `runs/${id}`
}

/** The files of a run: data, checkpoints and results of parts. */
export function runStore(database: LabDatabase, id: string): Store {
  return databaseStore(database, folderOf(id))
}

/** Keeps a new run together with what it learns from, so that it can be repeated. */
export function saveRun(
  database: LabDatabase,
  run: Run,
  data: TrainingData | undefined,
): Promise<void> {
  const bytes = data && encodeRunData(data)
  return database.write(['runs', 'files'], async (transaction) => {
    await transaction.objectStore('runs').put(run)
    if (bytes) await transaction.objectStore('files').put(bytes, `${folderOf(run.id)}/${DATA}`)
  })
}

/**
 * All runs, the newest first. Those that cannot be read, such as of another version, are counted and
 * left as they are.
 */
export async function readRuns(database: LabDatabase): Promise<Kept<Run>> {
  const found = await database.read(['runs'], (transaction) =>
    transaction.objectStore('runs').index('by-creation').getAll(),
  )
  const { records, unreadable } = readable(runSchema, found)
  return { records: records.toReversed(), unreadable }
}

/** The run with this id; undefined where there is none that can be read. */
export async function readRun(database: LabDatabase, id: string): Promise<Run | undefined> {
  const found = await database.read(['runs'], (transaction) =>
    transaction.objectStore('runs').get(id),
  )
  return runSchema.safeParse(found).data
}

/** What a run learns from; undefined where it needs none. Throws where it is damaged. */
export async function readRunData(
  database: LabDatabase,
  id: string,
): Promise<TrainingData | undefined> {
  const bytes = await runStore(database, id).read(DATA)
  return bytes && decodeRunData(bytes)
}

/**
 * Changes a run by what it is now, in one transaction, so that two tabs never undo each other's
 * change. `change` gives undefined to leave it as it is. Resolves with the run as it is then kept;
 * undefined where it is gone.
 */
export function changeRun(
  database: LabDatabase,
  id: string,
  change: (run: Run) => Run | undefined,
): Promise<Run | undefined> {
  return database.write(['runs'], async (transaction) => {
    const runs = transaction.objectStore('runs')
    const run = runSchema.safeParse(await runs.get(id)).data
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

/** Forgets a run with all its files. Models that came out of it stay on the shelf. */
export function removeRun(database: LabDatabase, id: string): Promise<void> {
  return database.write(['runs', 'files'], async (transaction) => {
    await transaction.objectStore('runs').delete(id)
    // In the order of keys `0` comes right after `/`.
    const folder = IDBKeyRange.bound(`${folderOf(id)}/`, `${folderOf(id)}0`, false, true)
    await transaction.objectStore('files').delete(folder)
  })
}

/** Forgets a run's checkpoints, once it is over; its data and the files named `kept` stay. */
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
