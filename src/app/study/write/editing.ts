/** Studies that are being written: what is typed, and what of it is saved. */

import { useEffect } from 'react'
import { z } from 'zod'
import { create } from 'zustand'
import { readSetting, type StudyEntry, saveSetting } from '../../../storage/index.ts'
import { type Study, studySchema } from '../../../study/index.ts'
import { labDatabase } from '../../data/database.ts'
import { problemOf } from '../../sentences.ts'
import { deleteSettings, draftSetting } from '../settings.ts'
import { entryOf, keepEntry } from '../studies.ts'

interface Editing {
  /** Studies as they are typed, by id; a study is absent while nothing differs from what is saved. */
  readonly typed: Readonly<Record<string, Study>>
  /** Ids of the studies whose drafts of an earlier visit were read. */
  readonly opened: readonly string[]
  /** Ids of the studies whose drafts are saved as they are typed. */
  readonly drafts: readonly string[]
  /** Why the last change could not be saved, as a sentence. */
  readonly problem: string | undefined
}

export const useEditing = create<Editing>(() => ({
  typed: {},
  opened: [],
  drafts: [],
  problem: undefined,
}))

/** Returns the study as it is typed; undefined until a draft of an earlier visit would have been read. */
export function useTyped(entry: StudyEntry): Study | undefined {
  const { id } = entry
  const typed = useEditing((state) => state.typed[id])
  const isOpened = useEditing((state) => state.opened.includes(id))
  useEffect(() => {
    if (!isOpened) void openDraft(id)
  }, [id, isOpened])
  return isOpened ? (typed ?? entry.study) : undefined
}

/** Draft of a study: the form shows any with the fields of a study, whatever is typed into them. */
const draftSchema = z.strictObject({
  /** Time of the last change of the saved study that the draft changes. */
  of: z.string(),
  study: z.custom<Study>(hasFieldsOfStudy),
})

function hasFieldsOfStudy(found: unknown): boolean {
  const wrong: readonly string[] = ['invalid_type', 'invalid_value', 'unrecognized_keys']
  return !studySchema.safeParse(found).error?.issues.some(({ code }) => wrong.includes(code))
}

async function openDraft(id: string): Promise<void> {
  try {
    const draft = await readSetting(await labDatabase(), draftSetting(id), draftSchema)
    const current = draft?.study.id === id && draft.of === entryOf(id)?.changedAt
    if (current) useEditing.setState(({ typed }) => ({ typed: { [id]: draft.study, ...typed } }))
  } catch (error) {
    useEditing.setState({ problem: problemOf(error) })
  }
  useEditing.setState(({ opened }) => ({ opened: [...opened, id] }))
}

/** Milliseconds without a change after which a change is saved. */
const PAUSE_MS = 400

let timer: ReturnType<typeof setTimeout> | undefined
let saving = Promise.resolve()

/** Changes the study that is being written. It is saved after a moment without changes. */
export function changeStudy(entry: StudyEntry, change: (study: Study) => Study): void {
  const { id } = entry
  useEditing.setState(({ typed, drafts }) => ({
    typed: { ...typed, [id]: change(typed[id] ?? entry.study) },
    drafts: drafts.filter((each) => each !== id),
  }))
  clearTimeout(timer)
  timer = setTimeout(() => void saveTyped(), PAUSE_MS)
}

/** Saves what is typed, as a draft if it is not valid; resolves once it is committed or the problem is shown. */
export function saveTyped(): Promise<void> {
  clearTimeout(timer)
  saving = saving.then(async () => {
    for (const study of Object.values(useEditing.getState().typed)) await keepTyped(study)
  })
  return saving
}

async function keepTyped(typed: Study): Promise<void> {
  const { id } = typed
  const entry = entryOf(id)
  if (!entry) return forget(typed)
  try {
    if (problemsIn(typed).size > 0) {
      const draft = { of: entry.changedAt, study: typed }
      await saveSetting(await labDatabase(), draftSetting(id), draft)
      const isLatest = useEditing.getState().typed[id] === typed
      useEditing.setState(({ drafts }) => ({ drafts: isLatest ? [...drafts, id] : drafts }))
    } else {
      await keepEntry({ ...entry, study: typed, changedAt: new Date().toISOString() })
      forget(typed)
      await deleteSettings(draftSetting(id))
    }
    useEditing.setState({ problem: undefined })
  } catch (error) {
    useEditing.setState({ problem: problemOf(error) })
  }
}

/** Forgets what was typed unless typing has continued meanwhile. */
function forget(study: Study): void {
  useEditing.setState(({ typed }) => {
    const { [study.id]: latest, ...others } = typed
    return { typed: latest === study ? others : typed }
  })
}

/** Returns the problems of a study: the first sentence for each field by its path, '' for the whole. */
export function problemsIn(study: Study): ReadonlyMap<string, string> {
  const problems = new Map<string, string>()
  for (const { path, message } of studySchema.safeParse(study).error?.issues ?? []) {
    const field = path.join('.')
    if (!problems.has(field)) problems.set(field, message)
  }
  return problems
}
