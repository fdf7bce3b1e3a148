/** Study that is being written: what is typed, and what of it is saved. */
import { create } from 'zustand'
import { messageOf } from '../../../lab/worker/errors.ts'
import type { StudyEntry } from '../../../storage/index.ts'
import { type Study, studySchema } from '../../../study/index.ts'
import { entryOf, keepEntry } from '../studies.ts'

interface Editing {
  /** Study as it is typed; undefined while nothing differs from what is saved. */
  readonly typed: Study | undefined
  /** Why the last change could not be saved, as a sentence. */
  readonly problem: string | undefined
}

export const useEditing = create<Editing>(() => ({ typed: undefined, problem: undefined }))

/** Returns the study as it is typed. */
export function useTyped(entry: StudyEntry): Study {
  const typed = useEditing((state) => state.typed)
  return typed?.id === entry.id ? typed : entry.study
}

/** Milliseconds without a change after which a change is saved. */
const PAUSE_MS = 400

let timer: ReturnType<typeof setTimeout> | undefined
let saving = Promise.resolve()

/** Changes the study that is being written. A valid one is saved after a moment without changes. */
export function changeStudy(entry: StudyEntry, change: (study: Study) => Study): void {
  const { typed } = useEditing.getState()
  const before = typed?.id === entry.id ? typed : entry.study
  useEditing.setState({ typed: change(before) })
  clearTimeout(timer)
  timer = setTimeout(() => void saveTyped(), PAUSE_MS)
}

/** Saves what is typed, if it is valid; resolves once it is committed or the problem is shown. */
export function saveTyped(): Promise<void> {
  clearTimeout(timer)
  saving = saving.then(keepTyped)
  return saving
}

async function keepTyped(): Promise<void> {
  const { typed } = useEditing.getState()
  const entry = typed && entryOf(typed.id)
  if (!typed || !entry || problemsIn(typed).size > 0) return
  try {
    await keepEntry({ ...entry, study: typed, changedAt: new Date().toISOString() })
    // Typing may have gone on meanwhile.
    if (useEditing.getState().typed === typed) useEditing.setState({ typed: undefined })
    useEditing.setState({ problem: undefined })
  } catch (error) {
    useEditing.setState({ problem: messageOf(error) })
  }
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
