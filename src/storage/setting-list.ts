/** Lists of records that lie in one setting each. */
import { z } from 'zod'
import type { Reading, Writing } from './database.ts'
import { type RecordFormat, readAll } from './record-format.ts'

/** Reads the records of a list, in its order. */
export async function readList<T>(
  transaction: Reading | Writing,
  name: string,
  format: RecordFormat<T>,
): Promise<readonly T[]> {
  const found: unknown = await transaction.objectStore('settings').get(name)
  return readAll(format, entriesOf(found)).records
}

/** Changes the records of a list. Entries that this release cannot read stay, behind the others. */
export async function changeList<T>(
  transaction: Writing,
  name: string,
  format: RecordFormat<T>,
  change: (records: readonly T[]) => readonly T[],
): Promise<void> {
  const settings = transaction.objectStore('settings')
  const entries = entriesOf(await settings.get(name))
  const unreadable = entries.filter((entry) => format.read(entry).kind !== 'read')
  await settings.put([...change(readAll(format, entries).records), ...unreadable], name)
}

function entriesOf(found: unknown): readonly unknown[] {
  return z.array(z.unknown()).safeParse(found).data ?? []
}
