import type { LabDatabase } from '../../storage/index.ts'

let database: Promise<LabDatabase> | undefined

/** Returns the one database connection of this page. Its code is loaded on the first call. */
export function labDatabase(): Promise<LabDatabase> {
  database ??= import('../../storage/index.ts').then(({ LabDatabase: Database }) => new Database())
  return database
}
