import type { Store } from '../procedure/store.ts'
import type { LabDatabase } from './database.ts'

/**
 * Returns a job's store in the browser's database; `folder` is the namespace of its file names.
 * Writes are atomic and reject with a StorageError if there is no space.
 */
export function databaseStore(database: LabDatabase, folder: string): Store {
  const path = (name: string): string => `${folder}/${name}`
  return {
    read: (name) =>
      database.read(['files'], (transaction) => transaction.objectStore('files').get(path(name))),
    write(name, bytes) {
      // Copied, because storing a view would store its whole underlying buffer.
      const copy = bytes.slice()
      return database.write(['files'], async (transaction) => {
        await transaction.objectStore('files').put(copy, path(name))
      })
    },
    remove: (name) =>
      database.write(['files'], (transaction) =>
        transaction.objectStore('files').delete(path(name)),
      ),
  }
}
