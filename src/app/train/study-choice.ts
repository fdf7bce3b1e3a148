/** Study whose labels a training uses, loaded when the draft names one. */

import { useEffect } from 'react'
import { METHODS } from '../../procedure/training/index.ts'
import { type LabStore, removeStudyResult } from '../../storage/index.ts'
import { coalesced } from '../data/coalesced.ts'
import { labDatabase } from '../data/database.ts'
import { problemOf } from '../sentences.ts'
import type { StudyLabels, StudySource } from '../training/study-labels.ts'
import { changeDraft, type Draft } from './draft.ts'
import { useMaterials } from './materials.ts'

/** Code that reads studies, which the page loads only if one is used. */
const studyLabels = () => import('../training/study-labels.ts')

/** Source that is chosen, and its labels once they are aggregated. */
export interface ChosenStudy {
  readonly source: StudySource
  readonly labels: StudyLabels | undefined
  /** Why the labels could not be read, as a sentence. */
  readonly problem: string | undefined
}

/** Returns the chosen study and loads its labels; undefined if the draft uses other labels or there is none. */
export function useStudyLabels({ job, labels, study, method }: Draft): ChosenStudy | undefined {
  const asked = labels === 'study' && METHODS[job].material === 'labels'
  const sources = useMaterials((state) => state.studies)
  const found = useMaterials((state) => state.study)
  useEffect(() => (asked ? followSources() : undefined), [asked])
  const source = asked ? sourceNamed(sources ?? [], study) : undefined
  const used = source?.fixedMethod ?? method
  // A source is a new object whenever anything that its labels depend on may have changed.
  useEffect(() => (source ? loadLabels(source, used) : undefined), [source, used])
  if (!source) return undefined
  const isCurrent = found?.source.id === source.id && found.method === used
  return {
    source,
    labels: isCurrent ? found.labels : undefined,
    problem: isCurrent ? found.problem : undefined,
  }
}

/** Returns the source with an id, or else of the study with that id; the first for no id. */
function sourceNamed(sources: readonly StudySource[], id: string): StudySource | undefined {
  if (id === '') return sources[0]
  return sources.find((each) => each.id === id) ?? sources.find((each) => each.study === id)
}

/** Stores whose changes change studies, their answers or the imported results. */
const STORES: readonly LabStore[] = ['studies', 'gathered', 'settings']

/** Reads the sources, and again whenever any tab changes them. Returns the function that ends this. */
function followSources(): () => void {
  const left = new AbortController()
  const refresh = coalesced(loadSources)
  refresh()
  void labDatabase().then((database) => {
    const unlisten = database.onChange((stores) => {
      if (STORES.some((store) => stores.includes(store))) refresh()
    })
    if (left.signal.aborted) unlisten()
    left.signal.addEventListener('abort', unlisten)
  })
  return () => left.abort()
}

async function loadSources(): Promise<void> {
  try {
    const { studySources } = await studyLabels()
    useMaterials.setState({ studies: await studySources(await labDatabase()) })
  } catch (error) {
    useMaterials.setState({ problem: problemOf(error) })
  }
}

/** Loads the labels of a source. Returns a function after whose call the result is dropped. */
function loadLabels(source: StudySource, method: Draft['method']): () => void {
  let dropped = false
  const load = async () => {
    const { labelsOfSource } = await studyLabels()
    return labelsOfSource(await labDatabase(), source, method)
  }
  load()
    .then((labels) => ({ labels, problem: undefined }))
    .catch((error: unknown) => ({ labels: undefined, problem: problemOf(error) }))
    .then((read) => {
      if (!dropped) useMaterials.setState({ study: { source, method, ...read } })
    })
  return () => {
    dropped = true
  }
}

/** Imports a file with the result of a study, and chooses it. */
export async function takeResult(file: File): Promise<void> {
  useMaterials.setState({ problem: undefined, said: undefined })
  try {
    const { importStudyResult } = await studyLabels()
    const bytes = new Uint8Array(await file.arrayBuffer())
    const { id, title } = await importStudyResult(await labDatabase(), bytes)
    await loadSources()
    const chosen = changeDraft({ labels: 'study', study: id }) ? ' and chosen' : ''
    useMaterials.setState({ said: `The result of “${title}” is saved in this browser${chosen}.` })
  } catch (error) {
    useMaterials.setState({ problem: problemOf(error) })
  }
}

/** Removes an imported result from this browser. */
export async function removeResult({ id, title }: StudySource): Promise<void> {
  try {
    await removeStudyResult(await labDatabase(), id)
    await loadSources()
    changeDraft({ study: '' })
    useMaterials.setState({ said: `The imported result of “${title}” is removed.` })
  } catch (error) {
    useMaterials.setState({ problem: problemOf(error) })
  }
}
