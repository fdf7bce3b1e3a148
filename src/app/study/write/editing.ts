/** Studies that are being written: what is typed, and what of it is saved. */

import { useEffect } from 'react'
import { create } from 'zustand'
import {
  dropDraft,
  keepDraft,
  newId,
  StudyChangedError,
  type StudyDraft,
  type StudyEntry,
  takeDraft,
} from '../../../storage/index.ts'
import { type Study, studySchema } from '../../../study/index.ts'
import { labDatabase } from '../../data/database.ts'
import { problemOf } from '../../sentences.ts'
import { useStudies } from '../store.ts'
import { entryOf, keepEntry, loadStudies } from '../studies.ts'

/** Id of this tab, by which the drafts of tabs are told apart. */
const TAB = newId()

interface Editing {
  /** Studies as they are typed, by id; a study is absent while nothing differs from what is saved. */
  readonly typed: Readonly<Record<string, StudyDraft>>
  /** Ids of the studies whose drafts of an earlier visit were read. */
  readonly opened: readonly string[]
  /** Ids of the studies whose drafts are saved as they are typed. */
  readonly drafts: readonly string[]
  /** Ids of the studies that were changed elsewhere after typing began: what is typed stays a draft. */
  readonly outdated: readonly string[]
  /** Why the last change could not be saved, as a sentence. */
  readonly problem: string | undefined
}

export const useEditing = create<Editing>(() => ({
  typed: {},
  opened: [],
  drafts: [],
  outdated: [],
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
  return isOpened ? (typed?.study ?? entry.study) : undefined
}

async function openDraft(id: string): Promise<void> {
  try {
    const draft = await takeDraft(await labDatabase(), id, TAB)
    if (draft && !useEditing.getState().typed[id]) {
      useEditing.setState(({ typed, drafts }) => ({
        typed: { ...typed, [id]: draft },
        drafts: [...drafts, id],
      }))
      noteOutdated(id, draft.of !== entryOf(id)?.changedAt)
    }
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
  const { id, changedAt } = entry
  useEditing.setState(({ typed, drafts }) => {
    const { of, study } = typed[id] ?? { of: changedAt, study: entry.study }
    return {
      typed: { ...typed, [id]: { of, study: change(study) } },
      drafts: drafts.filter((each) => each !== id),
    }
  })
  clearTimeout(timer)
  timer = setTimeout(() => void saveTyped(), PAUSE_MS)
}

/** Saves what is typed, as a draft if it is not valid; resolves once it is committed or the problem is shown. */
export function saveTyped(): Promise<void> {
  clearTimeout(timer)
  saving = saving.then(async () => {
    for (const [id, typed] of Object.entries(useEditing.getState().typed))
      await keepTyped(id, typed)
  })
  return saving
}

/** Forgets what is typed and not saved, so that the form shows the study as it is saved. */
export function discardTyped(id: string): Promise<void> {
  saving = saving.then(async () => {
    forget(id)
    try {
      await dropDraft(await labDatabase(), id, TAB)
    } catch (error) {
      useEditing.setState({ problem: problemOf(error) })
    }
  })
  return saving
}

async function keepTyped(id: string, typed: StudyDraft): Promise<void> {
  const entry = entryOf(id)
  if (!entry) return forget(id)
  try {
    const isValid = problemsIn(typed.study).size === 0
    const isCurrent = typed.of === entry.changedAt
    const isSaved = isCurrent && isValid && (await keepStudy(entry, typed))
    if (!isSaved) await keepAsDraft(id, typed)
    noteOutdated(id, !isCurrent || (isValid && !isSaved))
    useEditing.setState({ problem: undefined })
  } catch (error) {
    useEditing.setState({ problem: problemOf(error) })
  }
}

async function keepAsDraft(id: string, typed: StudyDraft): Promise<void> {
  await keepDraft(await labDatabase(), TAB, typed)
  const isLatest = useEditing.getState().typed[id] === typed
  useEditing.setState(({ drafts }) => ({ drafts: isLatest ? [...drafts, id] : drafts }))
}

/** Saves what is typed. Resolves to whether it is saved: not if another tab has changed the study meanwhile. */
async function keepStudy(entry: StudyEntry, typed: StudyDraft): Promise<boolean> {
  const changedAt = new Date().toISOString()
  try {
    await keepEntry({ ...entry, study: typed.study, changedAt }, entry, TAB)
  } catch (error) {
    if (!(error instanceof StudyChangedError)) throw error
    await loadStudies()
    return false
  }
  settle(entry.id, typed, changedAt)
  return true
}

/** Forgets what was typed; if typing has continued meanwhile, that is from now on a change of what was saved. */
function settle(id: string, settled: StudyDraft, changedAt = settled.of): void {
  useEditing.setState(({ typed }) => {
    const { [id]: latest, ...others } = typed
    const isContinued = latest !== undefined && latest !== settled
    return { typed: isContinued ? { ...others, [id]: { ...latest, of: changedAt } } : others }
  })
}

/** Forgets what was typed into a study. */
function forget(id: string): void {
  useEditing.setState(({ typed: { [id]: _, ...typed } }) => ({ typed, problem: undefined }))
  noteOutdated(id, false)
}

// A deleted study may be imported again, and what was typed into the deleted one does not belong to that.
useStudies.subscribe(({ entries }, { entries: before }) => {
  if (entries === undefined || entries === before) return
  const left = new Set(entries.map(({ id }) => id))
  for (const id of Object.keys(useEditing.getState().typed)) if (!left.has(id)) forget(id)
})

/** Notes whether a study was changed elsewhere after typing began. */
function noteOutdated(id: string, isOutdated: boolean): void {
  useEditing.setState(({ outdated }) => {
    const others = outdated.filter((each) => each !== id)
    return { outdated: isOutdated ? [...others, id] : others }
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
