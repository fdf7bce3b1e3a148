/** The researcher's studies in this browser: reading, creating, importing, copying and deleting them. */

import { newId, STUDY_RECORD_VERSION, type StudyEntry } from '../../storage/index.ts'
import { newStudy, readStudy, type Study } from '../../study/index.ts'
import { currentCandidates, findCandidate } from '../data/candidates.ts'
import { loadModels } from '../data/catalogue.ts'
import { labDatabase } from '../data/database.ts'
import { loadShelf } from '../data/shelf.ts'
import { saveFile } from '../save-file.ts'
import { problemOf } from '../sentences.ts'
import { studyAddress } from '../stores/study-settings.ts'
import { goTo } from './navigation.ts'
import { deleteSettings, linksSetting } from './settings.ts'
import { tell, tellProblem, useStudies } from './store.ts'

/** Reads the studies of this browser. */
export async function loadStudies(): Promise<void> {
  try {
    const { readStudies } = await import('../../storage/index.ts')
    const { records, unreadable, newer } = await readStudies(await labDatabase())
    const read = { entries: records, damaged: unreadable - newer, newer, unread: undefined }
    useStudies.setState(read)
  } catch (error) {
    useStudies.setState({ unread: problemOf(error) })
  }
}

/** Reads the studies, and again whenever another tab changes them. Returns the function that ends this. */
export function followStudies(): () => void {
  const left = new AbortController()
  void loadStudies()
  void labDatabase().then((database) => {
    const unlisten = database.onChange((stores, from) => {
      if (from === 'another tab' && stores.includes('studies')) void loadStudies()
    })
    if (left.signal.aborted) unlisten()
    left.signal.addEventListener('abort', unlisten)
  })
  return () => left.abort()
}

/**
 * Saves an entry in place of `replaced`, which is undefined for a new one; resolves once it is committed,
 * together with the end of the draft of `tab`, if it is what was typed there. Rejects with a sentence where
 * it cannot be saved, as when another tab has changed the study.
 */
export async function keepEntry(
  entry: StudyEntry,
  replaced: StudyEntry | undefined,
  tab?: string,
): Promise<void> {
  const { saveStudy } = await import('../../storage/index.ts')
  await saveStudy(await labDatabase(), entry, replaced, tab)
  useStudies.setState(({ entries = [] }) => ({
    entries: [entry, ...entries.filter(({ id }) => id !== entry.id)],
  }))
}

export function entryOf(id: string): StudyEntry | undefined {
  return useStudies.getState().entries?.find((entry) => entry.id === id)
}

let creating: Promise<void> | undefined

/** Creates a study about the model that most studies start with, and opens it; one at a time. */
export function createStudy(): Promise<void> {
  creating ??= createOne().finally(() => {
    creating = undefined
  })
  return creating
}

async function createOne(): Promise<void> {
  try {
    await Promise.all([loadModels(), loadShelf()])
    const policies = currentCandidates('policy')
    const policy = findCandidate(policies, 'fine-tuned') ?? policies[0]
    if (!policy) {
      throw new Error(
        'There is no agent whose clips could be compared: train one, or add a model file on the Watch page.',
      )
    }
    const study = newStudy({
      id: newId(),
      title: 'Untitled study',
      question: 'Which goes more directly to the left jumppad?',
      agents: [{ file: policy.file, digest: policy.sha256 }],
      seed: 1,
    })
    await keepNew(study)
    goTo(studyAddress(study.id))
  } catch (error) {
    tellProblem(problemOf(error))
  }
}

/** Saves a copy without its clips under a new id, and opens it. Resolves to whether it is saved. */
export async function copyStudy(study: Study): Promise<boolean> {
  const { material: _material, ...settings } = study
  const copy: Study = { ...settings, id: newId() }
  try {
    await keepNew(copy)
    tell('This is a new version with an id of its own: prepare it, and send new links.')
    goTo(studyAddress(copy.id))
    return true
  } catch (error) {
    tellProblem(problemOf(error))
    return false
  }
}

/**
 * Imports a study file, opens the study, and returns what was done as a sentence. An equal study that is
 * here already stays as it is. Rejects with a sentence where the file cannot be used.
 */
export async function importStudy(text: string): Promise<string> {
  const study = readStudy(text)
  const known = entryOf(study.id)
  if (known && !(await isSame(known.study, study))) {
    throw new Error(
      `another version of the study “${known.study.title}” is in this browser: delete that one first, or give the file another id`,
    )
  }
  if (!known) await keepNew(study)
  goTo(studyAddress(study.id))
  return known ? 'this study was here already.' : 'the study is imported.'
}

async function isSame(a: Study, b: Study): Promise<boolean> {
  const { studyDigest } = await import('../../collector/study-digest.ts')
  const [first, second] = await Promise.all([studyDigest(a), studyDigest(b)])
  return first === second
}

async function keepNew(study: Study): Promise<void> {
  const now = new Date().toISOString()
  const dates = { createdAt: now, changedAt: now }
  await keepEntry({ id: study.id, version: STUDY_RECORD_VERSION, study, ...dates }, undefined)
}

/** Deletes a study together with the answers gathered for it. */
export async function removeStudy({ id, study }: StudyEntry): Promise<void> {
  try {
    const { deleteStudy } = await import('../../storage/index.ts')
    await deleteStudy(await labDatabase(), id)
    await deleteSettings(linksSetting(id))
    useStudies.setState(({ entries = [] }) => ({
      entries: entries.filter((entry) => entry.id !== id),
    }))
    tell(`“${study.title}” and the answers gathered here are deleted.`)
    goTo(studyAddress())
  } catch (error) {
    tellProblem(problemOf(error))
  }
}

/** Returns the name of a study's file beside the lab, the same for the download and in links. */
export function fileNameOf({ id }: Pick<Study, 'id'>): string {
  return `study-${id.slice(0, 8)}.json`
}

/** Downloads a study as a file that people can read and edit. */
export function downloadStudy(study: Study): void {
  const text = `${JSON.stringify(study, undefined, 2)}\n`
  saveFile(new Blob([text], { type: 'application/json' }), fileNameOf(study))
}
