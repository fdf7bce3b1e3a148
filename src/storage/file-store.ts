import type { Store } from '../procedure/store.ts'
import type { LabDatabase } from './database.ts'

/**
 * A jobs' store in the browser's database; names are kept apart by `folder`. A write is whole or
 * leaves what was there before, and rejects with a StorageError where there is no room.
 */
export function databaseStore(database: LabDatabase, folder: string): Store {
  const path = (name: string): string => `${folder}/${name}`
  return {
    read: (name) =>
      database.read(['files'], (transaction) => transaction.objectStore('files').get(path(name))),
    write(name, bytes) {
      // A copy: a view would be kept with all of the buffer it looks into.
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
