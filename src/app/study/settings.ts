/** Settings of this browser that belong to a study: drafts that are not valid yet, and links handed out. */
import type { Study } from '../../study/index.ts'
import { labDatabase } from '../data/database.ts'

/** Returns the name of the setting that holds a study as it was typed, while it is not valid. */
export function draftSetting(id: string): string {
  return `draft of study ${id}`
}

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

/** Deletes the settings of a study. */
export function deleteSettingsOf({ id }: Pick<Study, 'id'>): Promise<void> {
  return deleteSettings(draftSetting(id), linksSetting(id))
}
