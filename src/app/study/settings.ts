/** Settings of this browser that belong to studies. */
import { labDatabase } from '../data/database.ts'

/** Returns the name of the setting that holds the digest of a study whose links were handed out. */
export function linksSetting(id: string): string {
  return `links of study ${id}`
}

/** Deletes settings; resolves once this is committed. */
export async function deleteSettings(...names: readonly string[]): Promise<void> {
  const database = await labDatabase()
  await database.write(['settings'], async (transaction) => {
    const settings = transaction.objectStore('settings')
    await Promise.all(names.map((name) => settings.delete(name)))
  })
}
