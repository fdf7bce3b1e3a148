import type { LabDatabase } from '../../storage/index.ts'

let database: Promise<LabDatabase> | undefined

/** What this browser keeps for the Watch page. Its code is loaded with the first question. */
export function labDatabase(): Promise<LabDatabase> {
  database ??= import('../../storage/index.ts').then(({ LabDatabase: Database }) => new Database())
  return database
}
