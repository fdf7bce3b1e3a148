/** Drafts of studies: what was typed into a study and is not saved, one setting for each tab that typed. */
import { z } from 'zod'
import { type Study, studySchema } from '../study/index.ts'
import type { LabDatabase, Writing } from './database.ts'

const draftSchema = z.strictObject({
  /** Time of the last change of the saved study from which typing began. */
  of: z.string(),
  /** Study as it was typed: a form shows any with the fields of a study, whatever is typed into them. */
  study: z.custom<Study>(hasFieldsOfStudy),
})

export type StudyDraft = Readonly<z.infer<typeof draftSchema>>

function hasFieldsOfStudy(found: unknown): boolean {
  const wrong: readonly string[] = ['invalid_type', 'invalid_value', 'unrecognized_keys']
  return !studySchema.safeParse(found).error?.issues.some(({ code }) => wrong.includes(code))
}

/** Prefix of the settings that hold a study's drafts; an earlier release kept one under this name. */
const prefixOf = (study: string) => `draft of study ${study}`

const nameOf = (study: string, tab: string) => `${prefixOf(study)} in tab ${tab}`

/** Returns the range of the settings that hold a study's drafts. */
export function draftRange(study: string): IDBKeyRange {
  return IDBKeyRange.bound(prefixOf(study), `${prefixOf(study)}\uffff`)
}

/** Saves the draft of a tab, replacing its earlier one. */
export function keepDraft(database: LabDatabase, tab: string, draft: StudyDraft): Promise<void> {
  return database.write(['settings'], async (transaction) => {
    await transaction.objectStore('settings').put(draft, nameOf(draft.study.id, tab))
  })
}

/** Deletes the draft of a tab, in a transaction that ends what was typed. */
export async function dropDraftIn(transaction: Writing, study: string, tab: string): Promise<void> {
  await transaction.objectStore('settings').delete(nameOf(study, tab))
}

/** Deletes the draft of a tab. */
export function dropDraft(database: LabDatabase, study: string, tab: string): Promise<void> {
  return database.write(['settings'], (transaction) => dropDraftIn(transaction, study, tab))
}

/**
 * Makes a draft of a study the one of this tab, and returns it; undefined where there is none that this
 * release can read. Of several, it is the one that began from the latest version; the others stay.
 */
export async function takeDraft(
  database: LabDatabase,
  study: string,
  tab: string,
): Promise<StudyDraft | undefined> {
  const count = await database.read(['settings'], (transaction) =>
    transaction.objectStore('settings').count(draftRange(study)),
  )
  if (count === 0) return undefined
  return database.write(['settings'], async (transaction) => {
    const settings = transaction.objectStore('settings')
    const names = await settings.getAllKeys(draftRange(study))
    const found = await settings.getAll(draftRange(study))
    const drafts = found.flatMap((value, index) => {
      const { data } = draftSchema.safeParse(value)
      return data?.study.id === study ? [{ name: names[index] ?? '', draft: data }] : []
    })
    const [latest] = drafts.toSorted((a, b) => (a.draft.of < b.draft.of ? 1 : -1))
    if (latest === undefined) return undefined
    await settings.delete(latest.name)
    await settings.put(latest.draft, nameOf(study, tab))
    return latest.draft
  })
}
