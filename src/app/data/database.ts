import type { LabDatabase } from '../../storage/index.ts'

let database: Promise<LabDatabase> | undefined

/**
 * Returns the one database connection of this page. Its code is loaded on the first call; if that fails, the
 * next call tries again.
 */
export function labDatabase(): Promise<LabDatabase> {
  database ??= open().catch((error: unknown) => {
    database = undefined
    throw error
  })
  return database
}

async function open(): Promise<LabDatabase> {
  const { LabDatabase: Database } = await import('../../storage/index.ts')
  return new Database()
}
